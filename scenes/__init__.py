"""The catalogue of films, in teaching order. Imports no manim: listing must be quick."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson, LessonError

__all__ = ["FILMS", "Film", "Lesson", "LessonError", "Section"]

_FOLDERS = (  # of scenes/films, in teaching order
    "cost_function",
    "gradient",
    "batch",
    "sgd",
    "compare",
    "learning_rate",
    "noise_ball",
    "mini_batch",
    "plane",
    "surface",
    "optimizers",
    "code",
)


def _films() -> Iterator[Film]:
    for folder in _FOLDERS:
        yield import_module(f"scenes.films.{folder}.plan").FILM


FILMS: dict[str, Film] = {film.name: film for film in _films()}

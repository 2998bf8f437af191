"""The catalogue of films, in teaching order. Imports no manim: listing must be quick."""

from __future__ import annotations

from importlib import import_module

from scenes.catalogue.film import Film, Section, catalogued
from scenes.catalogue.knobs import KnobError
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.telling import Telling

__all__ = ["FILMS", "Film", "KnobError", "Lesson", "Section", "Telling"]

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
    "scaling",
    "momentum",
    "optimizers",
    "landscape",
    "code",
)
FILMS = catalogued([import_module(f"scenes.films.{folder}.plan").FILM for folder in _FOLDERS])

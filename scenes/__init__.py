"""The catalogue of films, in teaching order. Imports no manim: listing must be quick."""

from __future__ import annotations

from scenes.lesson import Lesson, LessonError
from scenes.plans import (
    batch,
    code,
    compare,
    cost_function,
    gradient,
    learning_rate,
    mini_batch,
    noise_ball,
    optimizers,
    plane,
    sgd,
    surface,
)
from scenes.plans.entry import Film, Section

__all__ = ["FILMS", "Film", "Lesson", "LessonError", "Section"]

FILMS: dict[str, Film] = {
    plan.FILM.name: plan.FILM
    for plan in (
        cost_function,
        gradient,
        batch,
        sgd,
        compare,
        learning_rate,
        noise_ball,
        mini_batch,
        plane,
        surface,
        optimizers,
        code,
    )
}

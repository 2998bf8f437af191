"""Numbers of a lesson as text, for narration and notes."""

from __future__ import annotations

from scenes.catalogue.lesson import Lesson
from scenes.stage.page.figures import short


def lesson_numbers(lesson: Lesson) -> dict[str, object]:
    """The rate, the start, the numbers of epochs and of samples."""
    return {
        "lr": short(lesson.lr),
        "w0": short(lesson.w0),
        "epochs": lesson.epochs,
        "n": lesson.data.n,
    }

"""Refusals that several films share."""

from __future__ import annotations

from gdcore.data import DataError
from scenes.catalogue.lesson import Lesson, LessonError


def needs_slope(lesson: Lesson) -> None:
    """Raise DataError for data on which w changes nothing."""
    if not lesson.data.x.any():
        raise DataError(f"{lesson.data.name}: all x are 0, so the cost does not depend on w")


def refuse(lesson: Lesson, plain: Lesson, knobs: tuple[str, ...], reason: str) -> None:
    """Raise LessonError with ``reason`` for the first of ``knobs`` that is not as in ``plain``."""
    for knob in knobs:
        if getattr(lesson, knob) != getattr(plain, knob):
            raise LessonError(knob, reason)


def refuse_race(lesson: Lesson, bias: bool = False, rates: bool = False) -> None:
    """Refuse the knobs of the films that compare rules or landscapes.

    And b0, unless the film's model has a ``bias``; and several rates, unless it has ``rates``.
    """
    plain = Lesson()
    if not bias:
        reason = "this model has no bias; the films plane and surface have one"
        refuse(lesson, plain, ("b0",), reason)
    if not rates:
        refuse(lesson, plain, ("rates",), "this film has one rate, --lr; learning-rate has several")
    refuse(lesson, plain, ("rules",), "this film has one rule, --rule; optimizers has several")
    refuse(lesson, plain, ("landscape",), "this film shows the data's cost; see optimizers")


def check_batch_size(lesson: Lesson) -> None:
    """A batch has from one to all of the samples."""
    size = lesson.batch_size
    if size is not None and not 1 <= size <= lesson.data.n:
        raise LessonError("batch_size", f"batch_size must lie between 1 and {lesson.data.n}")

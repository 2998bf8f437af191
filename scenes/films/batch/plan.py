"""The plan of the film `batch`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import Lesson, LessonError
from scenes.catalogue.refusals import needs_slope, refuse_race

SLOW_STEPS = 3
RUN = 11.5
"""Seconds of the time-lapse, if updates are left for it."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one descent."""
    return {"batch": batch_trace(lesson)}


def check(lesson: Lesson) -> None:
    """It uses all samples at each update."""
    needs_slope(lesson)
    if lesson.order not in (None, "batch"):
        raise LessonError("order", "batch uses all samples at each update; see the film sgd")
    if lesson.batch_size not in (None, lesson.data.n):
        raise LessonError("batch_size", "batch uses all samples at each update; see the film sgd")
    refuse_race(lesson)


FILM = Film(
    name="batch",
    module="scenes.films.batch.scene",
    scene="BatchDescent",
    sections=(
        Section("start", 6.7),
        Section("first-steps", 15.0),
        Section("epochs", 16.0, spare=of_few(SLOW_STEPS, RUN)),
        Section("result", 4.0),
    ),
    traces=traces,
    check=check,
)

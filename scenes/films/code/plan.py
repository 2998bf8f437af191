"""The plan of the film `code`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import Lesson, LessonError
from scenes.catalogue.refusals import needs_slope, refuse, refuse_race

RUN = 7.5
"""Seconds of the time-lapse, if there is more than the one epoch that is shown before."""


def trace_of(lesson: Lesson) -> Trace:
    """The descent that the program makes: over the samples in order, or over all at once."""
    return batch_trace(lesson) if lesson.order == "batch" else sgd_trace(lesson)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one descent."""
    return {"code": trace_of(lesson)}


def check(lesson: Lesson) -> None:
    """Its programs are the lecture's two: plain descent, in order or over all samples."""
    needs_slope(lesson)
    if lesson.order not in (None, "in-order", "batch"):
        reason = "the program takes the samples in order, or all in a batch; see the film sgd"
        raise LessonError("order", reason)
    plain = Lesson()
    refuse(lesson, plain, ("batch_size",), "the program has no mini-batches; see the film sgd")
    reason = "the program makes plain steps; the films batch and sgd take other rules"
    refuse(lesson, plain, ("rule", "schedule"), reason)
    refuse_race(lesson)


FILM = Film(
    name="code",
    module="scenes.films.code.scene",
    scene="ProgramRuns",
    sections=(
        Section("program", 10.7),
        Section("first-epoch", 20.5),
        Section("epochs", 11.5, spare=of_few(1, RUN)),
        Section("result", 5.2),
    ),
    traces=traces,
    check=check,
)

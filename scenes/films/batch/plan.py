"""The plan of the film `batch`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import with_batch
from scenes.catalogue.takes import all_samples, needs_slope, taking
from scenes.films.batch.captions import CAPTIONS

SLOW_STEPS = 3
_AROUND, RUN = 4.0, 9.0
"""Seconds before and after the rest of the updates, and for these as a time-lapse."""
_LONGEST = 20.0


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one descent."""
    return {"batch": batch_trace(lesson)}


def _spare(lesson: Lesson) -> float:
    """The seconds that the rest of the updates does not need."""
    facts = CAPTIONS.facts(lesson)
    if facts.dive.depth:
        return _LONGEST - _AROUND - float(facts.dive.seconds(SLOW_STEPS, facts.trace.updates))
    return _LONGEST - _AROUND - (RUN if lesson.epochs > SLOW_STEPS else 0.0)


FILM = Film(
    name="batch",
    module="scenes.films.batch.scene",
    scene="BatchDescent",
    sections=(
        Section("start", 6.4),
        Section("first-steps", 14.3),
        Section("epochs", _LONGEST, spare=_spare),
        Section("chart", 5.3),
        Section("result", 6.4),
    ),
    takes=taking("data", "x_name", "y_name", "w0", "lr", "epochs", "rule", "schedule"),
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="first-steps",
    example="./gd video batch --lr 0.15",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=with_batch,
    implied=all_samples,
)

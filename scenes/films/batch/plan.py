"""The plan of the film `batch`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import with_batch
from scenes.catalogue.takes import all_samples, needs_slope, taking
from scenes.films.batch.captions import CAPTIONS

SLOW_STEPS = 3
RUN = 11.5
"""Seconds of the time-lapse, if updates are left for it."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one descent."""
    return {"batch": batch_trace(lesson)}


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

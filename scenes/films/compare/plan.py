"""The plan of the film `compare`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import with_samples
from scenes.catalogue.takes import SAMPLED, needs_slope, taking
from scenes.films.compare.captions import CAPTIONS

PAUSE, RUN = 0.5, 7.0
"""Seconds of the hold after the first epoch, and of the time-lapse if there are more epochs."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """Both descents, for the same number of epochs."""
    return {"batch": batch_trace(lesson), "sgd": sgd_trace(lesson)}


FILM = Film(
    name="compare",
    module="scenes.films.compare.scene",
    scene="Compare",
    sections=(
        Section("start", 6.5),
        Section("race", 14.6, spare=of_few(1, PAUSE + RUN)),
        Section("epochs", 5.1),
        Section("updates", 4.6),
        Section("gradients", 8.5),
    ),
    takes=taking(
        "data", "w0", "lr", "epochs", "batch_size", "rule", "schedule", "seed", order=SAMPLED
    ),
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="gradients",
    example="./gd video compare --data noisy --epochs 60",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=with_samples,
    reasons={"order": Message("compare needs an order for its SGD; see the film batch")},
)

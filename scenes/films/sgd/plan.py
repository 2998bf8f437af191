"""The plan of the film `sgd`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.descents import sgd_trace, updates_per_epoch
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.noisy import noise_trace
from scenes.catalogue.suited import with_samples
from scenes.catalogue.takes import SAMPLED, needs_slope, taking
from scenes.films.sgd.captions import CAPTIONS

CHARTED, REST = 4.4, 1.2
"""Seconds of the time-lapse: of the updates that the chart shows, and of those after them."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The lesson's descent, and the one of the noise section."""
    return {"sgd": sgd_trace(lesson), "noise": noise_trace(lesson)}


def slow_steps(per_epoch: int, updates: int) -> int:
    """How many updates are shown one by one: a short epoch, but at least a few."""
    return min(max(per_epoch, 3), 5, updates)


def _spare(lesson: Lesson) -> float:
    per_epoch = updates_per_epoch(lesson)
    updates = per_epoch * lesson.epochs
    return CHARTED + REST if slow_steps(per_epoch, updates) == updates else 0.0


FILM = Film(
    name="sgd",
    module="scenes.films.sgd.scene",
    scene="StochasticDescent",
    sections=(
        Section("three-parabolas", 6.8),
        Section("first-epoch", 13.6),
        Section("epochs", 9.0, spare=_spare),
        Section("why", 5.1),
        Section("noise", 16.9),
        Section("result", 7.3),
    ),
    takes=taking(
        "data",
        "x_name",
        "y_name",
        "w0",
        "lr",
        "epochs",
        "batch_size",
        "rule",
        "schedule",
        "seed",
        order=SAMPLED,
    ),
    traces=traces,
    descents=lambda lesson: [sgd_trace(lesson)],
    picture="first-epoch",
    example="./gd gif sgd --only first-epoch --width 800",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=with_samples,
    reasons={"order": Message("sgd looks at a part of the samples; see the film batch")},
)

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

EPOCH = 4.4
"""Seconds of an epoch that is shown update by update."""
RUN = 6.5
"""Seconds of the time-lapse."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """Both descents, for the same number of epochs."""
    return {"batch": batch_trace(lesson), "sgd": sgd_trace(lesson)}


def _spare(lesson: Lesson) -> float:
    """The second epoch and those after it, if there are none."""
    return of_few(1, EPOCH)(lesson) + of_few(2, RUN)(lesson)


FILM = Film(
    name="compare",
    module="scenes.films.compare.scene",
    scene="Compare",
    sections=(
        Section("start", 6.3),
        Section("race", 15.1, spare=_spare),
        Section("epochs", 6.3),
        Section("updates", 9.0),
        Section("gradients", 9.0),
        Section("result", 6.5),
    ),
    takes=taking(
        "data", "w0", "lr", "epochs", "batch_size", "rule", "schedule", "seed", order=SAMPLED
    ),
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="result",
    example="./gd video compare --data noisy --epochs 60",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=with_samples,
    reasons={"order": Message("compare needs an order for its SGD; see the film batch")},
)

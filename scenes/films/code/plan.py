"""The plan of the film `code`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import with_samples
from scenes.catalogue.takes import any_seed, needs_slope, taking
from scenes.films.code.captions import CAPTIONS
from scenes.films.code.program_run import trace_of

RUN = 7.5
"""Seconds of the time-lapse, if there are epochs after the first."""


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one descent."""
    return {"code": trace_of(lesson)}


FILM = Film(
    name="code",
    module="scenes.films.code.scene",
    scene="ProgramRuns",
    sections=(
        Section("program", 6.2),
        Section("first-epoch", 26.2),
        Section("epochs", 11.5, spare=of_few(1, RUN)),
        Section("result", 3.5),
    ),
    takes=taking("data", "x_name", "y_name", "w0", "lr", "epochs", order=("in-order", "batch")),
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="first-epoch",
    example="./gd video code --order batch",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=with_samples,
    implied=any_seed,
    reasons={
        "order": Message("its program takes the samples in order, or all at once; see the film sgd")
    },
)

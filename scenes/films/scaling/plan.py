"""The plan of the film `scaling`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcore.data import HEIGHTS, DataError
from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import START_MAX, Lesson
from scenes.catalogue.takes import all_samples, taking
from scenes.films.scaling.captions import CAPTIONS
from scenes.films.scaling.facts import Facts

SLOW, CROSS = 3, 0.8
"""Updates on the first map that are shown one by one, and seconds for each."""
RUN, OPEN = 1.5, 5.5
"""Seconds of the time-lapse, and of a dive."""

_ALL_EQUAL = (
    "{name}: all x are equal, so there is no deviation to divide by; choose other samples, or "
    "another column for x"
)
_TOO_CLOSE = (
    "{name}: the x are so close together that their deviation is 0 in the numbers of a computer; "
    "choose other samples, or another column for x"
)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """One descent in each parametrisation, from the same line."""
    facts = Facts(lesson)
    return {
        "given": facts.given.trace,
        "centred": facts.centred.trace,
        "standardised": facts.standardised.trace,
    }


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The heights, and a level line: one deviation of y below the middle of the samples."""
    data = given.get("data", HEIGHTS)
    middle, spread = float(np.mean(data.y)), float(np.std(data.y))
    below = spread or abs(middle) / 2 or 1.0
    places = 1 - math.floor(math.log10(below))
    level = round(middle - below, places) if abs(places) < 300 else middle - below
    return {"data": data, "w0": 0.0, "b0": min(max(level, -START_MAX), START_MAX) + 0.0}


def requires(lesson: Lesson) -> None:
    """Raise DataError for samples that cannot be standardised."""
    data = lesson.data
    if np.ptp(data.x) == 0:
        raise DataError(Message(_ALL_EQUAL, name=data.name))
    if not (float(np.var(data.x)) > 0 and math.isfinite(Facts(lesson).given.kappa)):
        raise DataError(Message(_TOO_CLOSE, name=data.name))


def _spare(lesson: Lesson) -> float:
    """Seconds on the first map that a lesson of few epochs does not need."""
    return CROSS * max(SLOW - lesson.epochs, 0) + (RUN if lesson.epochs <= SLOW else 0.0)


FILM = Film(
    name="scaling",
    module="scenes.films.scaling.scene",
    scene="StandardisedInputs",
    sections=(
        Section("samples", 5.2),
        Section("as-given", 19.0, spare=_spare),
        Section("centre", 13.8),
        Section("divide", 11.3),
        Section("result", 5.2),
    ),
    takes=taking("data", "x_name", "y_name", "w0", "b0", "epochs"),
    traces=traces,
    picture="divide",
    example='./gd video scaling --data "150,48 158,52 165,61 172,66 181,77" --x-name "height [cm]"',
    captions=CAPTIONS,
    requires=requires,
    defaults=defaults,
    implied=all_samples,
    reasons={
        "lr": Message(
            "each of the three maps has a rate of its own: half of its 1/L, so that all three have "
            "the same share of it"
        )
    },
)

"""The plan of the film `gradient`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gdcore.data import LECTURE
from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.descents import descent
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.catalogue.takes import any_seed, needs_slope, taking


def one_update(lesson: Lesson) -> Trace:
    """The first batch update."""
    return descent(lesson, "batch", lesson.data.n, epochs=1)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one update that the film makes."""
    return {"gradient": one_update(lesson)}


def visible_rate(curvature: float) -> float:
    """A round rate whose step can be seen, and doubled without passing the minimum."""
    half = 0.5 / curvature
    power = 10.0 ** math.floor(math.log10(half))
    factor = next(factor for factor in (5, 2, 1) if factor * power <= half)
    return min(float(f"{factor * power:.0e}"), RATE_MAX)


def defaults(knobs: Mapping[str, Any]) -> Mapping[str, Any]:
    """A rate that suits the data: the step of the lecture's rate can hardly be seen."""
    curvature = LeastSquares(knobs.get("data", LECTURE)).curvature
    return {"lr": visible_rate(curvature)} if curvature else {}


FILM = Film(
    name="gradient",
    module="scenes.films.gradient.scene",
    scene="Gradient",
    sections=(
        Section("which-way", 9.7),
        Section("chain-rule", 13.9),
        Section("rule", 23.2),
    ),
    takes=taking("data", "w0", "lr"),
    traces=traces,
    picture="chain-rule",
    example="./gd video gradient --w0 3 --lr 0.05",
    requires=needs_slope,
    defaults=defaults,
    implied=any_seed,
)

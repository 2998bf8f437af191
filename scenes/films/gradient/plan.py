"""The plan of the film `gradient`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.data import LECTURE
from gdcore.least_squares import LeastSquares
from gdcore.suited import two_digits
from gdcore.trace import Trace
from scenes.catalogue.descents import descent
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.catalogue.suited import start_alone
from scenes.catalogue.takes import any_seed, needs_slope, taking
from scenes.films.gradient.captions import CAPTIONS, Facts

_RATE = 0.05  # on the lecture's data


def one_update(lesson: Lesson) -> Trace:
    """The first batch update."""
    return descent(lesson, "batch", lesson.data.n, epochs=1)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The one update that the film makes."""
    return {"gradient": one_update(lesson)}


def visible_rate(curvature: float) -> float:
    """A rate whose step can be seen, and doubled without passing the minimum.

    The step of the lecture's 0.01 can hardly be seen. This is the share of 1/L that 0.05 is on the
    lecture's data, 7/15, to two digits.
    """
    return min(two_digits(_RATE * LeastSquares(LECTURE).curvature / curvature), RATE_MAX)


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A start that suits the data, and a rate whose step can be seen."""
    curvature = LeastSquares(given.get("data", LECTURE)).curvature
    return {**start_alone(given), "lr": visible_rate(curvature)} if curvature else {}


_TO_AND_FRO = 1.2  # seconds; a start at the minimum is left for a place that has a slope


FILM = Film(
    name="gradient",
    module="scenes.films.gradient.scene",
    scene="Gradient",
    sections=(
        Section("which-way", 6.3),
        Section("chain-rule", 14.1),
        Section("rule", 25.0, spare=lambda lesson: 0.0 if Facts(lesson).at_rest else _TO_AND_FRO),
    ),
    takes=taking("data", "w0", "lr"),
    traces=traces,
    picture="chain-rule",
    example="./gd video gradient --w0 3 --lr 0.05",
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=defaults,
    implied=any_seed,
)

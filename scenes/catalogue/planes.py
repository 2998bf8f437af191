"""What the films of ŷ = w·x + b share: two descents, their own start and rate, and refusals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcore.data import LECTURE, Dataset
from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.suited import suited_rate
from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.lesson import RATE_MAX, START_MAX, Lesson
from scenes.catalogue.suited import rule_of, way_to_go
from scenes.catalogue.takes import SAMPLED, taking

TAKES = taking(
    "data",
    "x_name",
    "y_name",
    "w0",
    "b0",
    "lr",
    "epochs",
    "batch_size",
    "rule",
    "schedule",
    "seed",
    order=SAMPLED,
)
REASONS = {"order": Message("this film shows batch and SGD; the order is the order of SGD")}

# The rate for the lecture's data: 1/max c_i, the largest at which no step passes a sample's valley.
# The bowl is 46 times as steep across its valley as along it: at 0.01 the descents would creep.
_RATE = 0.05
# From the minimum, in the data's own units: to one side of the valley and far along it. So batch
# descent has a slope to go down, and the samples' valleys lie apart for SGD.
_START = (-1.5, 0.925)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The two descents from one start."""
    return {"batch": batch_trace(lesson, bias=True), "sgd": sgd_trace(lesson, bias=True)}


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A start beside the valley, and the rate of the rule; both follow the data."""
    data = given.get("data", LECTURE)
    goal, start = _goal_and_start(data)
    own = math.dist(start, goal)
    asked = [float(given.get(knob, each)) for knob, each in zip(("w0", "b0"), start, strict=True)]
    away = way_to_go(math.dist(asked, goal), own)
    size = given.get("batch_size") or 1
    rate = suited_rate(LeastSquares(data, bias=True), size, rule_of(given), away, _RATE)
    return {"w0": start[0], "b0": start[1], "lr": min(rate, RATE_MAX)}


def _goal_and_start(data: Dataset) -> tuple[tuple[float, float], tuple[float, float]]:
    """The minimum (or one of the minima), and round numbers beside it."""
    x, y = data.x, data.y
    centred = x - x.mean()
    # Squares that are 0 are too small for a fit; the films refuse such data.
    spread = np.ptp(x) > 0 and centred @ centred > 0
    w = float(np.polyfit(centred, y, 1)[0]) if spread else 0.0
    middle = float(x.mean())
    b = float(y.mean()) - w * middle
    size = float(np.sqrt(np.mean(x**2)))
    tall = max(abs(w) * size, float(np.ptp(y)), abs(float(y.mean()))) or 1.0
    steep = tall / size if size > 0 else 1.0
    side = -1.0 if middle < 0 else 1.0  # a valley goes down to the right where x is above 0
    w0 = _rounded(w + _START[0] * steep, steep)
    b0 = _rounded(b + _START[1] * side * tall, tall)
    return (w, b), (w0, b0)


def _rounded(value: float, size: float) -> float:
    """``value`` to a tenth of ``size``'s power of ten, within the bounds of a start."""
    places = 1 - math.floor(math.log10(size))
    nearest = round(value, places) if abs(places) < 300 else value
    return min(max(nearest, -START_MAX), START_MAX) + 0.0

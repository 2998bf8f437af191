"""What the films of ŷ = w·x + b share: two descents, their own start and rate, and refusals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcore.data import LECTURE, Dataset
from gdcore.least_squares import LeastSquares
from gdcore.theory import calm_rate
from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.lesson import RATE_MAX, START_MAX, UPDATES_MAX, Lesson
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
REASONS = {"order": "this film shows batch and SGD; the order is the order of SGD"}

_EPOCHS = 100
# From the minimum, in the data's own units: to one side of the valley and far along it. So batch
# descent has a slope to go down, and the samples' valleys lie apart for SGD.
_START = (-1.5, 0.925)
# Rules whose step length depends on the rate only: the number of such steps to the minimum.
_SCALING = {"adagrad": 8.0, "rmsprop": 30.0, "adam": 30.0}


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The two descents from one start."""
    return {"batch": batch_trace(lesson, bias=True), "sgd": sgd_trace(lesson, bias=True)}


def defaults(knobs: Mapping[str, Any]) -> Mapping[str, Any]:
    """A start beside the valley and the rate of :func:`calm_rate`; both follow the data."""
    data = knobs.get("data", LECTURE)
    start, away = _start(data)
    rate = calm_rate(LeastSquares(data, bias=True))
    if np.ptp(data.x) == 0:  # one step at the calm rate would end the descent
        rate = float(f"{rate / 4:.2g}")
    steps = _SCALING.get(str(knobs.get("rule", "sgd")).partition(":")[0])
    if steps:
        rate = float(f"{away / steps:.1g}")
    epochs = max(1, min(_EPOCHS, UPDATES_MAX // data.n))
    return {"w0": start[0], "b0": start[1], "lr": min(rate, RATE_MAX), "epochs": epochs}


def _start(data: Dataset) -> tuple[tuple[float, float], float]:
    """Round numbers beside the minimum (or one of the minima), and their distance from it."""
    x, y = data.x, data.y
    spread = float(np.ptp(x))
    w = float(np.polyfit(x - x.mean(), y, 1)[0]) if spread > 0 else 0.0
    middle = float(x.mean())
    b = float(y.mean()) - w * middle
    size = float(np.sqrt(np.mean(x**2)))
    tall = max(abs(w) * size, float(np.ptp(y)), abs(float(y.mean()))) or 1.0
    steep = tall / size if size > 0 else 1.0
    side = -1.0 if middle < 0 else 1.0  # a valley goes down to the right where x is above 0
    w0 = _rounded(w + _START[0] * steep, steep)
    b0 = _rounded(b + _START[1] * side * tall, tall)
    return (w0, b0), float(np.hypot(w0 - w, b0 - b))


def _rounded(value: float, size: float) -> float:
    """``value`` to a tenth of ``size``'s power of ten, within the bounds of a start."""
    places = 1 - math.floor(math.log10(size))
    nearest = round(value, places) if abs(places) < 300 else value
    return min(max(nearest, -START_MAX), START_MAX) + 0.0

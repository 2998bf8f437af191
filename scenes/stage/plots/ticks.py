"""Tick marks at round numbers."""

from __future__ import annotations

import math
from itertools import pairwise

from scenes.stage.page.figures import fixed


def nice_step(span: float, count: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides ``span`` into about ``count``."""
    raw = span / max(count, 1)
    base = 10.0 ** math.floor(math.log10(raw))
    return next(base * factor for factor in (1, 2, 5, 10) if base * factor >= 0.8 * raw)


def ticks(low: float, high: float, count: int) -> list[float]:
    """Multiples of a nice step within [low, high]: at least two numbers, about count."""
    if not high > low:
        return [low]
    step = nice_step(high - low, count)
    base = 10.0 ** math.floor(math.log10(step) + 1e-9)
    finer = [base * factor for factor in (4, 3, 2, 1, 0.5, 0.4, 0.3, 0.2) if base * factor < step]
    for width in (step, *finer):  # a single number does not show the scale of an axis
        found = _multiples(low, high, width)
        if len(found) > 1:
            return found
    return found or [low]


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def sparse_ticks(low: float, high: float, room: float) -> list[float]:
    """Round numbers within [low, high], no more than ``room`` of them, but at least one."""
    count = max(1, min(5, int(room)))
    while len(found := ticks(low, high, count)) > max(room, 1) and count > 1:
        count -= 1
    return found if len(found) <= max(room, 1) else found[len(found) // 2 :][:1]


def whole_ticks(high: int, count: int) -> list[float]:
    """Whole numbers from 0 to ``high``, for counts of epochs or updates."""
    step = max(1.0, nice_step(max(high, 1), count))
    return [float(value) for value in range(0, high + 1, int(step))]


def exponent(values: list[float]) -> int:
    """The power of ten to write at the end of the axis, so that the tick numbers are short."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest == 0 or 1e-2 <= largest < 1e5:
        return 0
    return 3 * math.floor(math.log10(largest) / 3)


def tick_labels(values: list[float], power: int = 0) -> list[str]:
    """The shortest texts of one form that show ``values`` / 10^power as different numbers."""
    scaled = [value / 10.0**power for value in values]
    steps = [abs(b - a) for a, b in pairwise(scaled)]
    tolerance = min(steps, default=1.0) * 1e-3
    for places in range(9):
        if all(abs(round(value, places) - value) <= tolerance for value in scaled):
            break
    return [fixed(value, places) for value in scaled]

"""Where a value of J lies on the way from the start to the goal: a scale from left to right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenes.stage.page.figures import power_of_ten, short
from scenes.stage.plots.ticks import ticks

_LOWER = 10.0  # a logarithmic scale ends so many times below the goal
_BEYOND = 0.25  # of the way to the goal: how far a linear one goes on
_LEAST = 2.0  # decades from the start to the goal


@dataclass(frozen=True)
class CostScale:
    """From ``first`` at 0 to ``last`` at 1, logarithmic if the lowest J is 0."""

    first: float
    last: float
    log: bool

    def share(self, cost: float) -> float:
        """Where ``cost`` lies: below 0 if it is above the start, above 1 beyond the scale."""
        if not math.isfinite(cost):
            return math.inf if cost < 0 else -math.inf
        if not self.log:
            return (self.first - cost) / (self.first - self.last)
        if cost <= 0:
            return math.inf
        return math.log10(self.first / cost) / math.log10(self.first / self.last)

    def ticks(self, count: int) -> list[tuple[float, str]]:
        """Values with their texts, ``count`` at most."""
        if not self.log:
            return [(value, short(value)) for value in ticks(self.last, self.first, count)]
        low, high = round(math.log10(self.last)), math.floor(math.log10(self.first)) + 1
        step = max(1, math.ceil((high - low) / count))
        return [(10.0**k, self.text(10.0**k)) for k in range(low + 1, high, step)]

    def text(self, value: float) -> str:
        """A value of the scale as a number; on a logarithmic scale a power of ten."""
        power = round(math.log10(value)) if self.log else 0
        return power_of_ten(power) if self.log and not 0 <= power <= 1 else short(value)


def cost_scale(start: float, goal: float) -> CostScale:
    """A scale for a race that begins at the J ``start``."""
    if goal > 0:
        known = start if math.isfinite(start) else 1.0
        return CostScale(max(known, goal * 10**_LEAST), goal / _LOWER, log=True)
    first = max(start if math.isfinite(start) else 0.0, goal + 1)
    return CostScale(first, goal - _BEYOND * (first - goal), log=False)

"""How a descent of a landscape ended: at a minimum, at a saddle point, on its way, or far off."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.landscapes import Landscape, Point
from gdcore.trace import Trace

NEAR_MINIMUM = 1e-3  # every minimum of the landscapes has J = 0
PAST_SADDLE = -1.0  # J of a landscape without a minimum, well below its saddle point
_AT_SADDLE = 0.02  # share of the window's width and height


class Fate(Enum):
    """How the descent of one racer ended."""

    AT_REST = "at-rest"
    """the gradient at the start is 0"""
    ARRIVED = "arrived"
    """J has come down to the goal"""
    DIVERGED = "diverged"
    """J is higher than at the start"""
    STUCK = "stuck"
    """it is close to a saddle point"""
    UNDERWAY = "underway"
    """none of these"""


@dataclass(frozen=True)
class Finish:
    """How a racer ended, and where.

    `updates` is the number of updates after which J stayed at the goal; None if it did not.
    `place` is the minimum that the racer reached, or the saddle point that it is close to.
    """

    fate: Fate
    updates: int | None
    place: Point | None


def goal(landscape: Landscape) -> float:
    """The J that counts as arrived: a little above the minima, or well past the saddle point."""
    return NEAR_MINIMUM if landscape.minima else PAST_SADDLE


def finish(trace: Trace) -> Finish:
    """How ``trace``, a descent of a landscape, ended."""
    landscape = trace.objective
    assert isinstance(landscape, Landscape)
    cost, end = trace.cost, trace.theta[-1]
    above = np.flatnonzero(~(cost <= goal(landscape)))
    there = int(above[-1]) + 1 if len(above) else 0
    updates = there if there < len(cost) else None
    if not trace.gradient.any() and trace.diverged_at is None:
        return Finish(Fate.AT_REST, updates, None)
    if ran_off(trace):
        return Finish(Fate.DIVERGED, updates, None)
    if cost[-1] <= goal(landscape):
        return Finish(Fate.ARRIVED, updates, _nearest(end, landscape.minima))
    left, right, bottom, top = landscape.window
    saddle = _nearest(end, landscape.saddles)
    if saddle is not None:
        away = np.abs(end - saddle) / (right - left, top - bottom)
        if away.max() < _AT_SADDLE:
            return Finish(Fate.STUCK, updates, saddle)
    return Finish(Fate.UNDERWAY, updates, None)


def ran_off(trace: Trace) -> bool:
    """Whether J ended above its start, or the descent diverged before J was past the saddle."""
    end = float(trace.cost[-1])
    return not end <= trace.cost[0] or (trace.diverged_at is not None and end > PAST_SADDLE)


def _nearest(place: FloatArray, places: tuple[Point, ...]) -> Point | None:
    return min(places, key=lambda other: float(np.hypot(*(place - other))), default=None)

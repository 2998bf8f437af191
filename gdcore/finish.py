"""How a descent of a landscape ended: at a minimum, at a saddle point, higher, or elsewhere."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.arrival import first_arrival
from gdcore.landscapes import Landscape, Point
from gdcore.trace import Trace

NEAR_MINIMUM = 1e-3  # every minimum of the landscapes has J = 0
PAST_SADDLE = -1.0  # J of a landscape without a minimum, well below its saddle point
_AT_SADDLE = 0.02  # share of the window's width and height
_ROUNDING = 1e-9  # share of the start's |J|


class Fate(Enum):
    """Where a descent was after its last update; the first that is true."""

    AT_REST = "at-rest"
    """at the start: the gradient there is 0"""
    HIGHER = "higher"
    """above the start: J is larger than there, by more than rounding"""
    THERE = "there"
    """J is at the goal"""
    AT_SADDLE = "at-saddle"
    """beside a saddle point: within 2% of the window's width and height"""
    ELSEWHERE = "elsewhere"
    """none of these"""


@dataclass(frozen=True)
class Finish:
    """How a descent of a landscape ended, and where.

    - `arrived`: the first update after which J was at the goal, or None; J may have risen again
    - `place`: the minimum that it is at if it is THERE (None on a landscape without minima); the
      saddle point if it is AT_SADDLE; else None
    """

    fate: Fate
    arrived: int | None
    place: Point | None


def goal(landscape: Landscape) -> float:
    """The J that counts as arrived: a little above the minima, or well past the saddle point."""
    return NEAR_MINIMUM if landscape.minima else PAST_SADDLE


def finish(trace: Trace) -> Finish:
    """How ``trace``, a descent of a landscape, ended."""
    landscape = trace.objective
    assert isinstance(landscape, Landscape)
    cost, end = trace.cost, trace.theta[-1]
    arrived = first_arrival(cost, goal(landscape))
    if trace.updates and not trace.gradient.any():
        return Finish(Fate.AT_REST, arrived, None)
    if cost[-1] > cost[0] + _ROUNDING * abs(cost[0]):
        return Finish(Fate.HIGHER, arrived, None)
    if cost[-1] <= goal(landscape):
        return Finish(Fate.THERE, arrived, _nearest(end, landscape.minima))
    left, right, bottom, top = landscape.window
    saddle = _nearest(end, landscape.saddles)
    if saddle is not None:
        away = np.abs(end - saddle) / (right - left, top - bottom)
        if away.max() < _AT_SADDLE:
            return Finish(Fate.AT_SADDLE, arrived, saddle)
    return Finish(Fate.ELSEWHERE, arrived, None)


def _nearest(place: FloatArray, places: tuple[Point, ...]) -> Point | None:
    return min(places, key=lambda other: float(np.hypot(*(place - other))), default=None)

"""How a descent went, in one word: read from its trace, never from its settings.

`outcome` is for one weight, `arrival` for weight and bias. What a film says and what the command
notes both rest on these.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace

HALF = 0.5  # share of the way that is left at the end; with more than that the descent is creeping
_NEGLIGIBLE, _ROUNDING = 1e-9, 1e-12
_THERE = 0.05  # share of the way that is left: on a map that is as good as arrived
_HARDLY = 0.1  # share of the way, and of the cost, that is done
_TOO_HIGH = 4.0  # times the cost at the start, after a few updates
_FAR_OFF = 1e3  # times the cost at the start and that of the line 0: noise does not lift J so far


class Fault(Enum):
    """Why a rate does not do, for weight and bias or for one weight alike."""

    CREEPING = "creeping"
    """see `Outcome.CREEPING` and `Arrival.CREEPING`"""
    DIVERGING = "diverging"
    """the cost grows"""


class Outcome(Enum):
    """What a viewer sees happen to w and J."""

    AT_REST = "at-rest"
    """the start is the minimum"""
    STEADY = "steady"
    """w goes in one direction and the cost falls"""
    SWINGING = "swinging"
    """w passes the minimum again and again, but comes nearer; or comes near and is pushed away"""
    CREEPING = "creeping"
    """the steps are so small that more than half of the way is left"""
    DIVERGING = "diverging"
    """the cost grows, and not by noise (see `ran_off`)"""


class Arrival(Enum):
    """How a descent on the plane ended."""

    AT_REST = "at-rest"
    """the start is a minimum"""
    ARRIVED = "arrived"
    """so near to a minimum that the map shows no difference"""
    UNDERWAY = "underway"
    """on its way, or pushed to and fro around the minimum"""
    CREEPING = "creeping"
    """it has hardly left the start"""
    DIVERGING = "diverging"
    """the cost grows"""


def outcome(trace: Trace) -> Outcome:
    """The outcome of a trace of ŷ = w·x."""
    objective = trace.objective
    assert isinstance(objective, LeastSquares)
    moves = np.diff(trace.w)
    if ran_off(trace):
        return Outcome.DIVERGING
    goal = float(objective.minimiser()[0])
    away, side = np.abs(trace.w - goal), np.sign(trace.w - goal)
    start, end = float(away[0]), float(away[-1])
    # The size of w in the data's units; |w*| is at most that.
    size = float(np.sqrt(np.mean(objective.data.y**2) / np.mean(objective.data.x**2)))
    if start <= _NEGLIGIBLE * size:
        return Outcome.AT_REST
    moves = moves[np.abs(moves) > _NEGLIGIBLE * start]
    turns = int(np.sum(np.sign(moves[1:]) != np.sign(moves[:-1])))
    far = end > HALF * start
    came = float(away.min()) <= HALF * start or bool(np.any(side != side[0]))
    if turns > len(moves) / 4 or (far and came):
        return Outcome.SWINGING
    return Outcome.CREEPING if far else Outcome.STEADY


def ran_off(trace: Trace) -> bool:
    """Whether the steps of ŷ = w·x are so long that w ends farther from w* than it began.

    It ends farther than every sample's own minimum too: a descent whose steps never pass the
    minimum that they go to stays within these and the start, however noisy the data are. The steps
    of the full batch go to w* itself.
    """
    objective = trace.objective
    assert isinstance(objective, LeastSquares)
    goal = float(objective.minimiser()[0])
    start, end = abs(float(trace.w[0]) - goal), abs(float(trace.w[-1]) - goal)
    low, high = (goal, goal) if trace.order == "batch" else region_of_confusion(objective)
    farthest = max(start, goal - low, high - goal)
    rounding = _ROUNDING * (abs(goal) + start)
    return trace.diverged_at is not None or end > farthest * (1 + _NEGLIGIBLE) + rounding


def fault(trace: Trace) -> Fault | None:
    """What is wrong with the rate of a trace of least squares; None if it does."""
    ended = outcome(trace) if trace.b is None else arrival(trace)
    if ended in (Outcome.DIVERGING, Arrival.DIVERGING):
        return Fault.DIVERGING
    return Fault.CREEPING if ended in (Outcome.CREEPING, Arrival.CREEPING) else None


def works(trace: Trace) -> bool:
    """Whether the rate of a trace of least squares does what a rate is for.

    The descent neither diverges nor creeps. Without a bias w ends at most half as far from w* as it
    began, or among the minima of the samples, where noise holds it.
    """
    if fault(trace):
        return False
    if trace.b is not None:
        return True
    objective, w = trace.objective, float(trace.w[-1])
    assert isinstance(objective, LeastSquares)
    goal = float(objective.minimiser()[0])
    low, high = region_of_confusion(objective)
    return abs(w - goal) <= HALF * abs(float(trace.w[0]) - goal) or low <= w <= high


def goal_of(objective: LeastSquares, start: FloatArray) -> FloatArray:
    """The minimum (w, b); if there is a line of minima, the one nearest to ``start``."""
    found = objective.minimiser()
    if np.isfinite(found).all():
        return np.array(found)
    x, y = float(objective.data.x[0]), float(np.mean(objective.data.y))
    foot = np.array([x, 1.0])
    residual = float(foot @ start) - y
    return np.array(start - residual / float(foot @ foot) * foot)


def arrival(trace: Trace) -> Arrival:
    """How ``trace``, a descent of ŷ = w·x + b, ended: by cost and by distance."""
    assert isinstance(trace.objective, LeastSquares)
    start, end = np.array(trace.theta[0]), np.array(trace.theta[-1])
    goal = goal_of(trace.objective, start)
    least = trace.objective.cost(goal)
    excess = float(trace.cost[0]) - least
    if excess <= _NEGLIGIBLE * max(float(trace.cost[0]), 1e-300):
        # Batch descent rests at the minimum of the cost; on noisy data SGD leaves it.
        moved = float(np.abs(end - start).max())
        left_it = moved > _NEGLIGIBLE * max(float(np.abs(start).max()), 1e-300)
        return Arrival.UNDERWAY if left_it else Arrival.AT_REST
    if trace.diverged_at is not None or _grows(trace):
        return Arrival.DIVERGING
    scale = np.maximum(np.abs(start - goal), 1e-3 * np.abs(start - goal).max())
    left = float(np.hypot(*((end - goal) / scale))) / float(np.hypot(*((start - goal) / scale)))
    if left <= _THERE:
        return Arrival.ARRIVED
    moved = float(np.hypot(*((end - start) / scale))) / float(np.hypot(*((start - goal) / scale)))
    fallen = (float(trace.cost[0]) - float(trace.cost[-1])) / excess
    return Arrival.CREEPING if max(moved, fallen) < _HARDLY else Arrival.UNDERWAY


def _grows(trace: Trace) -> bool:
    """Whether the cost goes on growing, or grew so far off that noise cannot be why.

    Noise alone can make it end above its start. A rate that falls may end a growth, too late.
    """
    assert isinstance(trace.objective, LeastSquares)
    cost, quarter = trace.cost, len(trace.cost) // 4
    if not cost[-1] > cost[0] * (1 + 1e-9):
        return False
    if cost[-1] > _FAR_OFF * max(float(cost[0]), float(np.mean(trace.objective.data.y**2))):
        return True
    if quarter < 2:
        return trace.order == "batch" or bool(cost[-1] > _TOO_HIGH * cost[0])
    if not np.isfinite(cost[-1]):
        return True
    with np.errstate(over="ignore"):  # a mean beyond the range of a double is inf, which is late
        early, late = float(cost[quarter : 2 * quarter].mean()), float(cost[-quarter:].mean())
    return late > 2 * early

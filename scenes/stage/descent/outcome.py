"""How a descent went, for captions: read from the trace, not from the settings."""

from __future__ import annotations

from enum import Enum

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace

HALF = 0.5  # share of the way that is left at the end; with more than that the descent is creeping
_NEGLIGIBLE = 1e-9


class Outcome(Enum):
    """What a viewer sees happen to w and J."""

    AT_REST = "at-rest"
    """the start is the minimum"""
    STEADY = "steady"
    """w goes in one direction and the cost falls"""
    SWINGING = "swinging"
    """w passes the minimum again and again, but comes nearer"""
    CREEPING = "creeping"
    """the steps are so small that more than half of the way is left"""
    DIVERGING = "diverging"
    """the cost grows"""


def outcome(trace: Trace) -> Outcome:
    """The outcome of a trace of ŷ = w·x."""
    assert isinstance(trace.objective, LeastSquares)
    cost, moves = trace.cost, np.diff(trace.w)
    if trace.diverged_at is not None or cost[-1] > cost[0] * (1 + 1e-9):
        return Outcome.DIVERGING
    goal = float(trace.objective.minimiser()[0])
    start, end = abs(float(trace.w[0]) - goal), abs(float(trace.w[-1]) - goal)
    if start <= _NEGLIGIBLE * max(1.0, abs(goal)):
        return Outcome.AT_REST
    moves = moves[np.abs(moves) > _NEGLIGIBLE * start]
    turns = int(np.sum(moves[1:] * moves[:-1] < 0))
    if turns > len(moves) / 4:
        return Outcome.SWINGING
    return Outcome.CREEPING if end > HALF * start else Outcome.STEADY

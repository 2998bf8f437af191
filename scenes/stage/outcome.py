"""How a descent went, for captions: read from the trace, never from the settings alone."""

from __future__ import annotations

from enum import Enum

import numpy as np

from gdcore.trace import Trace


class Outcome(Enum):
    """What a viewer sees happen to w and J."""

    AT_REST = "at-rest"
    """the start is the minimum"""
    STEADY = "steady"
    """w goes one way and the cost falls"""
    SWINGING = "swinging"
    """w passes the minimum again and again, yet comes nearer"""
    DIVERGING = "diverging"
    """the cost grows"""


def outcome(trace: Trace) -> Outcome:
    """The outcome of a trace of ŷ = w·x."""
    cost, moves = trace.cost, np.diff(trace.w)
    if trace.diverged_at is not None or cost[-1] > cost[0] * (1 + 1e-9):
        return Outcome.DIVERGING
    scale = max(1.0, float(np.abs(trace.w).max()))
    moves = moves[np.abs(moves) > 1e-9 * scale]
    if not len(moves):
        return Outcome.AT_REST
    turns = int(np.sum(moves[1:] * moves[:-1] < 0))
    return Outcome.SWINGING if turns > len(moves) / 4 else Outcome.STEADY

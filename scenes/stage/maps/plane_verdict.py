"""Which caption is true for a pair of descents on the plane: decided from their traces."""

from __future__ import annotations

import math
from enum import Enum
from typing import Any

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.theory import calm_rate, condition_number
from gdcore.trace import Trace
from gdcore.zigzag import cost_rises, reversals, zigzag_cause
from scenes.stage.maps.plane_window import goal_of
from scenes.stage.page.figures import short

Verdict = tuple[str, dict[str, Any]]

_REST = 1e-9
_THERE = 0.05  # share of the way that is left: on a map that is as good as arrived
_HARDLY = 0.1  # share of the way, and of the cost, that is done
_TOO_HIGH = 4.0  # times the cost at the start, after a few updates
_ROUND = 10.0  # condition number; below it a bowl looks round


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


def arrival(trace: Trace) -> Arrival:
    """How ``trace`` ended, by its cost and its distance from the minimum."""
    assert isinstance(trace.objective, LeastSquares)
    start, end = np.array(trace.theta[0]), np.array(trace.theta[-1])
    goal = goal_of(trace.objective, start)
    least = trace.objective.cost(goal)
    excess = float(trace.cost[0]) - least
    if excess <= _REST * max(float(trace.cost[0]), 1e-300):
        # Batch descent rests at the minimum of the cost; on noisy data SGD leaves it.
        left_it = float(np.abs(end - start).max()) > _REST * max(float(np.abs(start).max()), 1e-300)
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
    """Whether the cost goes on growing. Noise alone can make it end above its start."""
    cost, quarter = trace.cost, len(trace.cost) // 4
    if not cost[-1] > cost[0] * (1 + 1e-9):
        return False
    if quarter < 2:
        return trace.order == "batch" or bool(cost[-1] > _TOO_HIGH * cost[0])
    if not np.isfinite(cost[-1]):
        return True
    early, late = float(cost[quarter : 2 * quarter].mean()), float(cost[-quarter:].mean())
    return late > 2 * early


def batch_verdict(trace: Trace) -> Verdict:
    """What happens in batch descent after its first steps."""
    assert isinstance(trace.objective, LeastSquares)
    found, turns = arrival(trace), reversals(trace)
    number = condition_number(trace.objective)
    numbers = {
        "updates": trace.updates,
        "condition": "∞" if math.isinf(number) else short(number, 2),
        "rate": short(calm_rate(trace.objective)),
        "lr": short(trace.lr),
        "turns": turns,
    }
    if found is Arrival.CREEPING and trace.lr >= calm_rate(trace.objective) / 3:
        return "batch-valley", numbers  # the rate is not to blame
    if found in (Arrival.DIVERGING, Arrival.AT_REST, Arrival.CREEPING):
        return f"batch-{found.value}", numbers
    if str(trace.rule) == "sgd" and turns > trace.updates / 4:
        return "batch-swings", numbers
    if found is Arrival.UNDERWAY and _ROUND < number < math.inf:
        return "batch-valley", numbers
    return "batch-there", numbers


def valleys_verdict(objective: LeastSquares, lang_point: str) -> Verdict:
    """How the samples' valleys lie; ``lang_point`` is the point where all cross, as text."""
    x = objective.data.x
    if objective.n == 1:
        return "valleys-one", {"point": lang_point}
    if np.ptp(x) == 0:
        return ("valleys-same" if objective.exact else "valleys-parallel"), {"point": lang_point}
    return ("valleys-cross" if objective.exact else "valleys-apart"), {"point": lang_point}


def result_verdict(batch: Trace, sgd: Trace) -> Verdict:
    """Where each descent ended, the worse result first."""
    assert isinstance(batch.objective, LeastSquares)
    ends = {"batch": arrival(batch), "sgd": arrival(sgd)}
    rate = calm_rate(batch.objective)
    numbers = {"epochs": batch.epochs, "lr": short(batch.lr), "rate": short(rate)}
    bad = [name for name, end in ends.items() if end is Arrival.DIVERGING]
    if bad:
        return ("result-diverging-both" if len(bad) == 2 else f"result-diverging-{bad[0]}"), numbers
    kinds = set(ends.values())
    if kinds == {Arrival.AT_REST}:
        return "result-at-rest", numbers
    if kinds == {Arrival.CREEPING}:
        # A rate near the bound is not to blame.
        small = batch.lr < rate / 3
        return ("result-creeping" if small else "result-ravine"), numbers
    if kinds == {Arrival.ARRIVED}:
        return "result-both", numbers
    far = {name: float(trace.cost[-1]) for name, trace in (("batch", batch), ("sgd", sgd))}
    if abs(far["sgd"] - far["batch"]) <= 1e-6 * float(batch.cost[0]):
        return "result-alike", numbers
    return ("result-sgd-nearer" if far["sgd"] < far["batch"] else "result-batch-nearer"), numbers


def why_verdict(sgd: Trace) -> Verdict | None:
    """What makes SGD zig-zag here, if anything does; None if it hardly moved."""
    cause, turns = zigzag_cause(sgd), reversals(sgd)
    numbers = {"turns": turns, "moves": max(sgd.updates - 1, 0), "rises": cost_rises(sgd)}
    found = arrival(sgd)
    if found is Arrival.CREEPING:
        return None
    if found is Arrival.AT_REST:
        return "why-at-rest", numbers
    if not turns:
        return "why-straight", numbers
    return f"why-{cause.value}", numbers


def surface_verdict(batch: Trace, sgd: Trace) -> Verdict:
    """What `surface` says about both descents at their ends."""
    key, numbers = result_verdict(batch, sgd)
    if key.startswith("result-diverging"):
        return "end-diverging", numbers
    ending = key.removeprefix("result-")
    if ending in ("creeping", "at-rest", "both", "ravine"):
        return f"end-{ending}", numbers
    return "end", numbers


def valley_verdict(objective: LeastSquares) -> Verdict:
    """The shape of the bowl: round, a valley, or a trough without a lowest point."""
    number = condition_number(objective)
    if math.isinf(number):
        return "trough", {}
    return ("valley" if number > _ROUND else "bowl"), {"condition": short(number, 2)}

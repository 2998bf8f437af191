"""Which caption is true for a pair of descents on the plane: decided from their traces."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.outcome import Arrival, arrival
from gdcore.theory import calm_rate, condition_number
from gdcore.trace import Trace
from gdcore.zigzag import cost_rises, reversals, zigzag_cause
from scenes.stage.page.figures import short

Verdict = tuple[str, dict[str, Any]]

_ROUND = 10.0  # condition number; below it a bowl looks round


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

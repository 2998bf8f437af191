"""A rate that works, for descents that diverge or creep at theirs: found by trying."""

import math

from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Fault, fault, goal_of
from gdcore.suited import STEPS, suited_rate, two_digits
from gdcore.theory import calm_rate
from gdcore.trace import Trace

_SMALLER = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
_LARGER = (2.0, 5.0, 10.0, 20.0)


def working_rate(*traces: Trace, most: float = math.inf) -> float | None:
    """A rate of two digits at which none of these descents diverges or creeps, all else unchanged.

    The traces are of one data set and one rule. Rates are tried by descending again. The first one
    is the `calm_rate` of the smallest batch, at which no update passes its batch's minimum, then
    come smaller ones. For a rule whose steps are about as long as the rate, it is a share of the
    way to the minimum, and larger ones are tried as well. None if no rate does.
    """
    first = traces[0]
    objective = first.objective
    assert isinstance(objective, LeastSquares)
    if first.rule.name in STEPS:
        away = math.hypot(*(first.theta[0] - goal_of(objective, first.theta[0])).tolist())
        rate = suited_rate(objective, rule=first.rule, away=away)
        larger: tuple[float, ...] = _LARGER
    else:
        sizes = [objective.n if trace.order == "batch" else trace.batch_size for trace in traces]
        rate = calm_rate(objective, min(sizes))
        larger = ()
    for factors, too_far in ((_SMALLER, Fault.CREEPING), (larger, Fault.DIVERGING)):
        for tried in (two_digits(factor * rate) for factor in factors):
            faults = {fault(_again(trace, tried)) for trace in traces} if tried <= most else set()
            if faults == {None}:
                return tried
            if too_far in faults:
                break
    return None


def _again(trace: Trace, rate: float) -> Trace:
    return descend(
        trace.objective,
        trace.start,
        lr=rate,
        epochs=trace.epochs,
        order=trace.order,
        batch_size=trace.batch_size,
        rule=trace.rule,
        schedule=trace.schedule,
        seed=trace.seed,
    )

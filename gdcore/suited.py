"""A rate and a start that suit the data, as 0.01 and 1 suit the lecture's; and a rate that works.

On a parabola of curvature L the rate matters only as a share of 1/L: 0.01 is 7/75 of the lecture's
3/28. An update with single samples or a batch also has to suit the batch's own curvature: 0.01 is
0.18 of the lecture's 1/max c_i = 1/18. The rule keeps both shares; of the two rates the smaller one
suits. With it no update passes the minimum of the losses that it looks at, so plain descent can
not diverge, in whatever order the samples come.
"""

import math

from gdcore.data import LECTURE
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Fault, fault, goal_of, works
from gdcore.rules import Rule, parse_rule
from gdcore.theory import calm_rate, steepest
from gdcore.trace import Trace

LECTURE_RATE = 0.01

STEPS = {"adagrad": 8.0, "rmsprop": 30.0, "adam": 30.0}
"""Rules whose steps are about as long as the rate: how many of them lead to the minimum."""

_AT_ONCE = 1.8  # share of 1/C; from 2 on plain descent diverges
_SMALLER = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
_LARGER = (2.0, 5.0, 10.0, 20.0)
_CLEAR = 4.0  # J at the start is at least (1 + this) times its least value


def suited_rate(
    objective: LeastSquares,
    batch_size: int = 1,
    rule: str | Rule = "sgd",
    away: float = 1.0,
    lecture_rate: float = LECTURE_RATE,
) -> float:
    """The rate that is to `objective` what `lecture_rate` is to the lecture's, to two digits.

    With the lecture's shares S of 1/L and s of 1/max c_i it is the smaller of S/L and s/C. C is the
    largest curvature of a batch's mean loss (see `steepest`): L for the full batch, max c_i for
    single samples. It is never above `calm_rate`. inf if L is 0.

    Momentum m makes the steps of one gradient add up to 1/(1 - m) times its step. So s is at most
    1.8*(1 - m), which is 0.18 for 0.9.

    The steps of the rules in `STEPS` do not depend on the gradient's size. For them the rate is a
    share of `away`, the distance from the start to the minimum.

    Raises ValueError for a rule that is not known.
    """
    rule = parse_rule(rule)
    momentum = dict(rule.settings).get("momentum", 0.0)
    if rule.name in STEPS:
        return two_digits((1 - momentum) * away / STEPS[rule.name])
    L, C = objective.curvature, steepest(objective, batch_size)
    if not (L > 0 and C > 0):
        return math.inf
    lecture = LeastSquares(LECTURE, objective.bias)
    of_cost = lecture_rate * lecture.curvature
    of_batch = min(lecture_rate * steepest(lecture), _AT_ONCE * (1 - momentum))
    return min(two_digits(min(of_cost / L, of_batch / C)), calm_rate(objective, batch_size))


def suited_start(objective: LeastSquares) -> float:
    """A w from which the descent is seen: half of w* as in the lecture, to two digits.

    If no w fits all samples, it is at least so far from w* that J there is five times J(w*): else
    noise would hide the descent. If w* and J(w*) are both 0, it is 1 away. nan if w* is not known.
    The model has no bias.
    """
    goal = float(objective.minimiser()[0])
    if not math.isfinite(goal):
        return math.nan
    least = objective.cost([goal])
    away = max(abs(goal) / 2, math.sqrt(2 * _CLEAR * least / objective.curvature)) or 1.0
    return two_digits(goal - math.copysign(away, goal)) + 0.0


def working_rate(*traces: Trace, most: float = math.inf) -> float | None:
    """A rate of two digits at which each of these descents `works`, all else unchanged.

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
            made = [_again(trace, tried) for trace in traces] if 0 < tried <= most else []
            if made and all(map(works, made)):
                return tried
            if too_far in map(fault, made):
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


def two_digits(value: float) -> float:
    """`value`, rounded to two significant digits."""
    return float(f"{value:.1e}")

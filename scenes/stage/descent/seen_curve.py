"""What an update looks at, its colour, and the part of the plane of w and loss that shows it."""

from __future__ import annotations

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic, cost_curve, loss_curve, mean_curve
from scenes.stage.descent.visible_range import loss_axis, walk_range

Span = tuple[float, float]


def seen_curve(trace: Trace, k: int) -> Quadratic:
    """What update ``k`` looks at: its sample's loss, or the mean loss of its mini-batch."""
    assert isinstance(trace.objective, LeastSquares)
    objective = trace.objective
    return mean_curve([loss_curve(objective, int(i)) for i in trace.samples[k] if i >= 0])


def hue(trace: Trace, k: int, theme: Theme) -> str:
    """The colour of update ``k``: its sample's, or the role `loss` for a mini-batch."""
    samples = [int(i) for i in trace.samples[k] if i >= 0]
    return theme.sample(samples[0]) if len(samples) == 1 else theme.loss


def first_updates(trace: Trace) -> range:
    """The updates that films show one by one."""
    return range(min(trace.updates, max(trace.updates_per_epoch, 3), 6))


def loss_window(trace: Trace, close_up: Span | None = None) -> tuple[Span, Span]:
    """The ranges of w and of J, ℓ: the whole descent, or only ``close_up`` of the w axis.

    Of the heights it has those of the first epoch's updates, or those of a close view's cost.
    """
    assert isinstance(trace.objective, LeastSquares)
    cost = cost_curve(trace.objective)
    low, high = close_up or walk_range(cost, trace.w)
    if close_up is not None:
        top = 1.3 * max(cost(low), cost(high))
    else:
        places = [(float(trace.w[k]), seen_curve(trace, k)) for k in first_updates(trace)]
        seen = [curve(w) for w, curve in places if low <= w <= high]
        top = max([*seen, cost(min(max(float(trace.w[0]), low), high))])
    axis = loss_axis(top, "", "")
    return (low, high), (axis.low, axis.high)

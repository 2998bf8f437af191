"""Random-order SGD on its way: the exact mean and spread of w after each update."""

import math
from collections.abc import Iterable

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.least_squares import LeastSquares
from gdcore.theory import Spread, moments, stationary_spread


def transient(
    objective: LeastSquares, start: float, rates: Iterable[float], batch_size: int = 1
) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of w at update 0, 1, ..., T, with one rate for each update.

    Plain SGD in random order, in the terms of `stationary_spread`: `e = w - w*`, and an update at
    the rate a is `e <- (1 - a*c)*e - a*r`. So its mean m and its variance V change by

        m <- (1 - a*E[c])*m
        V <- (1 - 2*a*E[c] + a^2*E[c^2])*V + a^2*(Var[c]*m^2 + 2*E[c*r]*m + E[r^2])

    Both have shape (T+1,). Beyond the range of a double the mean is nan and the deviation inf.
    """
    goal, mean, spread, cross, noise = moments(objective, batch_size)
    away, variance = start - goal, 0.0
    means, deviations = [away], [0.0]
    for a in rates:
        pushed = a * (a * (spread * away * away + 2 * cross * away + noise))
        shrunk = (1 - a * mean) * (1 - a * mean) + a * (a * spread)
        away, variance = (1 - a * mean) * away, shrunk * variance + pushed
        lost = not (math.isfinite(away) and math.isfinite(variance))
        means.append(math.nan if lost else away)
        deviations.append(math.inf if lost else math.sqrt(max(variance, 0.0)))
    return goal + np.array(means), np.array(deviations)


def settled_after(
    objective: LeastSquares, start: float, lr: float, updates: int, within: float = 0.02
) -> int | None:
    """The update from which on E[(w - w*)^2] stays near its stationary value.

    It may differ from it by the share `within`. None if there is no such value, or if `updates` are
    too few.
    """
    final: Spread = stationary_spread(objective, lr)
    if not math.isfinite(final.std) or final.std == 0:
        return None
    means, deviations = transient(objective, start, [lr] * updates)
    with np.errstate(over="ignore"):
        square = ((means - final.mean) / final.std) ** 2 + (deviations / final.std) ** 2
    wrong = np.flatnonzero(~(np.abs(square - 1) <= within))
    first = int(wrong[-1]) + 1 if wrong.size else 0
    return first if first <= updates else None

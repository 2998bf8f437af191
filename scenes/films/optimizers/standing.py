"""The order in a race at each moment, calm enough to be followed. Only numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.films.optimizers.course import PER_SECOND, eased

Values = npt.NDArray[np.float64]

_AHEAD = 0.05  # share of the larger |J| by which one must be lower to pass another
_PATIENCE = 0.7  # seconds that a row stays after a change
_GLIDE = 0.5  # seconds for two rows to change places


def standing(values: Values) -> list[int]:
    """The racers from the lowest of ``values`` (n,) to the highest; equal ones keep their order."""
    return [int(i) for i in np.argsort(np.where(np.isnan(values), np.inf, values), kind="stable")]


def places(values: Values, resting: npt.NDArray[np.bool_]) -> Values:
    """The place (0 is first) of each racer at each moment, (m, n); rows glide when two change.

    ``values`` (m, n) are the racers' J on a grid of PER_SECOND moments in a second. Neighbours
    change places if one is clearly ahead and both have kept their places for a while. In the
    moments ``resting`` (m,) only ``values`` decide the order.
    """
    moments, count = values.shape
    order = list(range(count))
    since = np.zeros(count)
    found = np.empty((moments, count))
    for moment in range(moments):
        now = values[moment]
        if resting[moment]:
            order = [order[k] for k in standing(now[order])]
            since[:] = moment
        else:
            _let_pass(order, now, since, moment)
        found[moment, order] = np.arange(count)
    return eased(found, _GLIDE)


def _let_pass(order: list[int], now: Values, since: Values, moment: int) -> None:
    """Swap neighbours in ``order`` if the lower one is clearly ahead; each at most once."""
    for upper in range(len(order) - 1):
        a, b = order[upper], order[upper + 1]
        waited = moment - max(since[a], since[b]) >= _PATIENCE * PER_SECOND
        if waited and _clearly_ahead(float(now[b]), float(now[a])):
            order[upper], order[upper + 1] = b, a
            since[[a, b]] = moment


def _clearly_ahead(mine: float, other: float) -> bool:
    if not np.isfinite(other):
        return np.isfinite(mine) or mine < other
    return mine < other - _AHEAD * max(abs(mine), abs(other))

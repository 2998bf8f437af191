"""What epochs did on average: their means, and until when a chart has something to tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.trace import Trace

Values = npt.NDArray[np.float64]

_ALL_BUT_GONE = 0.01  # share of the cost's first height above its minimum
_MORE = 1.3  # a chart shows somewhat more, so that one sees that nothing changes any more
_LEAST, _FEW = 12, 3  # a chart shows so many updates at least; if that is more, so many epochs


@dataclass(frozen=True)
class EpochMeans:
    """The mean of a value in each of E whole epochs: one level from the epoch's begin to its end.

    edges   (E+1,)  where the epochs begin and end on the x axis
    values  (E,)    their means
    """

    edges: Values
    values: Values


def epoch_means(counts: Values, values: Values, per_epoch: int) -> EpochMeans | None:
    """The means of the ``values`` before each update, (T,) or longer, in whole epochs.

    ``counts`` (T+1,): where each update begins on the x axis, and where the last one ends. None if
    an epoch is one update, or if there is no whole epoch: then there is nothing to average.
    """
    whole = (len(counts) - 1) // per_epoch
    if per_epoch == 1 or whole == 0:
        return None
    edges = counts[: whole * per_epoch + 1 : per_epoch]
    return EpochMeans(edges, _means(values, per_epoch, whole))


def _means(values: Values, per_epoch: int, whole: int) -> Values:
    with np.errstate(over="ignore"):  # of a diverging descent: infinite
        means: Values = values[: whole * per_epoch].reshape(whole, per_epoch).mean(axis=1)
    return means


def telling_epochs(trace: Trace, lowest: float) -> int:
    """How many epochs a chart of the cost shows: until it has come down, and some more.

    It has come down with the first epoch whose mean cost is as low as that of the last one, but for
    a hundredth of the way from the first cost to the ``lowest``. So a cost that creeps is shown to
    the end. So is one that ends higher than it began.
    """
    per_epoch = trace.updates_per_epoch
    whole = trace.updates // per_epoch
    means = _means(trace.cost, per_epoch, whole)
    if not whole or means[-1] > trace.cost[0]:
        return trace.epochs
    near = means[-1] + _ALL_BUT_GONE * (trace.cost[0] - lowest)
    needed = int(np.argmax(means <= near))
    return min(trace.epochs, max(round(_MORE * needed), min(_FEW, -(-_LEAST // per_epoch))))

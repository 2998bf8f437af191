"""The close views of the map: where batch ended, and the last updates of SGD. Read from traces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.films.plane.captions import Facts
from scenes.stage.maps.plane_chart import Window

Values = npt.NDArray[np.float64]

LAST = 9  # updates that the closest view shows at least
_NEAR = 1 / 3  # of the whole map: a view that is not closer is not worth a dive
_PAD = 1.15  # times what is shown
_LEAST = 2e-5  # of the map: smaller steps are too near to rounding errors
_LARGE, _SEEN = 0.25, 0.1  # halves of a view: steps beside the minimum; beside valleys
_WITHIN = 0.9  # of half a view: where SGD comes by
_DEEPER = 1 / 2.5  # of the view before


@dataclass(frozen=True)
class Stop:
    """A close view, and the updates of SGD from ``first`` to ``last`` that it shows."""

    window: Window
    first: int
    last: int


def last_updates(facts: Facts, whole: Window) -> tuple[int, int]:
    """The last updates that can be seen at all; none if SGD left the map or hardly moved."""
    if facts.lost or facts.at_rest:
        return 0, 0
    steps = np.abs(np.diff(facts.sgd.theta, axis=0) / whole.half).max(axis=1)
    seen = np.flatnonzero(steps >= _LEAST)
    last = int(seen[-1]) + 1 if len(seen) else 0
    return max(last - LAST, 0), last


def end_stop(facts: Facts, whole: Window) -> Stop | None:
    """The view of SGD's last updates: with the minimum and the valleys, if steps are large then."""
    first, last = last_updates(facts, whole)
    if first == last:
        return None
    path = facts.sgd.theta[first : last + 1]
    feet = _feet(facts.sgd, first, last)
    views = [
        (_around(np.concatenate([path, feet, facts.goal[None]]), whole), _LARGE),
        (_around(np.concatenate([path, feet]), whole), _SEEN),
        (_around(path, whole), 0.0),
    ]
    view = next(view for view, least in views if _largest(path, view) >= least)
    return Stop(view, first, last) if _share(view, whole) < _NEAR else None


def _largest(path: Values, view: Window) -> float:
    """The largest step in a view, in halves of it."""
    return float(np.abs(np.diff(path, axis=0) / view.half).max())


def _feet(trace: Trace, first: int, last: int) -> Values:
    """The nearest places (n, 2) in the valleys that updates with a single sample look at."""
    assert isinstance(trace.objective, LeastSquares)
    data, found = trace.objective.data, [np.zeros((0, 2))]
    for theta, row in zip(trace.theta[first:last], trace.samples[first:last], strict=True):
        if np.count_nonzero(row >= 0) == 1:
            way = np.array([data.x[row[0]], 1.0])
            residual = float(way @ theta) - data.y[row[0]]
            found.append((theta - residual / float(way @ way) * way)[None])
    return np.concatenate(found)


def beside_stop(facts: Facts, whole: Window, end: Stop) -> Stop | None:
    """The view of the place where batch ended, as SGD came by, if that is another one."""
    place, path = facts.batch.theta[-1], facts.sgd.theta
    away = np.abs((path - place) / whole.half).max(axis=1)
    nearest, epoch = facts.nearest, facts.sgd.updates_per_epoch
    around = away[max(nearest - epoch, 0) : nearest + epoch + 1]
    share = _PAD * float(around.max())
    view = whole.around(place, share)
    apart = np.abs((place - end.window.middle) / end.window.half).max()
    good = 0 < share < _NEAR and _share(end.window, whole) < _DEEPER * share and apart > 1
    if not good or nearest == len(path) - 1:
        return None
    outside = np.flatnonzero(away > _WITHIN * share)
    first = int(outside[outside < nearest].max(initial=-1)) + 1
    last = int(outside[outside > nearest].min(initial=len(path))) - 1
    return Stop(view, first, last)


def _around(places: Values, whole: Window) -> Window:
    """The window of the map's shape that holds all ``places``."""
    low, high = places.min(axis=0), places.max(axis=0)
    share = _PAD * float(((high - low) / 2 / whole.half).max())
    return whole.around((low + high) / 2, share)


def _share(view: Window, whole: Window) -> float:
    return float(view.half[1] / whole.half[1])

"""A path that lies on another one: dashed, so that both are seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gdcore.trace import Trace
from scenes.stage.maps.trail import Trail
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_ON, _PERIOD = 0.11, 0.22  # units
_ROOM = 0.03  # units: so near, a line hides another one
_HEAD = 0.55  # of the radius of the point below it


class DashedTrail(Trail):
    """A trail in dashes, without beads; its point is small enough to show the one below it."""

    def reach(self, t: float) -> None:
        """Draw the path up to the fractional update ``t``, in dashes."""
        super().reach(t)
        self.line.points = dashed(self.line.points)
        if len(self.head.points):
            self.head.points = discs(self.head.get_center()[None], _HEAD * self.radius)
        self.halo.points = np.zeros((0, 3))


def dashed(points: Values) -> Values:
    """The dashes of straight segments (4·n, 3), measured along all of them."""
    starts, stops = points[::4], points[3::4]
    lengths = np.linalg.norm(stops - starts, axis=1)
    starts, stops, lengths = (each[lengths > 0] for each in (starts, stops, lengths))
    ends = np.cumsum(lengths)
    begins = ends - lengths
    first = np.floor(begins / _PERIOD).astype(int)
    counts = np.floor(ends / _PERIOD).astype(int) - first + 1
    segment = np.repeat(np.arange(len(lengths)), counts)
    within = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    dash = (first[segment] + within) * _PERIOD
    low = np.maximum(dash, begins[segment])
    high = np.minimum(dash + _ON, ends[segment])
    kept = high > low
    segment, low, high = segment[kept], low[kept], high[kept]
    ways = (stops - starts)[segment] / lengths[segment, None]
    before = (low - begins[segment])[:, None], (high - begins[segment])[:, None]
    return separate(*(starts[segment] + ways * each for each in before))


def lie_below(plot: Plot, traces: Sequence[Trace]) -> list[bool]:
    """Whether a path would be hidden by a later one: it is as near as a line is wide, always."""
    ways = [plot.map(*trace.theta.T) for trace in traces]
    return [
        any(one.shape == other.shape and _near(one, other) for other in ways[i + 1 :])
        for i, one in enumerate(ways)
    ]


def _near(one: Values, other: Values) -> bool:
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.abs(one - other) <= _ROOM).all())

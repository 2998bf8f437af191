"""A curve on a plot that grows along x, and covers what its corners say in each pixel column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import LineJointType, VMobject

from scenes.stage.plots.columns import columns, telling
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

_HUGE = 1e300  # larger values have no differences
_FAR = 1e6  # heights of the plot


class Curve(VMobject):
    """A straight way from corner to corner; :meth:`reach` draws it up to a corner and beyond.

    It is cut at the plot's edges, not bent along them. Corners round off, since a pointed corner
    would rise above its value.
    """

    def __init__(self, plot: Plot, xs: Values, ys: Values, color: str, width: float) -> None:
        """``xs`` (n,) do not fall; ``ys`` (n,) may be infinite, but not nan."""
        super().__init__(
            color=color, stroke_width=width, fill_opacity=0, joint_type=LineJointType.ROUND
        )
        self.plot = plot
        self.lay(xs, ys)

    def lay(self, xs: Values, ys: Values) -> None:
        """Take these corners on the plot as it is now; :meth:`reach` then draws them."""
        plot = self.plot
        # Only what the plot shows, with a neighbour on each side of it.
        first = max(int(np.searchsorted(xs, plot.x.low)) - 1, 0)
        last = int(np.searchsorted(xs, plot.x.high, side="right")) + 1
        self._first = first
        self._corners = np.stack([xs, np.clip(ys, -_HUGE, _HUGE)], axis=1)
        self._shown = self._corners[first:last]
        shown = self._shown
        # A neighbour outside never stands for what is inside, so it has a column of its own.
        outside = (shown[:, 0] > plot.x.high).astype(int) - (shown[:, 0] < plot.x.low)
        level = np.full(len(shown), plot.y.low)  # a huge y has no place on a small plot
        self._columns = columns(plot.map(shown[:, 0], level)[:, 0]) + outside
        self._kept = telling(self._columns, shown[:, 1])
        points, seen = self._cut(shown[self._kept])
        self._points = points
        self._counts = np.concatenate([[0], np.cumsum(seen)]).astype(np.int64)

    def at(self, t: float) -> Values:
        """The place (x, y) of the fractional index ``t``, in data; infinity is huge there."""
        k = min(int(t + 1e-9), len(self._corners) - 1)
        place: Values = self._corners[k]
        if t - k > 1e-9:
            place = place + (t - k) * (self._corners[k + 1] - place)
        return place

    def reach(self, t: float) -> None:
        """Draw the curve up to the fractional index ``t``; nothing if it is below 0."""
        k = min(int(np.floor(t + 1e-9)) - self._first, len(self._shown) - 1)
        if k < 0:
            self.points = np.zeros((0, 3))
            return
        # The columns before this one do not change any more; of this one, what there is by now.
        begin = int(np.searchsorted(self._columns, self._columns[k]))
        done = int(np.searchsorted(self._kept, begin))
        newest = begin + telling(self._columns[begin : k + 1], self._shown[begin : k + 1, 1])
        corners = self._shown[np.concatenate([self._kept[max(done - 1, 0) : done], newest])]
        if t - self._first > k + 1e-9 and k < len(self._shown) - 1:
            corners = np.concatenate([corners, self.at(t)[None]])
        points, _ = self._cut(corners)
        self.points = np.concatenate([self._points[: 4 * self._counts[max(done - 1, 0)]], points])

    def _cut(self, corners: Values) -> tuple[Values, npt.NDArray[np.bool_]]:
        """The ways between ``corners`` (n, 2) within the plot: Bézier points, and which remain."""
        plot = self.plot
        low, high = np.array([plot.x.low, plot.y.low]), np.array([plot.x.high, plot.y.high])
        starts, stops = _brought_near(corners, (low[1] + high[1]) / 2, _FAR * (high[1] - low[1]))
        # Each way is measured from its nearer end: from a huge value the sums would miss the plot.
        turned = (np.abs(starts[:, 1] - low[1]) > np.abs(stops[:, 1] - low[1]))[:, None]
        nearer, ways = np.where(turned, stops, starts), np.where(turned, -1, 1) * (stops - starts)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.stack([(low - nearer) / ways, (high - nearer) / ways])
        level = ways == 0
        shares[0][level], shares[1][level] = 0.0, 1.0
        inside = (~level | ((nearer >= low) & (nearer <= high))).all(axis=1)
        first = np.clip(shares.min(axis=0).max(axis=1), 0, 1)
        last = np.clip(shares.max(axis=0).min(axis=1), 0, 1)
        seen = inside & (first < last) & ~level.all(axis=1)
        begin, end = (
            np.clip(nearer[seen] + share[seen, None] * ways[seen], low, high)
            for share in (first, last)
        )
        begin, end = np.where(turned[seen], end, begin), np.where(turned[seen], begin, end)
        return separate(plot.map(*begin.T), plot.map(*end.T)), seen


def _brought_near(corners: Values, middle: float, far: float) -> tuple[Values, Values]:
    """The two ends of each way; if both are ``far`` from the middle, nearer in proportion.

    Such a way crosses the plot upright, if at all: at the same x.
    """
    starts, stops = corners[:-1].copy(), corners[1:].copy()
    away = np.minimum(np.abs(starts[:, 1] - middle), np.abs(stops[:, 1] - middle))
    share = far / np.maximum(away, far)
    for ends in (starts, stops):
        ends[:, 1] = middle + share * (ends[:, 1] - middle)
    return starts, stops

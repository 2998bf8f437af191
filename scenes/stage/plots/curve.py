"""A curve on a plot that grows along x, and covers what its corners say in each pixel column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import LineJointType, VMobject

from scenes.stage.plots.columns import columns, telling
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

_FAR = 1e6  # heights of the plot; farther values have the same straight way to its edge


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
        far = _FAR * (plot.y.high - plot.y.low)
        # Only what the plot shows, with a neighbour on each side of it.
        first = max(int(np.searchsorted(xs, plot.x.low)) - 1, 0)
        last = int(np.searchsorted(xs, plot.x.high, side="right")) + 1
        self._first = first
        self._corners = np.stack([xs, np.clip(ys, plot.y.low - far, plot.y.high + far)], axis=1)
        self._shown = self._corners[first:last]
        shown = self._shown
        self._columns = columns(plot.map(shown[:, 0], shown[:, 1])[:, 0])
        self._kept = telling(self._columns, shown[:, 1])
        points, seen = self._cut(shown[self._kept])
        self._points = points
        self._counts = np.concatenate([[0], np.cumsum(seen)]).astype(np.int64)

    def at(self, t: float) -> Values:
        """The place (x, y) of the fractional index ``t`` in data; far values are nearer there."""
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
        plot, starts, ways = self.plot, corners[:-1], np.diff(corners, axis=0)
        low, high = (
            np.array([getattr(axis, end) for axis in (plot.x, plot.y)]) for end in ("low", "high")
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.stack([(low - starts) / ways, (high - starts) / ways])
        level = ways == 0
        shares[0][level], shares[1][level] = 0.0, 1.0
        inside = (~level | ((starts >= low) & (starts <= high))).all(axis=1)
        first = np.clip(shares.min(axis=0).max(axis=1), 0, 1)
        last = np.clip(shares.max(axis=0).min(axis=1), 0, 1)
        seen = inside & (first < last) & ~level.all(axis=1)
        ends = [
            np.clip(starts[seen] + share[seen, None] * ways[seen], low, high)
            for share in (first, last)
        ]
        return separate(*(plot.map(end[:, 0], end[:, 1]) for end in ends)), seen

"""The path of a descent of two weights on a map: line, beads, and the point at its head."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.maps.edge_mark import EdgeMark
from scenes.stage.plots.covering import CELL, covering
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, polyline, separate

Values = npt.NDArray[np.float64]

WHOLE = 400  # steps that are seen as such; with more, a path is a tangle
RECENT = 40  # the steps of a tangle that are in full colour
FADED, THIN = 0.8, 0.8  # opacity and width of the others, as shares
_THINNEST = 0.55  # of that width, where very many steps are dense
_CASE = 0.75  # opacity of a line's edge
_FARTHEST = 1e9  # widths of the map; the ends of a longer segment do not say where it crosses it


class Trail(VGroup):
    """The path (T + 1, 2) on ``plot``, drawn up to any fractional update by :meth:`reach`.

    ``line`` and ``beads`` are in full colour, ``old`` is thin and faded: the steps that cross the
    map from outside to outside, and all steps of a tangle, of which only the last are in ``line``.
    Steps that cover nothing new are left out, so a path of any length is drawn with few points.
    What lies outside the plot is cut off at its edge. While the head is outside, a mark at the edge
    shows where it went, with its place.
    """

    def __init__(
        self,
        plot: Plot,
        path: Values,
        color: str,
        radius: float,
        *,
        point_color: str | None = None,
        width: float = 4.0,
        bead: float = 0.5,
        cased: bool = False,
        dense: int | None = None,
    ) -> None:
        """``bead``: the radius of a visited place as a share of the head's; 0 draws none.

        A ``cased`` line has an edge, to be seen on contours of its own colour. With more than
        ``dense`` steps in view a path is a tangle too: the more steps, the thinner the old ones.
        """
        super().__init__()
        self.plot, self.way, self.radius = plot, np.asarray(path, dtype=float), radius
        theme = plot.theme
        head = point_color or color
        rim = 0.0 if theme.transparent else 1.0
        self.old = faded(color, width)
        self.line = VMobject(color=color, stroke_width=width, fill_opacity=0)
        self.case = VMobject(color=theme.background, stroke_width=(width + 5) * cased)
        self.case.set_stroke(opacity=_CASE * cased)
        self.beads = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=head, fill_opacity=1, stroke_width=0)
        self.mark = EdgeMark(plot, head, radius)
        self.edge, self.value = self.mark.edge, self.mark.value
        self.ground = self.mark.ground
        self._bead, self.reached = bead * radius, 0.0
        self._width, self._dense = width, dense
        self._draw()
        self.add(self.case, self.old, self.line, self.beads, self.halo, self.head)
        self.add(self.ground, self.edge, self.value)

    def _draw(self) -> None:
        """Find the points of all steps, and which of them are needed."""
        self._inside = on_map(self.plot, self.way)
        starts, stops, kept = cut(self.plot, self.way[:-1], self.way[1:])
        near = self._inside[kept] | self._inside[kept + 1]
        first, last = self.plot.map(*starts.T), self.plot.map(*stops.T)
        seen = np.abs(last - first).max(axis=1, initial=0) > CELL
        self.recent = len(self.way)
        full, faint, visited = np.flatnonzero(near), ~near, np.flatnonzero(self._inside)
        count = int(np.count_nonzero(seen & near))
        if count > (self._dense or WHOLE):
            self.recent, faint = RECENT, faint | near
            if self._dense:
                share = max(self._dense / count, _THINNEST)
                self.old.set_stroke(width=THIN * share * self._width)
        else:
            full = full[covering(first[near], last[near])]
            places = self.plot.map(*self.way[visited].T)
            visited = visited[covering(places, places)]
        thin = np.flatnonzero(faint)[covering(first[faint], last[faint])]
        points = separate(first, last).reshape(-1, 4, 3)
        self._line, self._line_points = kept[full], points[full]
        self._old, self._old_points = kept[thin], points[thin]
        self._seen = visited

    def follow(self) -> None:
        """Draw the same part of the path again after the plot's window has changed."""
        self._draw()
        self.reach(self.reached)

    def at(self, t: float) -> Values:
        """The weights (2,) at the fractional update ``t``."""
        t = min(max(t, 0.0), len(self.way) - 1.0)
        k = min(math.floor(t + 1e-9), len(self.way) - 2) if len(self.way) > 1 else 0
        rest = min(max(t - k, 0.0), 1.0)
        if rest == 0 or len(self.way) == 1:
            return np.array(self.way[k])
        return np.array(self.way[k] + rest * (self.way[k + 1] - self.way[k]))

    def reach(self, t: float) -> None:
        """Draw the path up to the fractional update ``t``, the point at its end."""
        self.reached = t = min(max(t, 0.0), len(self.way) - 1.0)
        k = math.floor(t + 1e-9)
        here = self.at(t)
        self.old.points = self._old_points[: np.searchsorted(self._old, k)].reshape(-1, 3)
        now = k if t > k else k - 1  # the step that ends at the point
        first, last = np.searchsorted(self._line, [k - self.recent, now])
        points = self._line_points[first:last].reshape(-1, 3)
        if now >= 0 and self._inside[now : now + 2].any():
            start, stop, seen = cut(self.plot, self.way[now : now + 1], here[None, :])
            if len(seen):
                ends = np.concatenate([self.plot.map(*start.T), self.plot.map(*stop.T)])
                points = np.concatenate([points, polyline(ends)])
        self.line.points = points
        if self.case.stroke_width:
            self.case.points = np.array(points)
        if self._bead:
            first, last = np.searchsorted(self._seen, [k - self.recent, k + 1])
            visited = self.way[self._seen[first:last]]
            self.beads.points = discs(self.plot.map(*visited.T), self._bead)
        self._stand(float(here[0]), float(here[1]))

    def _stand(self, x: float, y: float) -> None:
        plot = self.plot
        if plot.contains(x, y):
            center = plot.map(np.array([x]), np.array([y]))
            self.halo.points = discs(center, 1.3 * self.radius)
            self.head.points = discs(center, self.radius)
            self.mark.clear()
            return
        self.halo.points = self.head.points = np.zeros((0, 3))
        self.mark.stand(x, y)


def on_map(plot: Plot, way: Values) -> npt.NDArray[np.bool_]:
    """Which of the weights (n, 2) the map shows."""
    (x, y), w, b = way.T, plot.x, plot.y
    shown: npt.NDArray[np.bool_] = (w.low <= x) & (x <= w.high) & (b.low <= y) & (y <= b.high)
    return shown


def faded(color: str, width: float) -> VMobject:
    """The thin line of the older steps; ``width`` is that of the last ones."""
    line = VMobject(color=color, stroke_width=THIN * width, fill_opacity=0)
    line.set_stroke(opacity=FADED)
    return line


def cut(plot: Plot, starts: Values, stops: Values) -> tuple[Values, Values, npt.NDArray[np.intp]]:
    """Segments (n, 2) cut at the plot's edges, and the indices of those that remain.

    Liang–Barsky. Left out are segments between two places outside that are so far apart that
    rounding decides where they cross the plot, and those longer than a double can say.
    """
    # From the end that is nearer to 0: the other one may be too far away for an exact difference.
    turned = np.abs(starts).max(axis=1, initial=0) > np.abs(stops).max(axis=1, initial=0)
    starts, stops = (
        np.where(turned[:, None], *ends) for ends in ((stops, starts), (starts, stops))
    )
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        way = stops - starts
        low = np.array([plot.x.low, plot.y.low])
        high = np.array([plot.x.high, plot.y.high])
        near, far = (low - starts) / way, (high - starts) / way
        level = way == 0
        within = (starts >= low) & (starts <= high)
        first = np.where(level, np.where(within, 0.0, np.inf), np.minimum(near, far))
        last = np.where(level, np.where(within, 1.0, -np.inf), np.maximum(near, far))
    begin = np.maximum(first.max(axis=1, initial=0.0), 0.0)
    end = np.minimum(last.min(axis=1, initial=1.0), 1.0)
    known = (np.abs(way) <= _FARTHEST * (high - low)).all(axis=1)
    known |= within.all(axis=1) | ((stops >= low) & (stops <= high)).all(axis=1)
    kept = np.flatnonzero((begin < end) & known & np.isfinite(way).all(axis=1))
    a, b, back = starts[kept], way[kept], turned[kept, None]
    one = np.clip(a + begin[kept, None] * b, low, high)
    other = np.clip(a + end[kept, None] * b, low, high)
    return np.where(back, other, one), np.where(back, one, other), kept

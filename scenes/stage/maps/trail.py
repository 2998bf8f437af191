"""The path of a descent of two weights on a map: line, beads, and the point at its head."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.stage.page.figures import short
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, polyline, separate, triangle

Values = npt.NDArray[np.float64]


class Trail(VGroup):
    """The path (T + 1, 2) on ``plot``, drawn up to any fractional update by :meth:`reach`.

    What lies outside the plot is cut off at its edge. A step from outside to outside is not drawn:
    the lines of a diverging path would cover the map. While the head is outside, a mark at the edge
    shows where it went, with its distance from the plot's middle.
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
    ) -> None:
        """``bead``: the radius of a visited place as a share of the head's; 0 draws none."""
        super().__init__()
        self.plot, self.way, self.radius = plot, np.asarray(path, dtype=float), radius
        theme = plot.theme
        head = point_color or color
        rim = 0.0 if theme.transparent else 1.0
        self.line = VMobject(color=color, stroke_width=width, fill_opacity=0)
        self.beads = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=head, fill_opacity=1, stroke_width=0)
        self.edge = VMobject(color=head, fill_opacity=1, stroke_width=0)
        self.value = Figure(text_glyphs(plot.scale_.label), head, side=ORIGIN)
        low, high = np.array([plot.x.low, plot.y.low]), np.array([plot.x.high, plot.y.high])
        within = (self.way >= low) & (self.way <= high)
        self._inside = within[:, 0] & within[:, 1]
        shown = np.flatnonzero(self._inside[:-1] | self._inside[1:])
        starts, stops, kept = cut(plot, self.way[shown], self.way[shown + 1])
        self._kept = shown[kept]
        self._points = separate(plot.map(*starts.T), plot.map(*stops.T))
        self._seen = np.flatnonzero(self._inside)
        visited = self.way[self._seen]
        self._discs = discs(plot.map(*visited.T), bead * radius) if bead else np.zeros((0, 3))
        self.add(self.line, self.beads, self.halo, self.head, self.edge, self.value)

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
        t = min(max(t, 0.0), len(self.way) - 1.0)
        k = math.floor(t + 1e-9)
        here = self.at(t)
        points = self._points[: 4 * int(np.searchsorted(self._kept, k))]
        if t > k and self._inside[k : k + 2].any():
            start, stop, seen = cut(self.plot, self.way[k : k + 1], here[None, :])
            if len(seen):
                ends = np.concatenate([self.plot.map(*start.T), self.plot.map(*stop.T)])
                points = np.concatenate([points, polyline(ends)])
        self.line.points = points
        count = int(np.searchsorted(self._seen, k, side="right"))
        self.beads.points = self._discs[: count * (len(self._discs) // max(len(self._seen), 1))]
        self._stand(float(here[0]), float(here[1]))

    def _stand(self, x: float, y: float) -> None:
        plot = self.plot
        if plot.contains(x, y):
            center = plot.map(np.array([x]), np.array([y]))
            self.halo.points = discs(center, 1.3 * self.radius)
            self.head.points = discs(center, self.radius)
            self.edge.points = np.zeros((0, 3))
            self.value.write("")
            return
        self.halo.points = self.head.points = np.zeros((0, 3))
        inner = plot.inner
        near = plot.at(min(max(x, plot.x.low), plot.x.high), min(max(y, plot.y.low), plot.y.high))
        out = point(np.sign(x - min(max(x, plot.x.low), plot.x.high)), 0.0)
        out[1] = np.sign(y - min(max(y, plot.y.low), plot.y.high))
        size = 2.2 * self.radius
        self.edge.points = triangle(near, out, size)
        away = math.hypot(x - (plot.x.low + plot.x.high) / 2, y - (plot.y.low + plot.y.high) / 2)
        text = short(away, 2) if math.isfinite(away) else "∞"
        half = self.value.glyphs.width(text) / 2
        inwards = near - out * (size + 0.9 * plot.scale_.label)
        x_at = min(max(float(inwards[0]), inner.left + half), inner.right - half)
        self.value.text = None
        self.value.write(text, point(x_at, float(inwards[1])))


def cut(plot: Plot, starts: Values, stops: Values) -> tuple[Values, Values, npt.NDArray[np.intp]]:
    """Segments (n, 2) cut at the plot's edges, and the indices of those that remain.

    Liang–Barsky. A segment whose length is beyond a double's range is not drawn.
    """
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
    kept = np.flatnonzero((begin < end) & np.isfinite(way).all(axis=1))
    a, b = starts[kept], way[kept]
    first_ends = np.clip(a + begin[kept, None] * b, low, high)
    return first_ends, np.clip(a + end[kept, None] * b, low, high), kept

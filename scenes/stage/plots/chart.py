"""A value over updates or epochs, drawn step by step, with one corner for each update."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, separate
from scenes.stage.plots.ticks import whole_ticks

Values = npt.NDArray[np.float64]

_CORNERS = 4000  # a chart has fewer pixels: more corners would only cost time


class Chart(Plot):
    """The plot of a chart: counts along x, values from 0 (or ``low``) to ``high`` along y."""

    def __init__(
        self, box: Box, count: int, high: float, theme: Theme, scale: Scale, low: float = 0.0
    ) -> None:
        widest = text_glyphs(scale.small).width(str(count))
        ticks = whole_ticks(count, max(1, min(5, int(box.width / (2.4 * widest)))))
        super().__init__(box, Axis(0, max(count, 1), "", ticks), Axis(low, high), theme, scale)


class Series(VGroup):
    """A curve through (xs, ys) on a plot; :meth:`reach` draws it up to a fractional index.

    Parts outside the plot are not drawn (nor bent along its edge); nor are corners after its end.
    """

    def __init__(
        self,
        plot: Plot,
        xs: Values,
        ys: Values,
        color: str,
        radius: float,
        *,
        width: float = 4.0,
        beads: Sequence[str | None] | None = None,
    ) -> None:
        """``beads``: a colour for each corner, drawn as a dot (None: no dot there)."""
        super().__init__()
        self.plot, self.xs, self.ys, self.radius = plot, xs, ys, radius
        self.line = VMobject(color=color, stroke_width=width, fill_opacity=0)
        self.head = VMobject(color=plot.theme.point, fill_opacity=1, stroke_width=0)
        self.dots = VGroup()
        self._kept = _telling(ys)
        self._segments, self._counts = self._cut()
        self._beads: dict[str, tuple[npt.NDArray[np.int64], Values, VMobject]] = {}
        self.add(self.line)
        if beads is not None:
            self._make_beads(beads)
        self.add(self.dots, self.head)

    def _make_beads(self, colors: Sequence[str | None]) -> None:
        inside = [i for i in range(len(self.xs)) if self.plot.contains(self.xs[i], self.ys[i])]
        for color in filter(None, dict.fromkeys(colors)):
            mine = np.array([i for i in inside if colors[i] == color], dtype=int)
            places = discs(self.plot.map(self.xs[mine], self.ys[mine]), 0.62 * self.radius)
            dot = VMobject(color=color, fill_opacity=1, stroke_width=0)
            self._beads[color] = (mine, places, dot)
            self.dots.add(dot)

    def _clip(self, starts: Values, stops: Values) -> tuple[Values, npt.NDArray[np.bool_]]:
        """Cut data segments (n, 2) at the plot's edges: Bézier points, and which remain."""
        y0, y1 = starts[:, 1], stops[:, 1]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            rise = y1 - y0
            a = np.where(rise == 0, 0.0, (self.plot.y.low - y0) / rise)
            b = np.where(rise == 0, 1.0, (self.plot.y.high - y0) / rise)
        first = np.clip(np.minimum(a, b), 0, 1)
        last = np.clip(np.maximum(a, b), 0, 1)
        inside = (starts[:, 0] < self.plot.x.high) & (stops[:, 0] <= self.plot.x.high + 1e-9)
        level = (rise != 0) | ((y0 >= self.plot.y.low) & (y0 <= self.plot.y.high))
        seen = (first < last) & level & inside & np.isfinite(rise)
        way = stops[seen] - starts[seen]  # without the others, which may be infinite
        begin = starts[seen] + first[seen, None] * way
        end = starts[seen] + last[seen, None] * way
        plot = self.plot
        # Put a cut exactly on the edge: from a value of 1e25 the sum above would miss it by far.
        begin[:, 1], end[:, 1] = (np.clip(v[:, 1], plot.y.low, plot.y.high) for v in (begin, end))
        return separate(plot.map(begin[:, 0], begin[:, 1]), plot.map(end[:, 0], end[:, 1])), seen

    def _cut(self) -> tuple[Values, npt.NDArray[np.int64]]:
        corners = np.stack([self.xs, self.ys], axis=1)[self._kept]
        points, seen = self._clip(corners[:-1], corners[1:])
        return points, np.concatenate([[0], np.cumsum(seen)]).astype(np.int64)

    def reach(self, t: float) -> None:
        """Draw the curve up to index ``t``, which may lie between two corners."""
        t = min(max(t, 0.0), len(self.xs) - 1.0)
        k = math.floor(t + 1e-9)
        last = int(np.searchsorted(self._kept, k, side="right")) - 1
        points = self._segments[: 4 * self._counts[last]]
        x, y = self._between(t, k)
        if t > self._kept[last]:
            begin = self._kept[last]
            start = np.array([[self.xs[begin], self.ys[begin]]])
            points = np.concatenate([points, self._clip(start, np.array([[x, y]]))[0]])
        self.line.points = points
        inside = self.plot.contains(x, y)
        center = self.plot.map(np.array([x]), np.array([y]))
        self.head.points = discs(center, self.radius) if inside else np.zeros((0, 3))
        for mine, places, dot in self._beads.values():
            count = int(np.searchsorted(mine, k, side="right"))
            dot.points = places[: count * (len(places) // max(len(mine), 1))]

    def _between(self, t: float, k: int) -> tuple[float, float]:
        if t - k <= 1e-9:
            return float(self.xs[k]), float(self.ys[k])
        rest = t - k
        x = self.xs[k] + rest * (self.xs[k + 1] - self.xs[k])
        return float(x), float(self.ys[k] + rest * (self.ys[k + 1] - self.ys[k]))


def _telling(ys: Values) -> npt.NDArray[np.int64]:
    """Indices of the corners that are drawn: all, or the extremes of each short piece."""
    if len(ys) <= _CORNERS:
        return np.arange(len(ys), dtype=np.int64)
    edges = np.linspace(0, len(ys), _CORNERS // 4, dtype=int)
    kept = {0, len(ys) - 1}
    for start, stop in pairwise(edges):
        part = ys[start:stop]
        kept |= {int(start), int(start + np.argmin(part)), int(start + np.argmax(part))}
    return np.array(sorted(kept), dtype=np.int64)

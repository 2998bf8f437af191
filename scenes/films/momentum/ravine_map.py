"""The map of the ravine, which can move to another box and take its paths along."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LineJointType, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.momentum.runs import RAVINE
from scenes.stage.maps.edge_mark import EdgeMark
from scenes.stage.maps.landscape_map import landscape_map
from scenes.stage.maps.trail import cut, on_map
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.plots.columns import pixel
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_BEADED = 150  # updates; with more, the beads would overlap


class RavineMap(VGroup):
    """``plot``: contours of J(w, b). ``marks``: a ring at the minimum and one at the start.

    :meth:`lie` moves it. While it moves, ``plot.inner`` is where it is, so `Plot.map` is exact.
    """

    def __init__(self, start: Sequence[float], box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self.plot = landscape_map(RAVINE, start, box, theme, scale)
        self.texts = VGroup(self.plot.numbers, self.plot.names)
        self.radius = 0.36 * scale.label
        self._start = np.array(start, dtype=float)
        self.home = self.plot.inner
        self._shapes = [*self.plot.shades, *self.plot.lines, self.plot.axes]
        self._points = [np.array(part.points) for part in self._shapes]
        self.marks = VGroup(
            VMobject(color=theme.good, stroke_width=4.0, fill_opacity=0),
            VMobject(color=theme.ink, stroke_width=3.0, fill_opacity=0),
        )
        self._lay_marks()
        self.add(self.plot, self.marks)

    def lie(self, to: Box, amount: float) -> None:
        """Lie at ``amount`` of the way from the first box to the plotting area ``to``."""
        inner = self.plot.inner = self.home.towards(to, amount)
        size = np.array([inner.width / self.home.width, inner.height / self.home.height, 1.0])
        corner = point(self.home.left, self.home.bottom)
        for part, points in zip(self._shapes, self._points, strict=True):
            part.points = point(inner.left, inner.bottom) + (points - corner) * size
        self._lay_marks()

    def _lay_marks(self) -> None:
        minimum = np.array(RAVINE.minima[0])
        for mark, place, size in zip(self.marks, (minimum, self._start), (1.7, 1.3), strict=True):
            mark.points = discs(self.plot.map(*place[:, None]), size * self.radius)


class MapPath(VGroup):
    """A descent on a map that may move: line, beads and the point at its head.

    While the point is outside, a mark at the map's edge shows where; with its place in a wide map.
    """

    def __init__(self, plot: Plot, color: str, radius: float) -> None:
        super().__init__()
        self.plot, self.radius = plot, radius
        self.line = VMobject(
            color=color, stroke_width=4.0, fill_opacity=0, joint_type=LineJointType.ROUND
        )
        self.beads = VMobject(color=color, fill_opacity=1, stroke_width=0)
        rim = 0.0 if plot.theme.transparent else 1.0
        self.halo = VMobject(color=plot.theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.mark = EdgeMark(plot, color, radius)
        marks = self.mark.ground, self.mark.edge, self.mark.value
        self.add(self.line, self.beads, self.halo, self.head, *marks)

    def lay(self, way: Values, t: float) -> None:
        """Draw the places (T + 1, 2) up to the fractional update ``t``; cut at the map's edge."""
        t = min(max(t, 0.0), len(way) - 1.0)
        k = int(t + 1e-9)
        done = way[: k + 1]
        if t - k > 1e-9:
            done = np.concatenate([done, [way[k] + (t - k) * (way[k + 1] - way[k])]])
        seen = done[: k + 1][on_map(self.plot, done[: k + 1])] if len(way) <= _BEADED else done[:0]
        self.beads.points = discs(self.plot.map(*seen.T), 0.5 * self.radius)
        starts, stops, _ = cut(self.plot, done[:-1], done[1:])
        self.line.points = _visible(self.plot.map(*starts.T), self.plot.map(*stops.T))
        head = done[-1:][on_map(self.plot, done[-1:])]
        self.halo.points = discs(self.plot.map(*head.T), 1.3 * self.radius)
        self.head.points = discs(self.plot.map(*head.T), self.radius)
        if len(head):
            self.mark.clear()
        else:
            self.mark.stand(*map(float, done[-1]), must_fit=True)

    def fade_trail(self, opacity: float) -> None:
        """Draw line and beads with this opacity; the point stays as it is."""
        set_visible(VGroup(self.line, self.beads), opacity)


def _visible(first: Values, last: Values) -> Values:
    """Bézier points of the segments; those that stay in one half of a pixel are joined."""
    if not len(first):
        return np.zeros((0, 3))
    cells = np.floor(2 * last / pixel())
    new = np.flatnonzero((cells[1:] != cells[:-1]).any(axis=1))
    ends = np.append(new, len(last) - 1)
    return separate(first[np.append(0, ends[:-1] + 1)], last[ends])

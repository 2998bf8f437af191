"""Arrows on a map from points to the ends of their next steps, one for each racer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline, triangle

Values = npt.NDArray[np.float64]


class MapArrows(VGroup):
    """One arrow in each of ``colors``; :meth:`reach` draws them, cut off at the plot's edge."""

    def __init__(self, plot: Plot, colors: Sequence[str], radius: float) -> None:
        super().__init__()
        self.plot, self.radius = plot, radius
        self.shafts = [VMobject(color=color, stroke_width=6.0) for color in colors]
        self.heads = [VMobject(color=color, fill_opacity=1, stroke_width=0) for color in colors]
        self.add(*self.shafts, *self.heads)

    def reach(self, starts: Values, stops: Values, amounts: npt.ArrayLike = 1.0) -> None:
        """Draw arrows from the weights ``starts`` (n, 2) towards ``stops``; 1 is the whole way.

        ``amounts`` is one for all, or one for each, (n,).
        """
        plot = self.plot
        low = np.array([plot.x.low, plot.y.low])
        high = np.array([plot.x.high, plot.y.high])
        ways = np.broadcast_to(amounts, len(starts))[:, None] * (stops - starts)
        for i, (start, way) in enumerate(zip(starts, ways, strict=True)):
            with np.errstate(divide="ignore", invalid="ignore"):
                room = np.where(way > 0, high - start, low - start) / way
            share = float(np.nanmin(np.where(way == 0, np.inf, room), initial=1.0))
            visible = plot.contains(float(start[0]), float(start[1])) and share > 0
            ends = np.stack([start, start + (share * way if visible else 0.0)])
            self._lay(i, plot.map(*ends.T))

    def hide(self) -> None:
        """Hide the arrows."""
        for part in self.submobjects:
            part.points = np.zeros((0, 3))

    def _lay(self, index: int, ends: Values) -> None:
        way = ends[1] - ends[0]
        length = float(np.hypot(way[0], way[1]))
        size = min(1.9 * self.radius, 0.9 * length)
        if length < 1e-6:
            self.shafts[index].points = self.heads[index].points = np.zeros((0, 3))
            return
        neck = ends[1] - way / length * 0.8 * size
        self.shafts[index].points = polyline(np.stack([ends[0], neck]))
        self.heads[index].points = triangle(ends[1], way, size)

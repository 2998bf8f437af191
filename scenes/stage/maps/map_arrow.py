"""An arrow on a map of two weights, cut off at the map's edge."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.maps.trail import cut
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline, triangle

Values = npt.NDArray[np.float64]


class MapArrow(VGroup):
    """``shaft`` and ``head`` of an arrow between two places of the frame."""

    def __init__(self, plot: Plot, color: str, size: float, share: float = 0.7) -> None:
        """``size`` is the length of the head; it is at most a ``share`` of the arrow."""
        super().__init__()
        self.plot, self.size, self.share = plot, size, share
        self.shaft = VMobject(color=color, stroke_width=6, fill_opacity=0)
        self.head = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.add(self.shaft, self.head)

    def reach(self, start: Values, stop: Values) -> None:
        """Draw it from the weights ``start`` (2,) to ``stop``; beyond the edge it has no head."""
        self.clear()
        first, last, seen = cut(self.plot, start[None], stop[None])
        if not len(seen):
            return
        tail, tip = self.plot.map(*first.T)[0], self.plot.map(*last.T)[0]
        way = tip - tail
        length = float(np.hypot(way[0], way[1]))
        if length < 1e-6:
            return
        size = min(self.size, self.share * length)
        whole = self.plot.contains(float(stop[0]), float(stop[1]))
        foot = tip - way * (0.8 * size / length) if whole else tip
        self.shaft.points = polyline(np.array([tail, foot]))
        if whole:
            self.head.points = triangle(tip, way, size)

    def clear(self) -> None:
        """Hide the arrow."""
        self.shaft.points = self.head.points = np.zeros((0, 3))

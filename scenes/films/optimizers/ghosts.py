"""The paths of the first race, turned with their landscape, and points that run along them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.objectives.turned import Turn
from scenes.stage.maps.trail import cut, on_map
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_FAINT = 0.45  # the opacity of a path that was


class Ghost(VGroup):
    """The path (T + 1, 2) as a faint ``line``; ``head`` is a point on it, ``ring`` an empty one."""

    def __init__(self, plot: Plot, path: Values, color: str, radius: float, width: float) -> None:
        super().__init__()
        self.plot, self.way, self.radius = plot, path, radius
        self.line = VMobject(color=color, stroke_width=width, fill_opacity=0)
        self.line.set_stroke(opacity=_FAINT)
        self.head = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.ring = VMobject(color=color, stroke_width=3.0, fill_opacity=0)
        self._turned = path
        self.add(self.line, self.ring, self.head)

    def turn(self, turn: Turn) -> None:
        """Draw the whole path, turned."""
        self._turned = turned = turn.forth(self.way)
        starts, stops, _ = cut(self.plot, turned[:-1], turned[1:])
        self.line.points = separate(self.plot.map(*starts.T), self.plot.map(*stops.T))

    def stand(self, update: float) -> None:
        """Put the point on the path at the fractional ``update``."""
        self.head.points = discs(self._place(update), self.radius)

    def follow(self, update: float) -> None:
        """Put the ring there."""
        self.ring.points = discs(self._place(update), 1.45 * self.radius)

    def _place(self, update: float) -> Values:
        """Where it is in the frame, (1, 3); nothing if that is outside of the map."""
        way = self._turned
        t = min(max(update, 0.0), len(way) - 1.0)
        k = min(int(t), max(len(way) - 2, 0))
        here = way[k] if len(way) == 1 else way[k] + (t - k) * (way[k + 1] - way[k])
        seen = here[None][on_map(self.plot, here[None])]
        return self.plot.map(*seen.T)

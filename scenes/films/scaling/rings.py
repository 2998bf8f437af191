"""The contours of the cost around its minimum, evenly spaced, on a plane that changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.films.scaling.views import Plane
from scenes.stage.maps.conics import Conics
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]

_RINGS, _PER_RADIUS = 16, 6  # contours, and how many of them lie within the one through the start
_SHADE = 0.05


class Rings(VGroup):
    """``lines`` and ``shades`` of evenly spaced contours around the minimum ``goal`` (2,).

    ``goal`` and ``radius`` are of the standardised plane; the contour through the start has this
    radius there.
    """

    def __init__(self, plot: Plot, goal: Values, radius: float) -> None:
        super().__init__()
        self.plot, self._goal = plot, goal
        self._radii = [radius * k / _PER_RADIUS for k in range(1, _RINGS + 1)]
        color = plot.theme.cost
        self.lines = [_line(color) for _ in self._radii]
        self.shades = [
            VMobject(color=color, stroke_width=0, fill_opacity=_SHADE) for _ in self._radii
        ]
        self.add(*self.shades, *self.lines)

    def draw(self, plane: Plane) -> None:
        """Draw them on the plot's present window of ``plane``."""
        conics = Conics(plane.place(self._goal), plane.mean, plane.spread)
        for radius, line, shade in zip(self._radii, self.lines, self.shades, strict=True):
            parts = conics.curves(self.plot, radius)
            line.points = np.concatenate([np.zeros((0, 3)), *map(polyline, parts)])
            shade.points = polyline(conics.area(self.plot, radius, parts))


def _line(color: str) -> VMobject:
    line = VMobject(color=color, stroke_width=2.0, fill_opacity=0)
    line.set_stroke(opacity=0.55)
    return line

"""The samples' losses on the map: each is a straight valley; of a crowd, the bands they run in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.least_squares import LeastSquares
from scenes.stage.maps.conics import line_ends
from scenes.stage.maps.plane_chart import PlaneChart
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import hide
from scenes.stage.plots.crowd import Bands
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]

_NAMED, _CROWD, _SHOWN = 6, 12, 3  # valleys; of a crowd a few have lines of their own
_SHARES = (0.06, 0.94, 0.1, 0.9, 0.15, 0.85, 0.2, 0.8, 0.27, 0.73, 0.36, 0.64)
_CLEAR = 0.1  # units around a name


class Valleys:
    """``lines`` (of the samples in ``shown``), ``crowd`` (bands), ``active``, ``names``.

    The lines are faint; ``active`` is the valley that an update looks at, or several of them.
    """

    def __init__(self, objective: LeastSquares, plot: PlaneChart) -> None:
        self.objective, self.plot, theme = objective, plot, plot.theme
        n, data = objective.n, objective.data
        self.lines, self.crowd, self.names = VGroup(), VGroup(), VGroup()
        self.shown, self._lit = list(range(n)), list[int]()
        if n > _CROWD:
            self.shown = [i for i in self.shown if len(self.ends(i))][:_SHOWN]
            curves = lambda ws: data.y[:, None] - data.x[:, None] * ws  # noqa: E731
            self.crowd.add(Bands(plot, curves, theme.muted))
        for i in self.shown:
            self.lines.add(VMobject(color=theme.sample(i), stroke_width=4))
            self.lines[-1].set_stroke(opacity=0.85)
        self.active = VMobject(color=theme.loss, stroke_width=7)
        self.lay()

    def ends(self, i: int) -> Values:
        """The weights (2, 2) where the valley xᵢw + b = yᵢ enters and leaves the map, or (0, 2)."""
        x, y = float(self.objective.data.x[i]), float(self.objective.data.y[i])
        return line_ends(self.plot, x, y)

    def points(self, i: int) -> Values:
        """The points of the valley of sample ``i``."""
        return polyline(self.plot.map(*self.ends(i).T))

    def light(self, samples: Sequence[int], hue: str) -> None:
        """Light up the valleys of these samples."""
        self._lit = list(samples[:_CROWD])
        self.active.set_color(hue)
        self.lay()

    def follow(self) -> None:
        """Follow the plot's window."""
        self.lay()
        for bands in self.crowd:
            bands.follow()

    def lay(self) -> None:
        """Draw the lines in the plot's window."""
        for i, line in zip(self.shown, self.lines, strict=True):
            line.points = self.points(i)
        self.active.points = np.concatenate([np.zeros((0, 3)), *map(self.points, self._lit)])

    def name(self, taken: Sequence[Box], spots: Values) -> None:
        """Write ℓ₁, ℓ₂, … beside the valleys, near an end, clear of each other and of the rest.

        ``taken`` are boxes, ``spots`` (n, 3) places that must stay free. The names are hidden.
        """
        self.names = VGroup()
        if self.objective.n > _NAMED:
            return
        lines = [self.plot.map(*self.ends(i).T) for i in self.shown]
        shares = np.linspace(0, 1, 200)[:, None]
        along = [line[0] + shares * (line[1] - line[0]) for line in lines if len(line)]
        filled, spots = list(taken), np.concatenate([spots, *along])
        for i, line in zip(self.shown, lines, strict=True):
            name = formula(f"ell_{i + 1}", self.plot.scale_.label, self.plot.theme.sample(i))
            if len(line) and self._find_room(name, line, filled, spots):
                self.names.add(name)
        hide(self.names)

    def _find_room(self, name: VMobject, line: Values, filled: list[Box], spots: Values) -> bool:
        way = line[1] - line[0]
        length = float(np.hypot(way[0], way[1]))
        normal = point(-way[1], way[0]) / (length or 1.0)
        reach = abs(normal[0]) * name.width / 2 + abs(normal[1]) * name.height / 2 + 0.18
        half = name.width / 2 + _CLEAR, name.height / 2 + _CLEAR
        for share in _SHARES:
            for side in (1.0, -1.0):
                x, y = (line[0] + share * way + side * reach * normal)[:2].tolist()
                box = Box(x - half[0], y - half[1], x + half[0], y + half[1])
                if _is_free(box, self.plot.inner, filled, spots):
                    name.move_to(point(x, y))
                    filled.append(box)
                    return True
        return False


def _is_free(box: Box, within: Box, filled: Sequence[Box], spots: Values) -> bool:
    across = within.left <= box.left and box.right <= within.right
    if not (across and within.bottom <= box.bottom and box.top <= within.top):
        return False
    low, high = (box.left, box.bottom), (box.right, box.top)
    if bool(((low <= spots[:, :2]) & (spots[:, :2] <= high)).all(axis=1).any()):
        return False
    return not any(map(box.meets, filled))

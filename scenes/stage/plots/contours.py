"""A function of two weights as a map: contour lines, and shades that are bluer in the valley."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import cast

import contourpy
import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Charted, Plot
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]
Height = Callable[[Values, Values], Values]
"""The function's values at arrays of first and second weights of the same shape."""

_GRID = 241  # samples along each axis: contours are smooth at a height of 2160 pixels
_SHADE = 0.07  # the opacity of each shade; they lie on top of each other


def quantile_levels(values: Values, count: int, bowl: bool = True) -> Values:
    """``count`` levels (count,) that spread their contours evenly over the map.

    In a bowl the area below a level grows with the square of its contour's radius, so quantiles of
    squared shares give evenly spaced rings. A saddle has no minimum: it gets plain quantiles.
    """
    parts = np.arange(1, count + 1) / (count + 0.5)
    finite = values[np.isfinite(values)]
    return np.unique(np.quantile(finite, parts**2 if bowl else parts))


class Contoured(Charted):
    """Contours of a function over the ranges that are shown; ``shades`` and ``lines`` hold them."""

    theme: Theme
    shades: VGroup
    lines: VGroup

    def draw(self, height: Height, count: int, bowl: bool) -> None:
        """Draw ``count`` contours of ``height``, with shades below them."""
        self.levels = quantile_levels(self._measure(height), count, bowl)
        self.shades, self.lines = VGroup(), VGroup()
        for level in map(float, self.levels):
            self.shades.add(self._shade(level))
            self.lines.add(self._line(level))

    def _measure(self, height: Height) -> Values:
        """The function's values on a grid over the map; its contours come from them."""
        xs = np.linspace(self.x.low, self.x.high, _GRID)
        ys = np.linspace(self.y.low, self.y.high, _GRID)
        with np.errstate(over="ignore", invalid="ignore"):
            values = height(*np.meshgrid(xs, ys))
        self._drawn = contourpy.contour_generator(
            xs, ys, np.ma.masked_invalid(values), line_type="Separate", fill_type="OuterOffset"
        )
        return values

    def reshape(self, height: Height) -> None:
        """Draw the contours of another function, at the same levels."""
        self._measure(height)
        for level, shade, line in zip(self.levels, self.shades, self.lines, strict=True):
            shade.points, line.points = self.area(float(level)), self.contour(float(level))

    def contour(self, level: float) -> Values:
        """The points (4·n, 3) of the contour of ``level``; none where it is off the map."""
        return self._paths(cast(list[Values], self._drawn.lines(level)))

    def _line(self, level: float) -> VMobject:
        line = VMobject(color=self.theme.cost, stroke_width=2.0, fill_opacity=0)
        line.set_stroke(opacity=0.55)
        line.points = self.contour(level)
        return line

    def _shade(self, level: float) -> VMobject:
        shade = VMobject(color=self.theme.cost, stroke_width=0, fill_opacity=_SHADE)
        shade.points = self.area(level)
        return shade

    def area(self, level: float) -> Values:
        """The points (4·n, 3) of the edge of the area below ``level``."""
        filled = self._drawn.filled(-np.inf, level)
        polygons, offsets = cast(tuple[list[Values], list[Values]], filled)
        # Holes run in the other direction, so cairo does not fill them.
        rings = [
            polygon[start:stop]
            for polygon, edges in zip(polygons, offsets, strict=True)
            for start, stop in pairwise(edges)
        ]
        return self._paths(rings)

    def _paths(self, paths: list[Values]) -> Values:
        parts = [polyline(self.map(path[:, 0], path[:, 1])) for path in paths if len(path) > 1]
        return np.concatenate([np.zeros((0, 3)), *parts])


class ContourMap(Contoured, Plot):
    """Contours of ``height`` over the axes' ranges; :meth:`Plot.map` places weights on it.

    ``shades`` and ``lines`` are parts of the plot, beneath its axes; none crosses the plot's edge.
    """

    def __init__(
        self,
        height: Height,
        x: Axis,
        y: Axis,
        box: Box,
        theme: Theme,
        scale: Scale,
        *,
        count: int = 11,
        bowl: bool = True,
    ) -> None:
        super().__init__(box, x, y, theme, scale)
        self.draw(height, count, bowl)
        self.add_to_back(self.shades, self.lines)
        self.remove(self.grid)  # the contours are the grid

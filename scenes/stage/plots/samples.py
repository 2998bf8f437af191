"""The data plot: samples in their hues, the line ŷ = w·x, and the prediction beyond the data."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup, VMobject

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.query import query
from scenes.stage.plots.shapes import discs, polyline

FEW_DOTS = 12  # samples at most with large dots
_CROWD = 60  # samples; the dots of more lie on top of each other, and shine through
_COVERED = 0.06  # share of the plot that all dots cover
_SMALLEST = 0.03  # units; 4 pixels at 1080p


def mark_size(n: int, scale: Scale) -> float:
    """The radius of a mark that stands for one sample among ``n``: a ring around it is larger."""
    return min(scale.small * 0.55, 0.2) * (1.0 if n <= FEW_DOTS else 0.6)


def dot_look(n: int, inner: Box, scale: Scale) -> tuple[float, float]:
    """Radius and opacity of n samples' dots, so that many do not cover the plot or each other."""
    radius = math.sqrt(_COVERED * max(inner.width * inner.height, 0.0) / (math.pi * n))
    return min(mark_size(n, scale), max(radius, _SMALLEST)), 1.0 if n <= _CROWD else 0.6


class SamplePlot(Plot):
    """Samples and the line ŷ = w·x through the origin, for any ``w`` by :meth:`turn`."""

    def __init__(
        self,
        data: Dataset,
        slopes: list[float],
        box: Box,
        theme: Theme,
        scale: Scale,
        axes: tuple[Axis, Axis] | None = None,
    ) -> None:
        """``axes`` are for a plot without a prediction; by default there is room for it."""
        self.data = data
        self.query = query(data) if axes is None else math.nan
        xs = [0.0, self.query, *map(float, data.x)]
        ys = [0.0, *map(float, data.y), *(slope * self.query for slope in slopes)]
        x_name, y_name = column_names(data)
        x, y = axes or (data_axis(xs, x_name), data_axis(ys, y_name))
        super().__init__(box, x, y, theme, scale)
        radius, opacity = dot_look(data.n, self.inner, scale)
        dots = VGroup()
        for index in range(data.n):
            dot = VMobject(color=theme.sample(index), fill_opacity=opacity, stroke_width=0)
            dot.points = discs(
                self.map(data.x[index : index + 1], data.y[index : index + 1]), radius
            )
            dots.add(dot)
        self.dots = dots
        self.size = mark_size(data.n, scale)
        self.line = VMobject(color=theme.point, stroke_width=5)
        self.ring = VMobject(color=theme.point, stroke_width=3.5, fill_opacity=0)
        self.live = VGroup(self.line, self.ring)
        self.turn(slopes[0])

    def turn(self, w: float) -> None:
        """Turn the line to slope ``w`` and move the ring to the prediction for ``query``."""
        ends = self._clip(w)
        self.line.points = polyline(ends) if ends is not None else np.zeros((0, 3))
        value = w * self.query
        inside = self.y.low <= value <= self.y.high
        self.ring.points = (
            discs(self.map(np.array([self.query]), np.array([value])), self.size * 1.1)
            if inside
            else np.zeros((0, 3))
        )

    def _clip(self, w: float) -> np.ndarray | None:
        low, high = self.x.low, self.x.high
        if w != 0:
            bounds = sorted((self.y.low / w, self.y.high / w))
            low, high = max(low, bounds[0]), min(high, bounds[1])
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            return None
        xs = np.array([low, high])
        return self.map(xs, w * xs)


def data_axis(values: list[float], name: str) -> Axis:
    """An axis with room around ``values`` and 0."""
    low, high = min(values), max(values)
    if low == high == 0:  # all samples and predictions are 0
        return Axis(0.0, 1.0, name)
    pad = 0.06 * (high - low)
    return Axis(low - pad if low < 0 else 0.0, high + pad if high > 0 else 0.0, name)

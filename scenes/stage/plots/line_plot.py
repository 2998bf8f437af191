"""The data plot of ŷ = w·x + b: the samples, the line, and an arrow on each residual."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.samples import FEW_DOTS, dot_look, mark_size
from scenes.stage.plots.shapes import discs, polyline, separate

Values = npt.NDArray[np.float64]

_PAD = 0.07
_SHAFTS = 40.0  # residuals; the lines of more are fainter
_FAR = 4.0  # spreads of x; if the samples are farther from 0, the axis begins at the samples


class LinePlot(Plot):
    """Samples in their hues and the line for any (w, b) by :meth:`turn`.

    ``dots``, ``line``, ``arrows`` (from each sample to the line, as far as the plot shows it) and
    ``rings`` around the samples that an update looks at.
    """

    def __init__(
        self, data: Dataset, lines: Sequence[Values], box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``lines``: the weights (w, b) of lines that the axes have room for, at the samples."""
        self.data = data
        x_name, y_name = column_names(data)
        x = _x_axis(data.x, x_name)
        ends = np.array([x.low if data.x.min() < 0 else 0.0, data.x.max(), data.x.min()])
        heights = [w * np.clip(ends, x.low, x.high) + b for w, b in lines]
        y = _padded(np.concatenate([[0.0], data.y, *heights]), y_name)
        super().__init__(box, x, y, theme, scale)
        many = data.n > FEW_DOTS
        self.size = mark_size(data.n, scale)
        radius, opacity = dot_look(data.n, self.inner, scale)
        self.dots, self.arrows, self.rings = VGroup(), VGroup(), VGroup()
        self._parts: list[tuple[VMobject, VMobject]] = []
        self._hues = len(theme.samples)
        for hue in range(min(self._hues, data.n)):
            color = theme.sample(hue)
            dot = VMobject(color=color, fill_opacity=opacity, stroke_width=0)
            centers = self.map(data.x[hue :: self._hues], data.y[hue :: self._hues])
            dot.points = discs(centers, radius)
            self.dots.add(dot)
            shafts = VMobject(color=color, stroke_width=1.5 if many else 3.5, fill_opacity=0)
            shafts.set_stroke(opacity=min(1.0, _SHAFTS / data.n))
            heads = VMobject(color=color, fill_opacity=1, stroke_width=0)
            self._parts.append((shafts, heads))
            self.arrows.add(shafts, heads)
            self.rings.add(VMobject(color=color, stroke_width=4, fill_opacity=0))
        self._headed = not many
        self.line = VMobject(color=theme.point, stroke_width=5)
        self.live = VGroup(self.line, self.arrows)

    def lay(self, line: VMobject, w: float, b: float) -> None:
        """Draw ``line`` for the weights (w, b)."""
        ends = self._clip(w, b)
        line.points = polyline(ends) if ends is not None else np.zeros((0, 3))

    def turn(self, w: float, b: float) -> None:
        """Draw the line of the weights (w, b), and the residuals from the samples to it."""
        self.lay(self.line, w, b)
        with np.errstate(over="ignore", invalid="ignore"):
            said = w * self.data.x + b
        for hue, (shaft, head) in enumerate(self._parts):
            part = slice(hue, None, self._hues)
            self._residuals(shaft, head, self.data.x[part], self.data.y[part], said[part])

    def _residuals(
        self, shaft: VMobject, head: VMobject, xs: Values, ys: Values, said: Values
    ) -> None:
        inside = (said >= self.y.low) & (said <= self.y.high)
        ends = np.clip(np.nan_to_num(said, nan=self.y.high), self.y.low, self.y.high)
        starts, stops = self.map(xs, ys), self.map(xs, ends)
        way = stops[:, 1] - starts[:, 1]
        # A tip is at most as long as its arrow. An arrow that leaves the plot has no tip.
        tips = np.minimum(np.abs(way), 1.6 * self.size) * (inside & self._headed)
        feet = stops - np.stack([0 * way, np.sign(way) * tips, 0 * way], axis=1)
        shaft.points = separate(starts, feet)
        side = np.stack([0.55 * tips, 0 * tips, 0 * tips], axis=1)
        corners = np.stack([stops, feet + side, feet - side, stops], axis=1)[tips > 0]
        head.points = np.concatenate([np.zeros((0, 3)), *map(polyline, corners)])

    def light(self, samples: Sequence[int]) -> None:
        """Put a ring around these samples, and take it from the others."""
        for hue, ring in enumerate(self.rings):
            mine = [i for i in samples if i % self._hues == hue]
            centers = self.map(self.data.x[mine], self.data.y[mine])
            ring.points = discs(centers, 1.9 * self.size)

    def _clip(self, w: float, b: float) -> Values | None:
        low, high = self.x.low, self.x.high
        if w != 0:
            bounds = sorted(((self.y.low - b) / w, (self.y.high - b) / w))
            low, high = max(low, bounds[0]), min(high, bounds[1])
        elif not self.y.low <= b <= self.y.high:
            return None
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            return None
        xs = np.array([low, high])
        return self.map(xs, np.clip(w * xs + b, self.y.low, self.y.high))


def _x_axis(x: Values, name: str) -> Axis:
    """An axis with 0, where the line has the height b, unless the samples are far from 0."""
    low, high = float(x.min()), float(x.max())
    if min(abs(low), abs(high)) <= _FAR * (high - low) or high == low:
        low, high = min(0.0, low), max(0.0, high)
    pad = _PAD * ((high - low) or 1.0)
    return Axis(low - (pad if low else 0.0), high + 2 * pad, name)


def _padded(values: Values, name: str) -> Axis:
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(finite.max())
    pad = _PAD * ((high - low) or 1.0)
    return Axis(low - pad if low < 0 else 0.0, high + pad, name)

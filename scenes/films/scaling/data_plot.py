"""The samples and the line over inputs that are shifted and scaled."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.dataset import Dataset
from gdcore.studies.scaling import Scaling
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.moving_plot import MovingPlot, Span
from scenes.stage.plots.samples import dot_look
from scenes.stage.plots.shapes import discs, polyline, separate
from scenes.stage.plots.ticks import exponent, ticks

Values = npt.NDArray[np.float64]

_PAD = 0.08


class DataPlot(MovingPlot):
    """The samples in their hues, and lines; the inputs' zero is always in sight.

    ``dots``; ``zero``, the upright line where an input is 0: there a line has the height b;
    ``line``, that of the current weights.
    """

    def __init__(
        self, data: Dataset, tall: Span, box: Box, x_names: Sequence[VMobject],
        y_name: VMobject, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``tall`` is the range of y. Its numbers are in units of `power_of` it."""
        self.data, self._tall = data, tall
        super().__init__(
            box, self.wide(Scaling()), [tall], x_names, y_name, theme, scale, power_of(tall)
        )
        self.zero = VMobject(color=theme.muted, stroke_width=2.5)
        self.dots = VGroup()
        self._radius, opacity = dot_look(data.n, self.inner, scale)
        for hue in range(min(len(theme.samples), data.n)):
            self.dots.add(VMobject(color=theme.sample(hue), fill_opacity=opacity, stroke_width=0))
        self.line = VMobject(color=theme.point, stroke_width=5)

    def wide(self, scaling: Scaling) -> Span:
        """The range of these inputs, with 0."""
        xs = scaling.data(self.data).x
        return padded(min(0.0, float(xs.min())), max(0.0, float(xs.max())))

    def scale_inputs(self, box: Box, scaling: Scaling, least: Span | None = None) -> None:
        """Everything but the lines, for these inputs, in ``box``; the axis shows ``least``, too."""
        spans = [self.wide(scaling), *([least] if least else [])]
        lows, highs = zip(*spans, strict=True)
        self.lay(box, (min(lows), max(highs)), self._tall)
        xs, hues = scaling.data(self.data).x, len(self.theme.samples)
        radius = min(self._radius, dot_look(self.data.n, self.inner, self.scale_)[0])
        for hue, dots in enumerate(self.dots):
            dots.points = discs(self.map(xs[hue::hues], self.data.y[hue::hues]), radius)
        foot, top = self.at(0.0, self.y.low), self.at(0.0, self.y.high)
        self.zero.points = separate(foot[None], top[None])

    def turn(self, line: VMobject, w: float, b: float) -> None:
        """Draw ``line`` for these weights of the present inputs."""
        low, high = self.x.low, self.x.high
        if w != 0:
            bounds = sorted(((self.y.low - b) / w, (self.y.high - b) / w))
            low, high = max(low, bounds[0]), min(high, bounds[1])
        elif not self.y.low <= b <= self.y.high:
            low, high = math.inf, -math.inf
        if low < high:
            xs = np.array([low, high])
            line.points = polyline(self.map(xs, np.clip(w * xs + b, self.y.low, self.y.high)))
        else:
            line.points = np.zeros((0, 3))


def padded(low: float, high: float) -> Span:
    """A range with room at both ends."""
    pad = _PAD * ((high - low) or 1.0)
    return low - pad, high + pad


def power_of(span: Span) -> int:
    """The power of ten that an axis of this range has for a unit."""
    return exponent(ticks(*span, 4))

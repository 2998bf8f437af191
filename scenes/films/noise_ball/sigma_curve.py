"""The exact spread over the learning rate: how the band's width depends on α."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import stationary_spread
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.columns import pixel
from scenes.stage.plots.curve import Curve
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, polyline, separate

Values = npt.NDArray[np.float64]

_CORNERS = 160


class SigmaCurve(VGroup):
    """σ over α with a mark at each of ``rates``, and the law √α through the smallest of them.

    ``still`` holds the axes and both curves, ``marks`` a dot for each rate that has a band.
    """

    def __init__(
        self,
        objective: LeastSquares,
        rates: Sequence[float],
        box: Box,
        theme: Theme,
        scale: Scale,
        title: Label,
    ) -> None:
        super().__init__()
        spreads = [stationary_spread(objective, rate).std for rate in rates]
        finite = [std for std in spreads if math.isfinite(std)]
        top = 1.2 * max(finite, default=1.0)
        area = box.inset(top=1.7 * scale.label)
        end = 1.12 * max(rates)
        self.plot = Plot(area, Axis(0.0, end), Axis(0.0, top), theme, scale)
        title.put(point(box.left, box.top - 0.6 * scale.label), LEFT)
        alphas = np.linspace(0, 1, _CORNERS)[1:] ** 2 * end
        line = self._exact(objective, alphas, theme.good)
        law = VMobject(color=theme.muted, stroke_width=3, fill_opacity=0)
        smallest = min(rates)
        scaled = stationary_spread(objective, smallest).std * np.sqrt(alphas / smallest)
        dashed = self._curve(alphas, scaled).reshape(-1, 4, 3)
        law.points = dashed[(np.arange(len(dashed)) // 4) % 2 == 0].reshape(-1, 3)
        self.still = VGroup(title, self.plot, law, line)
        self.marks = VGroup()
        for rate, std in zip(rates, spreads, strict=True):
            dot = VMobject(color=theme.good, fill_opacity=1, stroke_width=0)
            if math.isfinite(std):
                center = self.plot.map(np.array([rate]), np.array([std]))
                dot.points = discs(center, 0.36 * scale.label)
            self.marks.add(dot)
        self.add(self.still, self.marks)

    def _exact(self, objective: LeastSquares, alphas: Values, color: str) -> Curve:
        """The exact σ at ``alphas`` and in each pixel column, up to where it leaves the plot."""
        inner, end = self.plot.inner, self.plot.x.high
        even = np.linspace(0.0, end, 2 * round(inner.width / pixel()) + 1)[1:]
        rates = np.union1d(alphas, even)
        exact = [stationary_spread(objective, float(rate)).std for rate in rates]
        line = Curve(self.plot, np.append(0.0, rates), np.append(0.0, exact), color, 5)
        line.reach(len(rates))
        return line

    def _curve(self, alphas: Values, values: Values) -> Values:
        inside = values <= self.plot.y.high
        at = self.plot.map(
            np.concatenate([[0.0], alphas[inside]]), np.concatenate([[0.0], values[inside]])
        )
        return separate(at[:-1], at[1:]) if len(at) > 1 else polyline(at)

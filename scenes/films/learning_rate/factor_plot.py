"""The factor by which an update multiplies the error, over the rates of a ruler."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.rate_ruler import RateRuler
from scenes.stage.noise.confusion import shade_level
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import dashes, discs, polyline


class FactorPlot:
    """1 − Lα over the rates of a ruler: a straight line, with marks where it is 0 and −1.

    ``plot``, ``zones`` (where the error shrinks, and where it grows), ``line`` (as far as
    :meth:`draw` has drawn it), ``marks`` (for 1/L and 2/L).
    """

    def __init__(self, plot: Plot, ruler: RateRuler) -> None:
        self.plot, self.ruler = plot, ruler
        theme = plot.theme
        self.zones = VGroup(
            shade_level(plot, -1.0, 1.0, theme.good, 0.13),
            shade_level(plot, plot.y.low, -1.0, theme.bad, 0.16),
        )
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.marks = VGroup(self._mark(ruler.one, "1/L"), self._mark(ruler.two, "2/L"))

    @staticmethod
    def over(objective: LeastSquares, high: float, box: Box, theme: Theme, scale: Scale) -> Plot:
        """The axes: rates up to ``high`` as on the ruler, and the factors of these rates."""
        least = min(contraction(objective, high), -1.0)
        return Plot(
            box,
            Axis(0.0, high, "", ()),
            Axis(1.08 * least, 1.12, "1 − Lα", (-1.0, 0.0, 1.0), theme.cost),
            theme,
            scale,
        )

    def draw(self, amount: float) -> None:
        """Draw the line from α = 0 up to a share of the ruler."""
        rate = amount * self.plot.x.high
        ends = [(0.0, 1.0), (rate, contraction(self.ruler.objective, rate))]
        self.line.points = polyline(np.array([self.plot.at(*end) for end in ends]))

    def _mark(self, rate: float, name: str) -> VGroup:
        """A dot on the line, and dashes from it up to the ruler."""
        plot, theme = self.plot, self.plot.theme
        at = plot.at(rate, contraction(self.ruler.objective, rate))
        dot = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        dot.points = discs(at[None, :], 0.34 * plot.scale_.label)
        up = point(at[0], self.ruler.box.bottom - 0.1)
        mark = VGroup(dashes(at, up, theme.muted), dot)
        if not self.ruler.symbols:  # the ruler has room only for numbers
            cap = plot.scale_.label
            mark.add(Label(name, cap, theme.ink).put(at + point(0.6 * cap, 0.9 * cap), LEFT))
        return mark

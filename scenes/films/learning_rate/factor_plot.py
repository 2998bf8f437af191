"""The factor by which an update multiplies the error, over the rates of a ruler."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.rate_ruler import RateRuler, ruler_end, ruler_height
from scenes.stage.noise.confusion import shade_level
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import dashes, discs, polyline

GOOD_ZONE, BAD_ZONE = 0.13, 0.16
"""How strongly the plot is shaded where the error shrinks, and where it grows."""


class FactorPlot(VGroup):
    """1 − Lα over the rates of a ruler below it: a straight line, with marks where it is 0 and −1.

    ``plot``, ``zones`` (where the error shrinks, and where it grows), ``line`` (as far as
    :meth:`draw` has drawn it), ``bounds`` (for 1/L and 2/L), ``cursor`` (a rate that slides).
    """

    def __init__(
        self, objective: LeastSquares, rates: Sequence[float], hues: Sequence[str], epochs: int,
        box: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        super().__init__()
        self.objective = objective
        high = ruler_end(objective, rates)
        least = min(contraction(objective, high), -1.0)
        low = box.bottom + ruler_height(scale)
        self.plot = Plot(
            Box(box.left, low - 1.8 * scale.small, box.right, box.top),  # it has no numbers of α
            Axis(0.0, high, "", ()),
            Axis(1.08 * least, 1.12, "1 − Lα", (-1.0, 0.0, 1.0), theme.cost),
            theme,
            scale,
        )
        inner = self.plot.inner
        under = Box(inner.left, box.bottom, inner.right, low)
        self.ruler = RateRuler(objective, rates, hues, epochs, under, box, theme, scale)
        self.zones = VGroup(
            shade_level(self.plot, -1.0, 1.0, theme.good, GOOD_ZONE),
            shade_level(self.plot, self.plot.y.low, -1.0, theme.bad, BAD_ZONE),
        )
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.bounds = VGroup(self._bound("1/L", self.ruler.one), self._bound("2/L", self.ruler.two))
        dot = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.cursor = VGroup(VMobject(color=theme.point, stroke_width=3), dot)
        self.add(self.zones, self.plot, self.line, self.bounds, self.ruler, self.cursor)

    def at(self, rate: float) -> npt.NDArray[np.float64]:
        """The place of ``rate`` on the line."""
        return self.plot.at(rate, contraction(self.objective, rate))

    def draw(self, amount: float) -> None:
        """Draw the line from α = 0 up to a share of the ruler."""
        ends = [self.at(0.0), self.at(amount * self.plot.x.high)]
        self.line.points = polyline(np.array(ends))

    def point_at(self, rate: float) -> None:
        """Put the cursor at ``rate``, on the line and on the ruler."""
        at, strip = self.at(rate), self.ruler.strip
        self.cursor[0].points = polyline(np.array([at, point(at[0], strip.bottom)]))
        self.cursor[1].points = discs(at[None, :], 0.5 * self.plot.scale_.label)

    def _bound(self, name: str, rate: float) -> VGroup:
        """A dot on the line, dashes down to the ruler, and the threshold beside the dot."""
        plot, theme, cap = self.plot, self.plot.theme, self.plot.scale_.label
        at = self.at(rate)
        dot = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        dot.points = discs(at[None, :], 0.34 * cap)
        mark = VGroup(dashes(at, point(at[0], self.ruler.strip.top), theme.ink), dot)
        room = plot.inner.right - at[0] - 0.6 * cap
        texts = [f"{name} = {short(rate, digits)}" for digits in (4, 3, 2)]
        labels = (Label(text, cap, theme.ink) for text in [*texts, name])
        chosen = next(
            (label for label in labels if label.width <= room), Label(name, cap, theme.ink)
        )
        mark.add(chosen.put(at + point(0.6 * cap, 0.95 * cap), LEFT))
        return mark

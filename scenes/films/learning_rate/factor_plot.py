"""The factor by which an update multiplies the error, over the rates of a ruler."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.factor_axes import FactorAxes
from scenes.films.learning_rate.rate_ruler import RateRuler, ruler_end, ruler_height
from scenes.films.learning_rate.regime import Regime
from scenes.stage.noise.confusion import level
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import dashes, discs, polyline

ZONES = {Regime.CONVERGING: 0.13, Regime.OSCILLATING: 0.13, Regime.DIVERGING: 0.16}
"""How strongly the plot is shaded where the error keeps its sign, changes it, and grows."""

_ROW = 1.6  # capitals; names that are nearer to one another share a row
_BOUNDS = (0.0, -1.0)  # the factors at 1/L and at 2/L


class FactorPlot(VGroup):
    """1 − Lα over the rates of a ruler below it: a straight line, with marks where it is 0 and −1.

    ``plot``, ``zones`` (as the parts of the ruler), ``line`` (as far as :meth:`draw` has drawn
    it), ``bounds`` (dots for 1/L and 2/L, with lines down to the ruler), ``cursor`` (a rate that
    slides). :meth:`lay` moves all to another box.
    """

    def __init__(
        self, objective: LeastSquares, rates: Sequence[float], hues: Sequence[str], epochs: int,
        box: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        super().__init__()
        self.objective, self.scale_, self.theme = objective, scale, theme
        high = ruler_end(objective, rates)
        least = 1.08 * min(contraction(objective, high), -1.0)
        above, under = self._parted(box, 1.0)
        self.plot = FactorAxes(above, high, least, theme, scale)
        self.ruler = RateRuler(objective, rates, hues, epochs, under, box, theme, scale)
        self.zones = VGroup(
            *(
                VMobject(color=kind.hue(theme), fill_opacity=strong, stroke_width=0)
                for kind, strong in ZONES.items()
            )
        )
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.bounds = VGroup(*(self._bound() for _ in _BOUNDS))
        dot = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.cursor = VGroup(VMobject(color=theme.ink, stroke_width=3), dot)
        self._drawn = 0.0
        self.add(self.zones, self.plot, self.line, self.bounds, self.ruler, self.cursor)
        self.lay(box)

    def _parted(self, box: Box, named: float) -> tuple[Box, Box]:
        """The boxes of the plot and of the ruler below it."""
        low = box.bottom + ruler_height(self.scale_, named)
        return Box(box.left, low, box.right, box.top), Box(box.left, box.bottom, box.right, low)

    def lay(self, box: Box, named: float = 1.0) -> None:
        """Move all but the names of the bounds to ``box``; the cursor waits for the next rate.

        ``named`` is a share of the room for a name between the plot and the ruler.
        """
        above, under = self._parted(box, named)
        plot, ruler = self.plot, self.ruler
        plot.lay(above, (0.0, plot.x.high), (plot.y.low, plot.y.high))
        inner = plot.inner
        ruler.lay(Box(inner.left, under.bottom, inner.right, under.top), box)
        edges = (plot.y.high, *_BOUNDS, plot.y.low)
        for zone, high, low in zip(self.zones, edges, edges[1:], strict=False):
            zone.points = level(plot, low, high)
        self.draw(self._drawn)
        for mark, rate in zip(self.bounds, (ruler.one, ruler.two), strict=True):
            at = self.at(rate)
            mark[0].points = dashes(at, point(at[0], ruler.strip.top), self.theme.ink).points
            mark[1].points = discs(at[None, :], 0.34 * self.scale_.label)

    def at(self, rate: float) -> npt.NDArray[np.float64]:
        """The place of ``rate`` on the line."""
        return self.plot.at(rate, contraction(self.objective, rate))

    def draw(self, amount: float) -> None:
        """Draw the line from α = 0 up to a share of the ruler."""
        self._drawn = amount
        ends = [self.at(0.0), self.at(amount * self.plot.x.high)]
        self.line.points = polyline(np.array(ends))

    def point_at(self, rate: float, hue: str) -> None:
        """Put the cursor at ``rate``, on the line and on the ruler, with a dot in this colour."""
        at, strip = self.at(rate), self.ruler.strip
        self.cursor[0].points = polyline(np.array([at, point(at[0], strip.bottom)]))
        self.cursor[1].points = discs(at[None, :], 0.5 * self.scale_.label)
        self.cursor[1].set_color(hue)

    def _bound(self) -> VGroup:
        """Dashes and a dot, without places yet."""
        ink = self.theme.ink
        line = VMobject(color=ink, stroke_width=3)
        return VGroup(line, VMobject(color=ink, fill_opacity=1, stroke_width=0))

    def name_bounds(self) -> VGroup:
        """Make the names of the bounds for the box of now; those without room are left out."""
        one, two, cap = self.at(self.ruler.one), self.at(self.ruler.two), self.scale_.label
        end = self.plot.inner.right
        stop = float(two[0]) if one[1] - two[1] < _ROW * cap else end
        return VGroup(
            *self._name("1/L", self.ruler.one, stop), *self._name("2/L", self.ruler.two, end)
        )

    def _name(self, name: str, rate: float, stop: float) -> list[Label]:
        """The name of a bound at the right of its dot, with its value if that ends at ``stop``."""
        theme, cap, at = self.theme, self.scale_.label, self.at(rate)
        place = at + point(0.6 * cap, 0.95 * cap)
        texts = [f"{name} = {short(rate, digits)}" for digits in (4, 3, 2)]
        labels = (Label(text, cap, theme.ink) for text in [*texts, name])
        fitting = (label.put(place, LEFT) for label in labels if place[0] + label.width <= stop)
        return [*islice(fitting, 1)]

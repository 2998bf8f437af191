"""The cost parabola in a plot that moves to another place in the film."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.visible_range import cost_axis
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label, text_width
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.shapes import polyline, separate

_REACH = 1.7  # length of the w axis on each side of the minimum, in distances of the start
_NEGLIGIBLE = 1e-9
_DASH = 0.16  # units from one dash to the next
_LEAN = 0.15  # half the tangent's length, as a share of the plot's width


class Bowl(VGroup):
    """``plot``, ``line`` (J over w), ``goal`` (w*, marked up to the top) and ``tangent``.

    ``unit`` is the error of the start, w₀ − w*; of a start at the minimum, what stands for it.
    """

    def __init__(
        self, curve: Quadratic, start: float, box: Box, theme: Theme, scale: Scale
    ) -> None:
        super().__init__()
        self.curve, self.start, self.scale_ = curve, start, scale
        low, high = bowl_range(curve, start)
        self.unit = start - curve.minimiser
        if abs(self.unit) < (high - low) / (4 * _REACH):
            self.unit = -(high - low) / (2 * _REACH)
        y = cost_axis(curve, low, high, "", theme.cost)
        names = formula("w", scale.label, theme.point), formula("J", scale.label, theme.cost)
        self.span, rise = (low, high), (y.low, y.high)
        self.plot = MovingPlot(box, self.span, [rise], [names[0]], names[1], theme, scale)
        self.line = VMobject(color=theme.cost, stroke_width=6, fill_opacity=0)
        dashes = VMobject(color=theme.good, stroke_width=3)
        self.goal = VGroup(dashes, Label(self._goal_text(box), scale.label, theme.good))
        self.tangent = VMobject(color=theme.gradient, stroke_width=5)
        self.add(self.plot, self.goal, self.line, self.tangent)
        self.lay(box)

    def _goal_text(self, box: Box) -> str:
        """w* with its value, if its name does not take the room of others above the plot."""
        text = f"w* = {short(self.curve.minimiser)}"
        return text if text_width(text, self.scale_.label) < 0.3 * box.width else "w*"

    def lay(self, box: Box) -> None:
        """Move everything to ``box``."""
        plot = self.plot
        plot.lay(box, self.span, (plot.y.low, plot.y.high))
        self.line.points = self.curve.curve(plot)
        foot = plot.at(self.curve.minimiser, plot.y.low)
        ys = np.linspace(foot[1], plot.inner.top, 2 * max(2, int(plot.inner.height / _DASH)))
        places = np.stack([np.full(len(ys), foot[0]), ys, np.zeros(len(ys))], axis=1)
        self.goal[0].points = separate(places[::2], places[1::2])
        self.goal[1].put(point(foot[0], self.above))

    def around(self, inner: Box) -> Box:
        """The box in which the plotting area is ``inner``: outside it is room for numbers."""
        box, now = self.plot.inside(inner), inner
        return now.inset(
            now.left - box.left, now.bottom - box.bottom, box.right - now.right, box.top - now.top
        )

    @property
    def above(self) -> float:
        """The height of the row above the plot."""
        return self.plot.inner.top + 1.2 * self.scale_.small

    def lean(self, amount: float) -> None:
        """Draw the tangent at the start, at a share of its length."""
        plot, curve = self.plot, self.curve
        at = plot.at(self.start, curve(self.start))
        way = plot.at(self.start + 1.0, curve(self.start) + curve.slope(self.start)) - at
        size = float(np.hypot(way[0], way[1]))
        half = way / size * _LEAN * plot.inner.width * amount
        shown = plot.contains(self.start, curve(self.start)) and size > 0
        self.tangent.points = polyline(np.array([at - half, at + half])[: 2 * shown])


def bowl_range(curve: Quadratic, start: float) -> tuple[float, float]:
    """An interval around the minimiser in which overshooting can be seen."""
    reach = _REACH * abs(start - curve.minimiser)
    if reach <= _NEGLIGIBLE * abs(curve.minimiser):
        reach = abs(curve.minimiser) / 2 or 1.0
    return curve.minimiser - reach, curve.minimiser + reach

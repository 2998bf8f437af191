"""The cost parabola on a plot that moves and zooms, with its minimum marked."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.plots.moving_plot import MovingPlot, Span
from scenes.stage.plots.shapes import separate
from scenes.stage.plots.ticks import ticks

_DASHES = 16
_MOST = 5  # numbers on an axis, about
_HIGH = 0.72  # share of the plot's height, for the dashed line at the minimum


class HillPlot(MovingPlot):
    """J over w. ``numbered`` is 1 with the numbers of J, and 0 without them and their margin."""

    numbered = 1.0

    def __init__(self, box: Box, x: Span, y: list[Span], *others: Any) -> None:
        super().__init__(box, x, y, *others)
        counts = range(1, _MOST + 1)
        texts = [text for span in y for n in counts for text in self._y_texts(ticks(*span, n))]
        self._room = min(self._room, max(map(self._glyphs.width, texts)))
        self.lay(box, x, y[0])

    def inside(self, box: Box) -> Box:
        """The plotting area of a plot in ``box``."""
        return super().inside(box).inset(left=(self.numbered - 1) * self._room)

    def number(self, share: float) -> None:
        """Fade the numbers of J; their margin follows at the next `lay`."""
        self.numbered = share
        for figure in self._rows:
            set_visible(figure, max(0.0, 2 * share - 1))


class MovingHill(VGroup):
    """``plot``, ``line`` (the parabola) and ``goal`` (a dashed line at its minimum)."""

    def __init__(
        self, curve: Quadratic, box: Box, x: Span, y: Span, theme: Theme, scale: Scale,
        others: tuple[Span, ...] = (),
    ) -> None:  # fmt: skip
        """``others``: ranges of J that will be shown later; their numbers have room."""
        super().__init__()
        self.curve = curve
        names = formula("w", scale.label, theme.point), formula("J", scale.label, theme.cost)
        self.plot = HillPlot(box, x, [y, *others], names[:1], names[1], theme, scale)
        self.goal = VMobject(color=theme.good, stroke_width=3)
        self.line = VMobject(color=theme.cost, stroke_width=5)
        self.add(self.plot, self.goal, self.line)
        self.lay(box, x, y)

    def lay(self, box: Box, x: Span, y: Span) -> None:
        """Move to ``box`` and show these ranges of w and J."""
        self.plot.lay(box, x, y)
        self.line.points = self.curve.curve(self.plot)
        inner, w = self.plot.inner, self.curve.minimiser
        self.goal.points = np.zeros((0, 3))
        if x[0] <= w <= x[1]:
            at = float(self.plot.at(w, y[0])[0])
            ends = np.linspace(inner.bottom, inner.bottom + _HIGH * inner.height, 2 * _DASHES)
            places = np.stack([np.full_like(ends, at), ends, 0 * ends], axis=1)
            self.goal.points = separate(places[::2], places[1::2])

    @property
    def room(self) -> tuple[float, float]:
        """From where to where a text may stand above the plot."""
        plot = self.plot
        left = float(plot.name_of_y.get_right()[0]) + 0.8 * plot.scale_.label
        return left, plot.inner.right

    def name_goal(self) -> VMobject:
        """The minimum w*, as a formula above its dashed line as it is now."""
        plot, cap, inner = self.plot, self.plot.scale_.label, self.plot.inner
        name = formula(f"w^* = {maths(short(self.curve.minimiser, 5))}", cap, plot.theme.good)
        half = name.width / 2 + 0.1
        x = float(plot.at(self.curve.minimiser, plot.y.low)[0])
        x = min(max(x, inner.left + half), inner.right - half)
        return name.move_to(point(x, inner.bottom + _HIGH * inner.height + 0.9 * cap))

"""The cost as a bar that stands at w: as w sweeps, the bar's top draws the parabola."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.cost_function.levels import BAR
from scenes.films.cost_function.tiles import Tiles, blend, column
from scenes.stage.descent.goal_mark import goal_mark
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, polyline, triangle

Values = npt.NDArray[np.float64]


class Bowl:
    """J over w for a sweep between two ends.

    ``plot``, ``line`` (the curve as far as it is drawn), ``bar``, ``point``, ``goal``; ``foot``, a
    mark of w on the axis; ``ghost``, the outline of the bar at the start; ``change``, an arrow from
    its height to another.
    """

    def __init__(
        self,
        curve: Quadratic,
        ends: tuple[float, float],
        box: Box,
        theme: Theme,
        scale: Scale,
        marks: list[str],
    ) -> None:
        """``marks``: what is written at the bottom."""
        self.curve = curve
        top = 1.04 * max(curve(end) for end in ends)
        edge = 0.05 * (ends[1] - ends[0])  # so that the bar is inside the plot at both ends
        self.plot = Plot(
            box,
            Axis(ends[0] - edge, ends[1] + edge, "w", None, theme.point),
            Axis(0.0, top, "J", None, theme.cost),
            theme,
            scale,
        )
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.bar = Tiles([theme.cost], 0.45, 3.0)
        self.ghost = Tiles([theme.cost], 0.0, 2.5)
        self.change = VGroup(VMobject(stroke_width=5), VMobject(fill_opacity=1, stroke_width=0))
        self.foot = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.point = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.radius = 0.42 * scale.label
        self.width = min(BAR * scale.label, 0.1 * self.plot.inner.width)
        self.goal = goal_mark(self.plot, curve, 2.6 * self.radius, marks, scale)

    def column(self, w: float) -> Values:
        """The bar (1, 4) of the cost at ``w``."""
        return column(self.plot, float(self.plot.at(w, 0.0)[0]), self.width, self.curve(w))

    def arrive(self, start: Values, w: float, amount: float) -> None:
        """Show the bar on its way from the place ``start`` (1, 4) to its place at ``w``."""
        self.bar.lay(blend(start, self.column(w), amount))

    def haunt(self, w: float) -> None:
        """Draw the outline of the bar at ``w``."""
        self.ghost.lay(self.column(w))

    def ask(self, w: float) -> None:
        """Mark only w, on the axis: how high the bar is there is the question."""
        at = self.plot.at(w, 0.0)
        self.foot.points = discs(at[None], self.radius)

    def compare(self, w: float, other: float, amount: float) -> None:
        """Grow the arrow from the cost at ``w``, over its bar, to the height of the other's."""
        theme, start, stop = self.plot.theme, self.curve(w), self.curve(other)
        foot, top = self.plot.at(w, start), self.plot.at(w, start + amount * (stop - start))
        size = min(1.5 * self.radius, 0.9 * abs(float(top[1] - foot[1])))
        self.change.set_color(theme.bad if stop > start else theme.good)
        way = top - foot
        self.change[0].points = polyline(np.array([foot, top - np.sign(way) * 0.8 * size]))
        self.change[1].points = triangle(top, way, size)

    def rise(self, w: float, amount: float) -> None:
        """Let the bar grow at ``w`` from 0 to the cost there, the point on its top."""
        bar = self.column(w)
        foot = bar[0, 1]
        bar[0, 3] = foot + amount * (bar[0, 3] - foot)
        self.bar.lay(bar)
        top = np.array([[(bar[0, 0] + bar[0, 2]) / 2, bar[0, 3], 0.0]])
        self.point.points = discs(top, self.radius)

    def show(self, w: float, low: float, high: float) -> None:
        """Show bar and point at ``w``, and the parabola where w has been: on [low, high]."""
        self.bar.lay(self.column(w))
        centers = self.plot.map(np.array([w]), np.array([self.curve(w)]))
        self.point.points = discs(centers, self.radius)
        self.line.points = self.curve.curve(self.plot, low, high)

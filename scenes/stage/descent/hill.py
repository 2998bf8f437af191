"""The cost parabola with the point on it, used by most films."""

from __future__ import annotations

import numpy as np
from manim import ORIGIN, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic, cost_curve
from scenes.stage.descent.visible_range import cost_axis, w_range
from scenes.stage.descent.walker import Walker, between
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import separate


def goal_mark(plot: Plot, curve: Quadratic, rise: float, texts: list[str], scale: Scale) -> VGroup:
    """A dashed line at the minimiser, from the axis to above the minimum, and ``texts`` above it.

    It is thin and lies under the curve, so that the point is clearly seen at the minimum.
    """
    theme, cap = plot.theme, scale.label
    labels = [Label(text, cap, theme.good) for text in texts]
    foot = plot.at(curve.minimiser, plot.y.low)
    top = max(plot.at(curve.minimiser, curve.lowest)[1], foot[1]) + rise
    # Between the arms of a narrow parabola there is room for the texts only higher up.
    half = (max(label.width for label in labels) / 2 + 0.4 * cap) / plot.inner.width
    arms = plot.at(curve.minimiser, curve(curve.minimiser + half * (plot.x.high - plot.x.low)))[1]
    top = max(top, min(arms - 0.4 * cap, plot.inner.top - 1.8 * len(labels) * cap))
    count = max(2, int((top - foot[1]) / 0.16))
    ys = np.linspace(foot[1], top, 2 * count)
    starts = np.stack([np.full(count, foot[0]), ys[::2], np.zeros(count)], axis=1)
    stops = np.stack([np.full(count, foot[0]), ys[1::2], np.zeros(count)], axis=1)
    dashes = VMobject(color=theme.good, stroke_width=3)
    dashes.points = separate(starts, stops)
    for row, label in enumerate(reversed(labels)):
        label.put(point(foot[0], top + (0.9 + 1.8 * row) * cap), ORIGIN)
    return VGroup(dashes, *reversed(labels))


class Hill:
    """J over w with its minimum marked, and the walking point of a trace.

    ``plot``, ``line``, ``name``, ``goal`` (the marked minimum), ``walker``.
    """

    def __init__(self, trace: Trace, box: Box, theme: Theme, scale: Scale) -> None:
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.theme, self.scale = trace, theme, scale
        self.curve = cost_curve(trace.objective)
        low, high = w_range(self.curve, trace.w)
        self.plot = Plot(
            box,
            Axis(low, high, "w", None, theme.point),
            cost_axis(self.curve, low, high, "J", theme.cost),
            theme,
            scale,
        )
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.line.points = self.curve.curve(self.plot)
        self.radius = 0.42 * scale.label
        beads = [(float(w), self.curve(float(w))) for w in trace.w]
        diverges = outcome(trace) is Outcome.DIVERGING
        self.walker = Walker(self.plot, self.radius, beads=beads, diverges=diverges)
        self.name = self._name()
        self.goal = self._goal()

    def _name(self) -> VGroup:
        """J(w) beside an arm; nothing in a narrow plot, where the name of the axis is enough."""
        if self.plot.inner.width < 20 * self.scale.label:
            return VGroup()
        name = formula("J(w)", self.scale.label, self.theme.cost)
        plot, curve = self.plot, self.curve
        # On the inner side of the arm away from the start: nothing else is there.
        side = 1.0 if self.trace.w[0] <= curve.minimiser else -1.0
        reach = min(curve.reach(plot.y.high), plot.x.high - curve.minimiser)
        at = plot.at(curve.minimiser + side * 0.8 * reach, curve(curve.minimiser + 0.8 * reach))
        name.move_to(point(at[0] - side * (0.3 + name.width / 2), at[1] + 0.1))
        return VGroup(name)

    def _goal(self) -> VGroup:
        text = f"w* = {short(self.curve.minimiser, 5)}"
        return goal_mark(self.plot, self.curve, 2.6 * self.radius, [text], self.scale)

    def show(self, t: float) -> None:
        """Show the point and its path at the fractional update ``t``."""
        w = between(self.trace.w, t)
        self.walker.stand(w, self.curve(w))
        self.walker.pass_beads(t)

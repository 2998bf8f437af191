"""The mark of a minimum: a dashed line with texts above it."""

from __future__ import annotations

import numpy as np
from manim import ORIGIN, VGroup, VMobject

from scenes.stage.descent.parabola import Quadratic
from scenes.stage.page.layout import Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Plot
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

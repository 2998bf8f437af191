"""What the update leaves behind: where it began, its path, and its share of the way to w*."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.gradient.slope_hill import SlopeHill
from scenes.stage.page.layout import Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import dashes, discs

_PATH = 9  # width of the stroke; the curve's is 6


class WayMeasure:
    """``start``: a ring where the point stood; ``path``: the part of the curve that it passed.

    ``rest``: from the arrow's tip on to w*, at the height of the start; ``label``: the share.
    Both are empty at the minimum, and where the plot does not show the step.
    """

    def __init__(
        self, hill: SlopeHill, share: float, text: str, theme: Theme, scale: Scale
    ) -> None:
        self.hill, plot = hill, hill.plot
        level, goal = hill.curve(hill.start), hill.curve.minimiser
        at = plot.at(hill.start, level)
        self.start = VMobject(color=theme.path, stroke_width=4, fill_opacity=0)
        self.start.points = discs(at[None], 1.15 * hill.radius)
        self.path = VMobject(color=theme.path, stroke_width=_PATH, fill_opacity=0)
        self.rest, self.label = VGroup(), VGroup()
        tip = hill.start + share * (goal - hill.start)
        if hill.at_rest or not plot.x.low <= tip <= plot.x.high:
            return
        if share < 1:
            self.rest.add(dashes(plot.at(tip, level), plot.at(goal, level), theme.muted))
        foot = hill.foot()
        if foot[1] < at[1]:
            self.rest.add(dashes(foot, plot.at(goal, level), theme.good))
        label = Label(text, scale.label, theme.step)
        # On the inner side of the start: the arm of the curve is on the other.
        inward = 1.0 if goal > hill.start else -1.0
        place = point(at[0] + 0.6 * inward * hill.radius, at[1] + 1.7 * scale.label)
        self.label.add(label.put(place, LEFT if inward > 0 else RIGHT))

    def reach(self, w: float) -> None:
        """Draw the path from the start to ``w``."""
        low, high = min(self.hill.start, w), max(self.hill.start, w)
        points = self.hill.curve.curve(self.hill.plot, low, high)
        self.path.points = points if low < high else np.zeros((0, 3))

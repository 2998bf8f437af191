"""Marks on the film's curve: where descents end, and the lowest point of all."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from gdcore.studies.flights import Slice
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import dashes, discs


def end_marks(plot: Plot, found: Slice, radius: float) -> VGroup:
    """A point at each end of a descent on a slice, with a line down to the axis."""
    marks, hue = VGroup(), plot.theme.good
    for place in found.ends:
        height = float(found.objective.cost(found.start + place * found.way))
        foot, top = plot.at(place, plot.y.low), plot.at(place, height)
        dot = VMobject(color=hue, fill_opacity=1, stroke_width=0)
        dot.points = discs(top[None], radius)
        marks.add(dashes(foot, top, hue), dot)
    return marks


class Rising(VGroup):
    """A dashed line that rises from the axis to (x, y), and a ring that opens there."""

    def __init__(self, plot: Plot, x: float, y: float, radius: float, hue: str) -> None:
        self.line = VMobject(color=hue, stroke_width=3)
        self.ring = VMobject(color=hue, stroke_width=4, fill_opacity=0)
        super().__init__(self.line, self.ring)
        self._top, self._radius = plot.at(x, y), radius
        self._whole = np.array(dashes(plot.at(x, plot.y.low), self._top, hue).points)
        self.rise(0.0)

    def rise(self, amount: float) -> None:
        """Show it at ``amount`` of its rise, from 0 to 1."""
        self.line.points = self._whole[: 4 * round(amount * len(self._whole) / 4)]
        self.ring.points = (
            discs(self._top[None], self._radius * amount) if amount else np.zeros((0, 3))
        )

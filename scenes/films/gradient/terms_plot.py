"""The data beside the derivation: each term of the slope has its point and its residual there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.films.gradient.places import Places
from scenes.stage.page.layout import Box, Layout
from scenes.stage.plots.line_plot import LinePlot

_WIDE, _HIGH = 8.0, 7.0  # capitals; in less room there is no plot
_BESIDE, _BELOW = 1.5, 2.6  # capitals: from the formulas, and from the small plot to its number


class TermsPlot(VGroup):
    """Samples, the line ŷ = w·x and the residuals, in the room that ``lines`` leave free.

    It is empty if that is too small.
    """

    def __init__(
        self, lesson: Lesson, lines: Sequence[VMobject], spots: Places, layout: Layout, theme: Theme
    ) -> None:
        """``lines``: the formulas, which begin at the left edge of their box."""
        super().__init__()
        self.plot: LinePlot | None = None
        cap = layout.scale.label
        box = _room(spots, layout, max(line.width for line in lines))
        if box.width < _WIDE * cap or box.height < _HIGH * cap:
            return
        line = np.array([lesson.w0, 0.0])
        self.plot = plot = LinePlot(lesson.data, [line], box, theme, layout.scale)
        plot.turn(lesson.w0, 0.0)
        self.add(plot, plot.live, plot.dots, plot.rings)

    def light(self, samples: Sequence[int]) -> None:
        """Put a ring around these samples, and take it from the others."""
        if self.plot:
            self.plot.light(samples)


def _room(spots: Places, layout: Layout, width: float) -> Box:
    """Beside formulas of this ``width`` and below the small plot; in 9:16 beside that one."""
    cap, small = layout.scale.label, spots.small
    if layout.portrait:
        return spots.side.inset(left=small.width + _BESIDE * cap)
    left = spots.hero.left + width + _BESIDE * cap
    return Box(left, layout.body.bottom, spots.side.right, small.bottom - _BELOW * cap)

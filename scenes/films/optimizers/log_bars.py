"""Horizontal bars on a logarithmic scale, one for each row of a table, the scale under them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]

_LOWEST, _LEAST = -8, 4  # the lowest power of ten of a scale; its least number of decades


def decades(start: float, ends: Sequence[float]) -> tuple[int, int]:
    """The first and last power of ten of a scale for values from ``start`` to ``ends``."""
    seen = [value for value in (start, *ends) if math.isfinite(value) and value > 0]
    if not seen:
        return -_LEAST, 0
    high = math.ceil(math.log10(start) + 0.3) if start > 0 else 0
    low = max(_LOWEST, math.floor(math.log10(min(seen))))
    return min(low, high - _LEAST), high


class LogBars(VGroup):
    """Bars between ``left`` and ``right`` in rows that move; a longer bar is a larger value.

    ``scale`` (ticks and their numbers) stands in ``box``; ``bars`` are the moving parts. A value
    beyond the scale has a bar with a pointed end. ``numbers`` are those of the ticks.
    """

    def __init__(
        self, box: Box, span: tuple[int, int], colors: Sequence[str], theme: Theme, cap: float
    ) -> None:
        super().__init__()
        self.box, self.span = box, span
        self.bars = VGroup(
            *(VMobject(color=color, fill_opacity=1, stroke_width=0) for color in colors)
        )
        self.numbers, self.scale_marks = VGroup(), VGroup()
        glyphs = text_glyphs(cap)
        count = max(2, int(box.width / (4.0 * cap)))
        step = max(1, math.ceil((span[1] - span[0]) / count))
        line = VMobject(color=theme.muted, stroke_width=2.0, fill_opacity=0)
        line.points = polyline(np.array([[box.left, box.top, 0.0], [box.right, box.top, 0.0]]))
        self.scale_marks.add(line)
        for exponent in range(span[1] - step, span[0], -step):
            x = self.at(exponent)
            tick = VMobject(color=theme.muted, stroke_width=2.0, fill_opacity=0)
            ends = [[x, box.top, 0.0], [x, box.top - 0.5 * cap, 0.0]]
            tick.points = polyline(np.array(ends))
            text = "1" if exponent == 0 else power(10.0**exponent, 0)[2:]
            number = Figure(glyphs, theme.muted, point(x, box.top - 1.35 * cap), ORIGIN, text)
            self.scale_marks.add(tick)
            self.numbers.add(number)
        self.scale_marks.add(self.numbers)
        self.add(self.scale_marks, self.bars)

    def at(self, exponent: float) -> float:
        """The x of 10^exponent."""
        low, high = self.span
        return self.box.left + (exponent - low) / (high - low) * self.box.width

    def lay(self, index: int, y: float, value: float, thickness: float) -> None:
        """Draw the bar of ``value`` at the height ``y``."""
        low, high = self.span
        exponent = math.log10(value) if 0 < value < math.inf else (low if value <= 0 else math.inf)
        left, half = self.box.left, thickness / 2
        right = self.at(min(max(exponent, low), high))
        tip = 1.2 * thickness if exponent > high else 0.0
        corners = [
            [left, y - half],
            [right - tip, y - half],
            [right, y if tip else y - half],
            [right - tip, y + half],
            [left, y + half],
            [left, y - half],
        ]
        self.bars[index].points = polyline(np.array([[a, b, 0.0] for a, b in corners]))

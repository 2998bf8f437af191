"""A scale of powers of ten on which a marker shows the condition number."""

from __future__ import annotations

import math

import numpy as np
from manim import ORIGIN, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.shapes import separate, triangle

_MOST = 20  # marks; on a longer scale not every power of ten has one


class KappaScale(VGroup):
    """From 1 to the power of ten at or above the largest kappa; ``numbers`` stand at both ends."""

    def __init__(self, most: float, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self._decades = max(1, math.ceil(math.log10(most)))
        self._small = small = scale.small
        y = box.top - 1.4 * small
        self._first = point(box.left + 0.6 * small, y)
        self._length = box.width - 2.3 * small
        along = point(self._length, 0.0)
        step = -(-self._decades // _MOST)
        shares = np.array([*range(0, self._decades, step), self._decades]) / self._decades
        marks = self._first + shares[:, None] * along
        up = point(0.0, 0.3 * small)
        line = VMobject(color=theme.muted, stroke_width=2)
        line.points = separate(
            np.array([*(marks - up), self._first]), np.array([*(marks + up), self._first + along])
        )
        last = power_of_ten(self._decades)
        down, glyphs = point(0.0, 1.4 * small), text_glyphs(small)
        self.numbers = VGroup(
            *(
                Figure(glyphs, theme.muted, at - down, ORIGIN, text)
                for at, text in ((marks[0], "1"), (marks[-1], last))
            )
        )
        self.marker = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        self.add(line, self.numbers, self.marker)

    def point_at(self, kappa: float) -> None:
        """Move the marker to this condition number."""
        share = min(max(math.log10(kappa) / self._decades, 0.0), 1.0)
        tip = self._first + point(share * self._length, 0.15 * self._small)
        self.marker.points = triangle(tip, point(0.0, -1.0), self._small)

"""The running numbers: epoch, J, and kappa with its place on a scale of powers of ten."""

from __future__ import annotations

import math

import numpy as np
from manim import LEFT, ORIGIN, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, math_glyphs, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import separate, triangle

_ROW = 2.0  # in heights of a capital
_LARGE = 1e6  # from here on kappa is written with a power of ten


class Panel(VGroup):
    """``epoch``, ``cost`` and ``kappa`` as numbers, and kappa's marker on the scale."""

    def __init__(self, epoch: str, most: float, box: Box, theme: Theme, scale: Scale) -> None:
        """``epoch`` is the word for it; ``most`` is the largest kappa."""
        super().__init__()
        cap, glyphs = scale.label, math_glyphs(scale.label)
        names = [
            Label(epoch, cap, theme.muted),
            formula("J =", cap, theme.cost),
            formula("kappa =", cap, theme.ink),
        ]
        self.figures = []
        for row, name in enumerate(names):
            y = box.top - cap - row * _ROW * cap
            _put(name, box.left, y)
            at = point(float(name.get_right()[0]) + 0.5 * cap, y)
            color = theme.cost if row == 1 else theme.ink
            self.figures.append(Figure(glyphs, color, at, LEFT))
            self.add(name, self.figures[-1])
        self._lay_ruler(max(1, math.ceil(math.log10(most))), box, theme, scale)

    def _lay_ruler(self, decades: int, box: Box, theme: Theme, scale: Scale) -> None:
        small = scale.small
        y = box.top - 3 * _ROW * scale.label - 1.4 * small
        left, right = box.left + 0.4 * small, box.right - 1.5 * small
        self._decades, self._first = decades, point(left, y)
        self._length = right - left
        shares = np.arange(decades + 1) / decades
        feet = self._first + shares[:, None] * point(self._length, 0)
        line = VMobject(color=theme.muted, stroke_width=2)
        heads = np.concatenate([feet - point(0, 0.3 * small), [self._first]])
        tips = np.concatenate([feet + point(0, 0.3 * small), [point(right, y)]])
        line.points = separate(heads, tips)
        glyphs = text_glyphs(small)
        ends = [Figure(glyphs, theme.muted, feet[0] - point(0, 1.4 * small), ORIGIN, "1")]
        text = power(10.0**decades, 0).removeprefix("1×")
        ends.append(Figure(glyphs, theme.muted, feet[-1] - point(0, 1.4 * small), ORIGIN, text))
        self.marker = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        self._size = small
        self.numbers = VGroup(*ends)
        self.add(line, self.numbers, self.marker)
        self.bottom = y - 2.0 * small

    def write(self, epoch: int, cost: str, kappa: float) -> None:
        """Show these numbers."""
        for figure, text in zip(self.figures, (str(epoch), cost, kappa_text(kappa)), strict=True):
            figure.write(text)
        share = min(max(math.log10(kappa) / self._decades, 0.0), 1.0)
        tip = self._first + point(share * self._length, 0.15 * self._size)
        self.marker.points = triangle(tip, point(0, -1), self._size)


def kappa_text(kappa: float) -> str:
    """A running condition number, in about three digits."""
    if kappa >= _LARGE:
        return power(kappa)
    return f"{kappa:.{max(0, 2 - math.floor(math.log10(kappa)))}f}"


def _put(name: VMobject, left: float, y: float) -> None:
    if isinstance(name, Label):
        name.put(point(left, y), LEFT)
    else:
        name.move_to(point(left, y), aligned_edge=LEFT)

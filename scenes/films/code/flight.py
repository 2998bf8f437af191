"""A value that flies from its line of the program to what it does in the picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.code.code_face import code_glyphs
from scenes.stage.page.layout import Box, Point, point
from scenes.stage.plots.shapes import rectangle

_RISE = 0.07  # of the way's length: how far the path bends upwards
_PAD = 0.45  # heights of a capital around the digits
_ARRIVES = 0.8  # share of the way from which on the copy fades into its place


class Flight(VGroup):
    """A copy of a value's digits on a ground of its own, so that it is read over any line.

    It is a shape, no text of the page: it is on its way, and stands nowhere.
    """

    def __init__(self, cap: float, theme: Theme, page: Box) -> None:
        """It does not leave the ``page``."""
        super().__init__()
        self.cap, self.page = cap, page
        self.ground = VMobject(color=theme.lit, fill_opacity=1, stroke_width=0)
        self.digits = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        self.add(self.ground, self.digits)
        self._fade(0.0)

    def take_off(self, text: str, color: str, start: Point, stop: Point) -> Callable[[float], None]:
        """A function of 0…1 that takes ``text`` from its left end at ``start`` to ``stop``."""
        outlines, width = code_glyphs(self.cap).run(text)
        middle = point(width / 2, self.cap / 2)
        outlines = outlines - middle
        half_width, half_height = width / 2 + _PAD * self.cap, (0.5 + _PAD) * self.cap
        begin = np.array(start, dtype=float) + point(width / 2, 0)
        length = float(np.linalg.norm(stop - begin))
        top = (begin + stop) / 2 + point(0, 2 * _RISE * length)
        self.digits.set_color(color)
        page = self.page

        def fly(amount: float) -> None:
            here = (1 - amount) ** 2 * begin + 2 * amount * (1 - amount) * top + amount**2 * stop
            x, y = here[:2]
            x = min(max(x, page.left + half_width), page.right - half_width)
            self.digits.points = outlines + point(x, y)
            self.ground.points = rectangle(
                x - half_width, y - half_height, x + half_width, y + half_height
            )
            self._fade(min(1.0, (1 - amount) / (1 - _ARRIVES)) if amount < 1 else 0.0)

        return fly

    def _fade(self, opacity: float) -> None:
        for part in (self.ground, self.digits):
            part.set_fill(opacity=opacity)

"""The step −α·slope as a running line of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import fixed, power
from scenes.stage.page.formulas import Substitution
from scenes.stage.page.glyphs import math_glyphs
from scenes.stage.page.layout import Box

_TINY = 1e-3  # smaller rates are written as powers of ten


class StepRow(VGroup):
    """−0.0500 × (−9.3333) = +0.467; :meth:`write` changes the numbers in their places."""

    def __init__(
        self,
        rates: Sequence[float],
        slopes: Sequence[float],
        places: tuple[int, int, int],
        box: Box,
        theme: Theme,
        cap: float,
    ) -> None:
        """``rates`` and ``slopes`` are all values that it will show.

        ``places`` are the decimals of rate, slope and step.
        """
        super().__init__()
        self._places, self._tiny = places, max(rates) < _TINY
        texts = [self._texts(rate, slope) for rate in rates for slope in slopes]
        widest = [max(each, key=len) for each in zip(*texts, strict=True)]
        hues = (theme.ink, theme.gradient, theme.step)
        runs = list(zip(widest, hues, strict=True))
        self.runs = Substitution(runs, math_glyphs(cap), box)
        self.add(self.runs)
        self.write(rates[0], slopes[0])

    def _texts(self, rate: float, slope: float) -> tuple[str, str, str]:
        of_rate, of_slope, of_step = self._places
        value, step = fixed(slope, of_slope), -rate * slope
        sign = "+" if step > 0 else "−" if step < 0 else ""
        return (
            f"−{power(rate) if self._tiny else fixed(rate, of_rate)} ×",
            f"({value})" if slope < 0 else value,
            f"= {sign}{fixed(abs(step), of_step)}",
        )

    def write(self, rate: float, slope: float) -> None:
        """Show the step for this rate and this slope."""
        for figure, text in zip(self.runs, self._texts(rate, slope), strict=True):
            figure.write(text)

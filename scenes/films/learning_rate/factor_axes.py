"""The axes of the factors: 1, 0 and −1 upright; the rates of the ruler along x have no numbers."""

from __future__ import annotations

from manim import VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.wording import Label
from scenes.stage.plots.moving_plot import MovingPlot

NUMBERS = (1.0, 0.0, -1.0)
"""What the start's error, none, and its opposite are, measured by the start's."""
TEXTS = ("1", "0", "−1")

_ABOVE = 0.12  # of an error: room above the factor 1


class FactorAxes(MovingPlot):
    """Rates from 0 to ``high`` along x, factors from ``least`` to 1 along y."""

    def __init__(self, box: Box, high: float, least: float, theme: Theme, scale: Scale) -> None:
        name = Label("1 − Lα", scale.label, theme.cost)
        factors = least, NUMBERS[0] + _ABOVE
        super().__init__(box, (0.0, high), [factors], [VGroup()], name, theme, scale)

    def inside(self, box: Box) -> Box:
        """The plotting area: nothing is written below it."""
        small = self.scale_.small
        left = max(map(self._glyphs.width, TEXTS)) + 0.9 * small
        return box.inset(left, 0.5 * small, small, 2.3 * small)

    def _x_numbers(self) -> tuple[list[float], list[str]]:
        return [], []

    def _y_numbers(self) -> tuple[list[float], list[str]]:
        return [*NUMBERS], [*TEXTS]

"""How far the view has zoomed, on each axis."""

from __future__ import annotations

from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import Figure, GlyphSet, math_glyphs, word_glyphs
from scenes.stage.page.layout import Box, Scale, point

_ROW = 2.1  # heights of a capital


class Zoom(VGroup):
    """A word, and the factors of w and J: powers of 2 and 4."""

    def __init__(self, word: str, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        cap, self._word = scale.label, word
        glyphs = GlyphSet(cap, {**math_glyphs(cap).glyphs, **word_glyphs(word, cap).glyphs})
        at = point(box.left, box.top - cap)
        self._figures = [
            Figure(glyphs, color, at - point(0, _ROW * cap * row), LEFT)
            for row, color in enumerate((theme.point, theme.cost))
        ]
        self.add(*self._figures)
        self.write(0.0)

    def write(self, level: float) -> None:
        """Show the factors after this many zooms; only whole ones count."""
        whole = int(abs(level) + 1e-6) * (1 if level >= 0 else -1)
        power = power_of_ten(whole).removeprefix("10")
        for figure, name, base in zip(self._figures, "𝑤𝐽", "24", strict=True):
            factor = f"{base}{power}" if whole else "1"
            figure.write(f"{self._word} {name} × {factor}")

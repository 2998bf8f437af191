"""How far the view has zoomed, on each axis."""

from __future__ import annotations

from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import Figure, GlyphSet, math_glyphs, word_glyphs
from scenes.stage.page.layout import Box, Scale, point

_ROW = 2.1  # heights of a capital


class Zoom(VGroup):
    """A word, and the factors of w and J: powers of 2 and 4, at most of ``deepest`` zooms.

    Where the box is too narrow for both in one line, the word has the first line for itself.
    """

    def __init__(self, word: str, deepest: int, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        cap, self._word = scale.label, f"{word} "
        glyphs = GlyphSet(cap, {**math_glyphs(cap).glyphs, **word_glyphs(word, cap).glyphs})
        at = point(box.left, box.top - cap)
        if max(map(glyphs.width, self._texts(deepest))) > box.width:
            self._word = ""
            self.add(Figure(glyphs, theme.ink, at, LEFT).write(word))
            at = at - point(0, _ROW * cap)
        self._figures = [
            Figure(glyphs, color, at - point(0, _ROW * cap * row), LEFT)
            for row, color in enumerate((theme.point, theme.cost))
        ]
        self.add(*self._figures)
        self.write(0.0)

    def write(self, level: float) -> None:
        """Show the factors after this many zooms; only whole ones count."""
        whole = int(abs(level) + 1e-6) * (1 if level >= 0 else -1)
        for figure, text in zip(self._figures, self._texts(whole), strict=True):
            figure.write(text)

    def _texts(self, whole: int) -> list[str]:
        power = power_of_ten(whole).removeprefix("10")
        factors = [f"{base}{power}" if whole else "1" for base in "24"]
        names = zip("𝑤𝐽", factors, strict=True)
        return [f"{self._word}{name} × {factor}" for name, factor in names]

"""How far the view has zoomed, on each axis."""

from __future__ import annotations

from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import Figure, math_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

_ROW = 2.1  # heights of a capital
_WORDED = 6.2  # likewise; a lower box has no room for the word


class Zoom(VGroup):
    """A word, if there is room for it, and the factors of w and J: powers of 2 and 4."""

    def __init__(self, word: str, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        cap = scale.label
        at = point(box.left, box.top - cap)
        if box.height > _WORDED * cap:
            self.add(Label(word, cap, theme.muted).put(at, LEFT))
            at = at - point(0, _ROW * cap)
        self._figures = [
            Figure(math_glyphs(cap), color, at - point(0, _ROW * cap * row), LEFT)
            for row, color in enumerate((theme.point, theme.cost))
        ]
        self.add(*self._figures)
        self.write(0.0)

    def write(self, level: float) -> None:
        """Show the factors after this many zooms; only whole ones count."""
        whole = int(abs(level) + 1e-6) * (1 if level >= 0 else -1)
        power = power_of_ten(whole).removeprefix("10")
        for figure, name, base in zip(self._figures, "𝑤𝐽", "24", strict=True):
            figure.write(f"{name} × {base}{power}" if whole else f"{name} × 1")

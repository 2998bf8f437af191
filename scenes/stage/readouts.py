"""Running numbers with their names, in fixed places: nothing jitters when a digit changes."""

from __future__ import annotations

from dataclasses import dataclass

from manim import LEFT, VGroup

from scenes.stage.glyphs import Figure, text_glyphs
from scenes.stage.layout import Box, Scale, point
from scenes.stage.theme import Theme
from scenes.stage.wording import Label

_NAME_GAP, _ITEM_GAP, _ROW = 0.55, 1.3, 2.0  # in heights of a capital


@dataclass(frozen=True)
class Readout:
    """A number's name, its colour, and the widest text that it will show."""

    name: str
    color: str
    widest: str


class Readouts(VGroup):
    """Named numbers side by side in ``box``, on further rows where they do not fit."""

    def __init__(self, items: list[Readout], box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        cap = scale.label
        glyphs = text_glyphs(cap)
        names = [Label(item.name, cap, theme.muted) for item in items]
        widths = [
            name.width + _NAME_GAP * cap + glyphs.width(item.widest)
            for name, item in zip(names, items, strict=True)
        ]
        self.figures: list[Figure] = []
        x, y = box.left, box.top - cap
        for name, item, width in zip(names, items, widths, strict=True):
            if x > box.left and x + width > box.right + 1e-6:
                x, y = box.left, y - _ROW * cap
            name.put(point(x, y), LEFT)
            start = point(x + name.width + _NAME_GAP * cap, y)
            figure = Figure(glyphs, item.color, start, LEFT)
            self.figures.append(figure)
            self.add(name, figure)
            x += width + _ITEM_GAP * cap

    def write(self, *texts: str) -> None:
        """Show ``texts``, one for each number."""
        for figure, text in zip(self.figures, texts, strict=True):
            figure.write(text)

"""Running numbers with their names, in fixed places: nothing moves when a digit changes."""

from __future__ import annotations

from dataclasses import dataclass

from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

_NAME_GAP, _ITEM_GAP, _TIGHT_GAP, _ROW = 0.55, 1.3, 0.9, 2.0  # in heights of a capital


@dataclass(frozen=True)
class Readout:
    """A number's name, its colour, and the widest text that it will show."""

    name: str
    color: str
    widest: str
    short: str = ""
    """a shorter name if there is no room for ``name``"""


class Readouts(VGroup):
    """Named numbers side by side in ``box``, in several rows if they do not fit."""

    def __init__(self, items: list[Readout], box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self._cap, self._glyphs, self._box = scale.label, text_glyphs(scale.label), box
        self.figures: list[Figure] = []
        names = [Label(item.name, self._cap, theme.muted) for item in items]
        places = self._places(names, items)
        if places[-1][1] < box.bottom:
            names = [Label(item.short or item.name, self._cap, theme.muted) for item in items]
            places = self._places(names, items, _TIGHT_GAP)
        for name, item, (x, y) in zip(names, items, places, strict=True):
            name.put(point(x, y), LEFT)
            start = point(x + name.width + _NAME_GAP * self._cap, y)
            figure = Figure(self._glyphs, item.color, start, LEFT)
            self.figures.append(figure)
            self.add(name, figure)

    def _places(
        self, names: list[Label], items: list[Readout], gap: float = _ITEM_GAP
    ) -> list[tuple[float, float]]:
        """Where each name begins, row by row; the last may lie below the box."""
        box, cap = self._box, self._cap
        places, x, y = [], box.left, box.top - cap
        for name, item in zip(names, items, strict=True):
            width = name.width + _NAME_GAP * cap + self._glyphs.width(item.widest)
            if x > box.left and x + width > box.right + 1e-6:
                x, y = box.left, y - _ROW * cap
            places.append((x, y))
            x += width + gap * cap
        return places

    def write(self, *texts: str) -> None:
        """Show ``texts``, one for each number."""
        for figure, text in zip(self.figures, texts, strict=True):
            figure.write(text)

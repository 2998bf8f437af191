"""Running numbers with their names, in fixed places: nothing moves when a digit changes."""

from __future__ import annotations

from dataclasses import dataclass

from manim import LEFT, ORIGIN, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

_PLACE = "{n}"
_NAME_GAP, _ITEM_GAP, _TIGHT_GAP, _ROW = 0.55, 1.3, 0.9, 2.0  # in heights of a capital


Name = tuple[list[Label], list[Label]]


@dataclass(frozen=True)
class Readout:
    """A number's name, its colour, and the widest text that it will show.

    With ``{n}`` in the name the number stands there, as in 第 {n} 轮; else it stands behind it.
    """

    name: str
    color: str
    widest: str
    short: str = ""
    """a shorter name if there is no room for ``name``"""


def around_number(name: str) -> tuple[str, str]:
    """What stands before and behind the number in a name; a name without its place is before."""
    before, _, after = name.partition(_PLACE)
    return before.strip(), after.strip()


class Readouts(VGroup):
    """Named numbers side by side in ``box``, in several rows if they do not fit.

    With ``apart`` each has a row of its own, if the box is high enough.
    """

    def __init__(
        self, items: list[Readout], box: Box, theme: Theme, scale: Scale, apart: bool = False
    ) -> None:
        super().__init__()
        self._apart = apart and len(items) * _ROW * scale.label <= box.height
        self._cap, self._glyphs, self._box = scale.label, text_glyphs(scale.label), box
        self.figures: list[Figure] = []
        names = [self._name(item.name, theme.muted) for item in items]
        places = self._places(names, items)
        wide = any(self._width(*each) > box.width for each in zip(names, items, strict=True))
        if wide or places[-1][1] < box.bottom:
            names = [self._name(item.short or item.name, theme.muted) for item in items]
            places = self._places(names, items, _TIGHT_GAP)
        for name, item, (x, y) in zip(names, items, places, strict=True):
            before, after = name
            room, gap = self._glyphs.width(item.widest), _NAME_GAP * self._cap
            for label in before:
                label.put(point(x, y), LEFT)
                x += label.width + gap
            for label in after:
                label.put(point(x + room + gap, y), LEFT)
            at, side = (x + room / 2, ORIGIN) if after else (x, LEFT)
            figure = Figure(self._glyphs, item.color, point(at, y), side)
            self.figures.append(figure)
            self.add(*before, *after, figure)

    def _name(self, name: str, color: str) -> Name:
        """What stands before the number, and what stands behind it."""
        before, after = (
            [Label(part, self._cap, color)] if part else [] for part in around_number(name)
        )
        return before, after

    def _places(
        self, names: list[Name], items: list[Readout], gap: float = _ITEM_GAP
    ) -> list[tuple[float, float]]:
        """Where each name begins, row by row; the last may lie below the box."""
        box, cap = self._box, self._cap
        places, x, y = [], box.left, box.top - cap
        for name, item in zip(names, items, strict=True):
            width = self._width(name, item)
            if x > box.left and (self._apart or x + width > box.right + 1e-6):
                x, y = box.left, y - _ROW * cap
            places.append((x, y))
            x += width + gap * cap
        return places

    def _width(self, name: Name, item: Readout) -> float:
        """The width of a number with its name."""
        before, after = name
        labels = sum(label.width + _NAME_GAP * self._cap for label in [*before, *after])
        return labels + self._glyphs.width(item.widest)

    def write(self, *texts: str) -> None:
        """Show ``texts``, one for each number."""
        for figure, text in zip(self.figures, texts, strict=True):
            figure.write(text)

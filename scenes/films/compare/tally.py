"""A small table of counts: a row for each kind of count, a column for each descent."""

from __future__ import annotations

from manim import LEFT, RIGHT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

_GAP = 0.6  # left of a column, in heights of a capital
_ROW, _DOUBLE = 2.1, 3.7  # of a row, without and with a line for its name; in heights of a capital
_ABOVE, _CLOSEST = 0.43, 1.5  # where that line is, as a share of the row; at least, in capitals


class Tally(VGroup):
    """``heads`` (the columns' names), ``names`` (the rows') and ``cells[row][column]``.

    In a narrow box the name of a row stands above its numbers.
    """

    def __init__(
        self,
        heads: list[tuple[str, str]],
        names: list[list[str]],
        widest: str,
        box: Box,
        theme: Theme,
        scale: Scale,
    ) -> None:
        """``heads``: (text, colour); ``names``: of each row, the longest first."""
        super().__init__()
        cap, glyphs = scale.label, text_glyphs(scale.label)
        labels = [Label(text, cap, color) for text, color in heads]
        width = max(glyphs.width(widest), *(label.width for label in labels))
        pitch = width + _GAP * cap
        free = box.width - len(heads) * pitch
        made = [[Label(text, cap, theme.muted) for text in variants] for variants in names]
        beside = all(variants[-1].width <= free for variants in made)
        free_height = (box.height - 1.4 * cap) / len(names)
        row = min((_ROW if beside else _DOUBLE) * cap, free_height)
        if not beside:  # as far apart as the box is wide
            pitch = box.width - width if len(heads) > 1 else 0.0
        stops = [box.right - pitch * (len(heads) - 1 - k) for k in range(len(heads))]
        top = box.top - 0.7 * cap
        for label, stop in zip(labels, stops, strict=True):
            label.put(point(stop, top), RIGHT)
        self.heads, self.names, self.cells = VGroup(*labels), VGroup(), []
        for k, variants in enumerate(made):
            y = top - (k + 1) * row
            room = free if beside else box.width
            fitting = [label for label in variants if label.width <= room]
            name = (fitting or variants[-1:])[0]
            up = 0.0 if beside else max(_ABOVE * row, _CLOSEST * cap)
            self.names.add(name.put(point(box.left, y + up), LEFT))
            cells = (
                Figure(glyphs, color, point(stop, y), RIGHT)
                for stop, (_, color) in zip(stops, heads, strict=True)
            )
            self.cells.append(VGroup(*cells))
        self.add(self.heads, self.names, *self.cells)

    def write(self, row: int, *texts: str) -> None:
        """Show ``texts`` in a row, one for each column."""
        for figure, text in zip(self.cells[row], texts, strict=True):
            figure.write(text)

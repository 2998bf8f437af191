"""A small table of counts: a row for each kind of count, a column for each descent."""

from __future__ import annotations

from manim import LEFT, RIGHT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import Figure, text_glyphs, word_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

_GAP = 0.8  # left of a column, in heights of a capital
_ROW = 2.1  # in heights of a capital, if the box is high enough


def least_width(columns: int, names: list[list[str]], widest: str, scale: Scale) -> float:
    """The width at which names and counts do not overlap; of each row the shortest name counts."""
    cap = scale.label
    longest = max(word_glyphs(last, cap).width(last) for *_, last in names)
    return float(longest + columns * (text_glyphs(cap).width(widest) + _GAP * cap))


class Tally(VGroup):
    """``heads`` (the columns' names), ``names`` (the rows') and ``cells[row][column]``."""

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
        row = min(_ROW * cap, (box.height - 1.4 * cap) / len(names))
        labels = [Label(text, cap, color) for text, color in heads]
        width = max(glyphs.width(widest), *(label.width for label in labels)) + _GAP * cap
        stops = [box.right - width * (len(heads) - 1 - k) for k in range(len(heads))]
        top = box.top - 0.7 * cap
        for label, stop in zip(labels, stops, strict=True):
            label.put(point(stop, top), RIGHT)
        self.heads = VGroup(*labels)
        self.corner = Box(box.left, top - cap, box.right - width * len(heads), top + cap)
        self.names, self.cells = VGroup(), []
        for k, variants in enumerate(names):
            y = top - (k + 1) * row
            made = [Label(text, cap, theme.muted) for text in variants]
            fitting = [label for label in made if label.width <= self.corner.width]
            self.names.add((fitting or made[-1:])[0].put(point(box.left, y), LEFT))
            self.cells.append(
                VGroup(
                    *(
                        Figure(glyphs, color, point(stop, y), RIGHT)
                        for stop, (_, color) in zip(stops, heads, strict=True)
                    )
                )
            )
        self.add(self.heads, self.names, *self.cells)

    def write(self, row: int, *texts: str) -> None:
        """Show ``texts`` in a row, one for each column."""
        for figure, text in zip(self.cells[row], texts, strict=True):
            figure.write(text)

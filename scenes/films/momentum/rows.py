"""Named numbers one below the other: the names are formulas, the numbers can run."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup, VMobject

from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point

_PITCH, _GAP = 1.9, 0.7  # heights of a capital


class Rows(VGroup):
    """``names`` at the left of ``box``, from its top, each with a number in its colour.

    The numbers stand in one column, or each below its name where the box is too narrow. ``bottom``
    is the height at which the last of them ends.
    """

    def __init__(
        self,
        names: Sequence[VMobject],
        colors: Sequence[str],
        widest: str,
        box: Box,
        scale: Scale,
    ) -> None:
        """``widest`` is the longest number that will be shown."""
        super().__init__()
        cap, glyphs = scale.label, text_glyphs(scale.label)
        self._cap = cap
        column = max(name.width for name in names) + _GAP * cap
        below = column + glyphs.width(widest) > box.width
        self.room = box.width - (0.0 if below else column)
        self.figures: list[Figure] = []
        y = box.top - 0.5 * cap
        for name, color in zip(names, colors, strict=True):
            name.move_to(point(box.left + name.width / 2, y))
            if below:
                y -= 0.85 * _PITCH * cap
            figure = Figure(glyphs, color, point(box.left + (0 if below else column), y), LEFT)
            self.figures.append(figure)
            self.add(VGroup(name, figure))
            y -= _PITCH * cap
        self.bottom = y + (_PITCH - 0.5) * cap

    def head(self, name: str, value: str, box: Box, color: str) -> VGroup:
        """Formulas that say what the two columns are, in the first line of ``box``."""
        made = VGroup(*(formula(source, self._cap, color) for source in (name, value)))
        for part, left in zip(made, (box.left, float(self.figures[0].at[0])), strict=True):
            part.move_to(point(left + part.width / 2, box.top - 0.5 * self._cap))
        return made

    def write(self, *texts: str) -> None:
        """Show ``texts``, one for each number."""
        for figure, text in zip(self.figures, texts, strict=True):
            figure.write(text)

    def fits(self, text: str) -> bool:
        """Whether there is room for ``text`` as a number."""
        return self.figures[0].glyphs.width(text) <= self.room

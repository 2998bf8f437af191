"""Named numbers one below the other; the numbers can run."""

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
        names: Sequence[str | VMobject],
        colors: Sequence[str],
        widest: str,
        box: Box,
        scale: Scale,
    ) -> None:
        """``names`` are formulas or labels; ``widest``: the longest number that will be shown."""
        super().__init__()
        made = [
            formula(name, scale.label, color) if isinstance(name, str) else name
            for name, color in zip(names, colors, strict=True)
        ]
        cap, glyphs = scale.label, text_glyphs(scale.label)
        self._cap = cap
        column = max(name.width for name in made) + _GAP * cap
        below = column + glyphs.width(widest) > box.width
        self.room = box.width - (0.0 if below else column)
        self.figures: list[Figure] = []
        y = box.top - 0.5 * cap
        for name, color in zip(made, colors, strict=True):
            name.move_to(point(box.left + name.width / 2, y))
            if below:
                y -= 0.85 * _PITCH * cap
            figure = Figure(glyphs, color, point(box.left + (0 if below else column), y), LEFT)
            self.figures.append(figure)
            self.add(VGroup(name, figure))
            y -= _PITCH * cap
        self.bottom = y + (_PITCH - 0.5) * cap

    def head(self, name: str, value: VMobject, box: Box, color: str) -> VGroup:
        """What the two columns are, a formula and a label, in the first line of ``box``."""
        made = VGroup(formula(name, self._cap, color), value)
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

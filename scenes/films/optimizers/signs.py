"""Words that move. Each is a single mobject: moving it only shifts one array of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import LEFT, ORIGIN

from scenes.stage.page.glyphs import Figure, GlyphSet, Points
from scenes.stage.page.layout import point
from scenes.stage.page.wording import Label


@dataclass(frozen=True)
class _Word(GlyphSet):
    """A set of glyphs that can write only one whole word."""

    outline: Points
    advance: float

    def run(self, text: str) -> tuple[Points, float]:
        """The word from the origin on, and its width; nothing for an empty text."""
        return (self.outline, self.advance) if text else (np.zeros((0, 3)), 0.0)


class Sign(Figure):
    """The word ``text`` with its middle of a capital at ``at``; ``write`` moves or empties it."""

    def __init__(
        self, text: str, cap: float, color: str, at: Points = ORIGIN, side: Points = LEFT
    ) -> None:
        label = Label(text, cap, color).put(ORIGIN, LEFT)
        parts = [glyph.points for glyph in label.family_members_with_points()]
        outline = np.concatenate([np.zeros((0, 3)), *parts])
        word = _Word(cap, {}, outline + point(0.0, cap / 2), float(label.width))
        super().__init__(word, color, at, side, text)
        self.word = text

    def stand(self, at: Points) -> None:
        """Move to ``at``."""
        self.write(self.word, at)

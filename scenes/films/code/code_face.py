"""The fixed-pitch face of programs: DejaVu Sans Mono, which comes with Typst."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from manim import Typst

from scenes.stage.page.fonts import typst_fonts
from scenes.stage.page.glyphs import Glyph, GlyphSet, Points
from scenes.stage.page.layout import point

_CHARACTERS = "".join(chr(code) for code in range(0x21, 0x7F))
# The face is wide. Narrowed (like DejaVu's own condensed faces), a line holds a quarter more.
_NARROWED = 0.8


@dataclass(frozen=True)
class CodeGlyphs(GlyphSet):
    """Glyphs on a grid: every character, also a space, takes one column."""

    column: float
    """the width of a column"""

    def run(self, text: str) -> tuple[Points, float]:
        """The outlines (n, 3) of ``text`` set from the origin, and its width."""
        parts = [np.zeros((0, 3))]
        for place, character in enumerate(text):
            if character != " ":
                parts.append(self.glyphs[character].points + point(place * self.column, 0.0))
        return np.concatenate(parts), len(text) * self.column


@cache
def _outlines(weight: str) -> dict[str, Glyph]:
    """The printable ASCII characters, capitals one unit high."""
    escaped = ("HH" + _CHARACTERS).replace("\\", "\\\\").replace('"', '\\"')
    face = f'font: "DejaVu Sans Mono", weight: "{weight}", kerning: false, ligatures: false'
    line = Typst(f'#text({face})[#"{escaped}"]', font_paths=typst_fonts())
    outlines = [np.array(part.points) for part in line.family_members_with_points()]
    first, second = outlines[:2]
    step = second[:, 0].min() - first[:, 0].min()
    pen = first[:, 0].min() - (step - np.ptp(first[:, 0])) / 2  # an H is in its middle
    baseline, size = first[:, 1].min(), 1 / np.ptp(first[:, 1])
    return {
        character: Glyph(
            (outline - [pen + (place + 2) * step, baseline, 0]) * [size * _NARROWED, size, 0],
            step * size * _NARROWED,
        )
        for place, (character, outline) in enumerate(zip(_CHARACTERS, outlines[2:], strict=True))
    }


@cache
def code_glyphs(cap: float, bold: bool = False) -> CodeGlyphs:
    """The face with capitals ``cap`` units high."""
    made = {
        character: Glyph(glyph.points * cap, glyph.advance * cap)
        for character, glyph in _outlines("bold" if bold else "regular").items()
    }
    return CodeGlyphs(cap, made, made["H"].advance)


def column_width() -> float:
    """The width of a column, in heights of a capital."""
    return _outlines("regular")["H"].advance

"""Numbers made of stored glyph outlines: to change a number only moves points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, Typst, VMobject

from scenes.stage.page.fonts import typst_fonts
from scenes.stage.page.layout import point
from scenes.stage.page.wording import RAISED, REDUCED, SUPERSCRIPTS, Label

Points = npt.NDArray[np.float64]

_TEXT_CHARACTERS = "123456789−+.,×()=≈±∞%/"
_MATH_CHARACTERS = "123456789−+.,×()=≈←→∞𝑤𝛼𝐽𝑏·"
_SPACE = 0.35  # share of a capital's height


@dataclass(frozen=True)
class Glyph:
    """An outline whose origin is its pen position on the baseline; and the pen's advance."""

    points: Points
    advance: float


@dataclass(frozen=True)
class GlyphSet:
    """The glyphs of one face, for capitals (or digits) ``cap`` units high."""

    cap: float
    glyphs: dict[str, Glyph]

    def run(self, text: str) -> tuple[Points, float]:
        """The outlines (n, 3) of ``text`` set from the origin, and its width."""
        pen, parts = 0.0, [np.zeros((0, 3))]
        for character in text:
            if character == " ":
                pen += _SPACE * self.cap
                continue
            glyph = self.glyphs[character]
            parts.append(glyph.points + point(pen, 0.0))
            pen += glyph.advance
        return np.concatenate(parts), pen

    def width(self, text: str) -> float:
        """The width of ``text`` in units."""
        return self.run(text)[1]


def _cut(outlines: list[Points], characters: str) -> dict[str, Glyph]:
    """Cut the line ``00``, ``0c`` for each character c, ``0`` into glyphs one unit high."""
    # Tabular figures: every digit gets the advance of 0 and is centred in it.
    lefts = [outline[:, 0].min() for outline in outlines]
    step = lefts[1] - lefts[0]
    zero = outlines[0]
    pen0 = lefts[0] - (step - np.ptp(zero[:, 0])) / 2
    one = outlines[3]  # flat at both ends, unlike 0, so it gives the baseline and the height
    baseline, size = one[:, 1].min(), 1 / np.ptp(one[:, 1])
    found = {"0": Glyph((zero - [pen0, baseline, 0]) * size, step * size)}
    for index, character in enumerate(characters):
        at = 3 + 2 * index
        pen = lefts[at - 1] - (lefts[0] - pen0) + step
        advance = lefts[at + 1] - lefts[at - 1] - step
        if character.isdigit():
            advance = step
        found[character] = Glyph((outlines[at] - [pen, baseline, 0]) * size, advance * size)
    return found


def _with_superscripts(glyphs: dict[str, Glyph]) -> dict[str, Glyph]:
    raised = {
        mark: Glyph(
            glyphs[plain].points * REDUCED + point(0.0, RAISED), glyphs[plain].advance * REDUCED
        )
        for mark, plain in zip(SUPERSCRIPTS, "−0123456789", strict=True)
    }
    return {**glyphs, **raised}


def _line(characters: str) -> str:
    return "00" + "".join("0" + character for character in characters) + "0"


@cache
def _text_outlines() -> dict[str, Glyph]:
    """The text face's figures, one unit high."""
    label = Label(_line(_TEXT_CHARACTERS), 1.0, "#ffffff")
    outlines = [np.array(glyph.points) for glyph in label.family_members_with_points()]
    return _with_superscripts(_cut(outlines, _TEXT_CHARACTERS))


@cache
def _math_outlines() -> dict[str, Glyph]:
    """The formulas' figures, one unit high."""
    characters = _line(_MATH_CHARACTERS)
    face = 'font: "New Computer Modern Math", weight: 450, kerning: false'
    source = f'#text({face})[#"{characters}"]'
    line = Typst(source, font_paths=typst_fonts())
    outlines = [np.array(part.points) for part in line.family_members_with_points()]
    return _with_superscripts(_cut(outlines, _MATH_CHARACTERS))


def _sized(outlines: dict[str, Glyph], cap: float) -> GlyphSet:
    scaled = {
        character: Glyph(glyph.points * cap, glyph.advance * cap)
        for character, glyph in outlines.items()
    }
    return GlyphSet(cap, scaled)


@cache
def text_glyphs(cap: float) -> GlyphSet:
    """The text face's figures, ``cap`` units high."""
    return _sized(_text_outlines(), cap)


@cache
def math_glyphs(cap: float) -> GlyphSet:
    """The figures, signs and variables of formulas, digits ``cap`` units high."""
    return _sized(_math_outlines(), cap)


def word_glyphs(word: str, cap: float) -> GlyphSet:
    """The letters of ``word``, so that a Figure can show it."""
    label = Label(word, cap, "#ffffff").put(ORIGIN)
    lefts = [float(letter.get_left()[0]) for letter in label.submobjects]
    ends = [*lefts[1:], float(label.get_right()[0])]
    # The baseline of a figure is half a capital below its middle.
    return GlyphSet(
        cap,
        {
            character: Glyph(np.array(letter.points) - point(left, -cap / 2), end - left)
            for character, letter, left, end in zip(
                word, label.submobjects, lefts, ends, strict=True
            )
        },
    )


def named_glyphs(letters: str, cap: float) -> GlyphSet:
    """The text face's figures and some ``letters``: for a value with its name, w = 1.5.

    Each letter is set alone, so that it is a symbol of mathematics: "wb" would be a word.
    """
    found = dict(text_glyphs(cap).glyphs)
    for letter in letters:
        found |= word_glyphs(letter, cap).glyphs
    return GlyphSet(cap, found)


class Figure(VMobject):
    """A running number (or a short line of glyphs) as one mobject; :meth:`write` changes it."""

    def __init__(
        self, glyphs: GlyphSet, color: str, at: Points = ORIGIN, side: Points = LEFT, text: str = ""
    ) -> None:
        super().__init__(color=color, fill_opacity=1.0, stroke_width=0.0)
        self.glyphs = glyphs
        self.at = np.array(at, dtype=float)
        self.side = side
        self.text: str | None = None
        self.write(text)

    def write(self, text: str, at: Points | None = None) -> Figure:
        """Show ``text``; the middle of a digit stands at ``at`` (default: where it stood)."""
        if at is not None:
            self.at = np.array(at, dtype=float)
        elif text == self.text:
            return self
        points, width = self.glyphs.run(text)
        shift = {-1.0: 0.0, 0.0: width / 2, 1.0: width}[float(self.side[0])]
        self.text = text
        self.points = points + self.at - point(shift, self.glyphs.cap / 2)
        return self

    def shrink(self, share: float) -> None:
        """Draw what was written at a ``share`` of its size, around the place where it stands."""
        if share != 1:
            self.points = self.at + share * (self.points - self.at)
            self.text = None  # it must be written anew to have its full size


__all__ = [
    "LEFT",
    "ORIGIN",
    "RIGHT",
    "Figure",
    "GlyphSet",
    "math_glyphs",
    "named_glyphs",
    "text_glyphs",
]

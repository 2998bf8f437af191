"""Text: one face, four sizes, wrapped to a region; every character is checked first."""

from __future__ import annotations

import re

import numpy as np
from manim import BOLD, NORMAL, ORIGIN, Text, VGroup, config

from scenes.locales import line_breaks
from scenes.stage.page import fonts, symbols
from scenes.stage.page.layout import Box, Point, point

# Pango rounds glyph positions in a small font, so text is set large and then scaled down.
_SET_AT = 96
_ENDLESS = 100_000
SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
# The characters that are drawn here stand for others that every font has.
_LOWERED = str.maketrans(SUPERSCRIPTS + "ŷ", "−0123456789y")
RAISED, REDUCED = 0.42, 0.66
_LINE_HEIGHT = 1.95  # in heights of a capital
_SIGNS = {"=", "≈", "<", ">", "≤", "≥", "×"}
_MARKS = ".,;:!?，。；：！？"
_UNLIKE = 1.3  # times the least width of two lines, for a break after a mark
_JOINED = {f" {sign}" for sign in _SIGNS}  # before the space after it
_UNIT = re.compile(r" ?(\[[^\]]*\]|\([^)]*\))$")
_FEWEST = 3  # characters of a name that is shortened, with its unit behind it


class Label(Text):
    """One line of text whose capitals are ``cap`` units high; J, w, α … are set as in formulas.

    Raises scenes.stage.page.fonts.FontError for a character that the font lacks.
    """

    def __init__(self, text: str, cap: float, color: str, bold: bool = False) -> None:
        face = fonts.find_face()
        plain = text.translate(_LOWERED)
        fonts.width(plain, face)
        # manim lets Pango break lines at the picture's width in pixels, and its height cuts letters
        # off, so both are made large.
        # (Not by tempconfig: it sets every setting again, also the renderer, 20 ms for a label.)
        size = config.pixel_width, config.pixel_height
        config.pixel_width = config.pixel_height = _ENDLESS
        try:
            super().__init__(
                "H" + plain,
                font=face.family,
                font_size=_SET_AT,
                color=color,
                weight=BOLD if bold else NORMAL,
                disable_ligatures=True,
            )
        finally:
            config.pixel_width, config.pixel_height = size
        ruler = self.submobjects[0]
        self.scale(cap / ruler.height)
        baseline = ruler.get_bottom()[1]
        self.remove(ruler)
        for glyph in self.submobjects:  # a fade copies the label; the parsed SVG is most of it
            vars(glyph).pop("path_obj", None)
        self._raise_powers(text, cap, baseline)
        self._set_symbols(text, cap, baseline, bold)
        self.text = text
        self.cap = cap
        self._descent = baseline - self.get_bottom()[1]

    def _raise_powers(self, text: str, cap: float, baseline: float) -> None:
        """Make superscripts from plain digits: many fonts have only ¹, ² and ³."""
        saved = 0.0
        for glyph, character in zip(self.submobjects, text, strict=True):
            glyph.shift(point(-saved, 0.0))
            if character in SUPERSCRIPTS:
                width = glyph.width
                pen = point(glyph.get_left()[0], baseline)
                glyph.scale(REDUCED, about_point=pen).shift(point(0.0, RAISED * cap))
                saved += (1 - REDUCED) * width

    def _set_symbols(self, text: str, cap: float, baseline: float, bold: bool) -> None:
        """Put the formulas' letters in the places of the symbols, and a bar on a root."""
        found = symbols.places(text)
        wider = np.zeros(len(text))
        for index in found:
            own = symbols.symbol(text[index], bold)
            wider[index] = own.advance * cap - self._replace(index, text, own, cap, baseline)
        if found:
            before = np.cumsum(wider) - wider
            for glyph, shift in zip(self.submobjects, before.tolist(), strict=True):
                glyph.shift(point(shift, 0.0))
        for index, character in enumerate(text[:-1]):
            if character == symbols.ROOT:
                self._cover(index, cap, baseline)

    def _replace(
        self, index: int, text: str, own: symbols.Symbol, cap: float, baseline: float
    ) -> float:
        """Draw ``own`` in the place of a character; the width of that place."""
        glyph, face = self.submobjects[index], fonts.find_face()
        room = fonts.width(text[index].translate(_LOWERED), face) * cap / fonts.cap_height(face)
        pen = point(float(glyph.get_center()[0]) - room / 2, baseline)
        glyph.points = own.points * cap + pen
        return room

    def _cover(self, index: int, cap: float, baseline: float) -> None:
        """The sign of a root, with a bar over what follows it."""
        glyph, covered = self.submobjects[index], self.submobjects[index + 1]
        left, right = float(covered.get_left()[0]), float(covered.get_right()[0])
        width = (right - left) / cap + 0.15
        made = symbols.root(width)
        glyph.points = made.points * cap + point(left - 0.05 * cap - made.advance * cap, baseline)

    def put(self, at: Point, side: Point = ORIGIN) -> Label:
        """Move the middle of a capital letter to ``at``.

        ``side`` is LEFT, ORIGIN or RIGHT: which end of the text is there. The text's own height
        does not count: it differs from text to text ("w" and "轮"), and lines would not align.
        """
        x = self.get_critical_point(side)[0]
        y = self.get_bottom()[1] + self._descent + self.cap / 2
        self.shift(point(float(at[0] - x), float(at[1] - y)))
        return self


def text_width(text: str, cap: float) -> float:
    """About how wide ``text`` is on one line, in units, in capitals ``cap`` high."""
    return _ems(text) * cap / fonts.cap_height(fonts.find_face())


def shortened(text: str, cap: float, room: float) -> str:
    """``text`` if it is at most ``room`` wide in capitals ``cap`` high, else its start and "…".

    A unit at its end, as in "weight [kg]", stays if the start keeps some characters beside it; it
    is never cut. "" if there is no room at all.
    """
    if text_width(text, cap) <= room:
        return text
    unit = found[0] if (found := _UNIT.search(text)) else ""
    name = text.removesuffix(unit)
    with_unit = _start(name, f"…{unit}", cap, room)
    if len(with_unit) >= min(len(name), _FEWEST):
        return f"{with_unit}…{unit}"
    start = _start(name, "…", cap, room)
    return f"{start}…" if start else ""


def _start(name: str, end: str, cap: float, room: float) -> str:
    """As many characters of ``name`` as fit before ``end``."""
    while name and text_width(name + end, cap) > room:
        name = name[:-1].rstrip()
    return name


def pieces(text: str, whole: bool = True) -> list[str]:
    """``text`` cut where a line may break: never within a word, never before punctuation.

    With ``whole`` it does not break beside the sign of an equation either.
    """
    found: list[str] = []
    for piece in line_breaks.pieces(text):
        if whole and found and (piece.strip() in _SIGNS or found[-1][-3:-1] in _JOINED):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _ems(line: str) -> float:
    text, face = line.rstrip(), fonts.find_face()
    capital, letters = fonts.cap_height(face), [text[index] for index in symbols.places(text)]
    symbolic = sum(symbols.symbol(letter).advance for letter in letters) * capital
    plain = fonts.width("".join(letters).translate(_LOWERED), face)
    return fonts.width(text.translate(_LOWERED), face) - plain + symbolic


def _greedy(parts: list[str], ems: float) -> list[str]:
    lines = [""]
    for part in parts:
        if lines[-1] and _ems(lines[-1] + part) > ems:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def wrap(text: str, ems: float, most: int = 1) -> list[str]:
    """Break ``text`` into as few lines of at most ``ems`` as possible, of about equal length.

    An equation is broken only if it is too long, or if that saves a line beyond ``most``. Two
    lines are parted after a punctuation mark if they are not too unlike then.
    """
    parts, loose = pieces(text), pieces(text, whole=False)
    widest = max((_ems(part) for part in parts), default=0.0)
    count = len(_greedy(parts, ems))
    if widest > ems or count > max(most, len(_greedy(loose, ems))):
        parts = loose
    lines = _greedy(parts, ems)
    narrow = ems
    while narrow > ems / 2 and len(tighter := _greedy(parts, narrow - 0.5)) == len(lines):
        narrow -= 0.5
        lines = tighter
    return _at_a_mark(parts, min(ems, _UNLIKE * narrow)) or lines if len(lines) == 2 else lines


def _at_a_mark(parts: list[str], ems: float) -> list[str]:
    """Two lines of at most ``ems``, the first of which ends with a mark; none if none do."""
    cuts = [k for k in range(1, len(parts)) if parts[k - 1].rstrip().endswith(tuple(_MARKS))]
    pairs = [["".join(parts[:k]).strip(), "".join(parts[k:]).strip()] for k in cuts]
    fitting = [pair for pair in pairs if max(map(_ems, pair)) <= ems]
    return min(fitting, key=lambda pair: max(map(_ems, pair)), default=[])


def paragraph(text: str, cap: float, color: str, box: Box) -> VGroup:
    """``text`` wrapped into ``box``; a text with too many lines is set smaller until it fits."""
    face = fonts.find_face()
    while True:
        most = int(box.height / (cap * _LINE_HEIGHT) + 1e-6)
        lines = wrap(text, box.width * fonts.cap_height(face) / cap, most)
        if len(lines) * cap * _LINE_HEIGHT <= box.height + 1e-6 or cap < 0.1:
            break
        cap *= 0.99
    group = VGroup(*(Label(line, cap, color) for line in lines))
    height = cap * _LINE_HEIGHT
    middle = box.center
    top = middle[1] + height * (len(lines) - 1) / 2
    for row, label in enumerate(group):
        label.put(point(middle[0], top - row * height))
    return group

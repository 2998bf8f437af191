"""Formulas: Typst sources with coloured parts, and formulas with numbers plugged in."""

from __future__ import annotations

from collections.abc import Mapping

from manim import LEFT, MathTypst, VGroup, VMobject

from scenes.stage.page.fonts import typst_fonts
from scenes.stage.page.glyphs import Figure, GlyphSet
from scenes.stage.page.layout import Box, point

_LEADING = "#set par(leading: 0.35em)"  # the lines of a broken formula are close to each other
_PREAMBLE = f"#show math.equation: set text(weight: 450)\n{_LEADING}"
_INDENT = 0.8  # heights of a digit
_DIGIT_EMS, _EM_AT_48 = 0.666, 0.5  # New Computer Modern; manim sets 10 pt Typst as 48 pt


def formula(
    source: str, cap: float, ink: str, colors: Mapping[str, str] | None = None
) -> MathTypst:
    """``source`` (Typst mathematics) with digits ``cap`` units high.

    ``{{ … : name }}`` marks a part; ``colors`` gives the parts' colours by name.
    """
    size = 48 * cap / (_DIGIT_EMS * _EM_AT_48)
    made = MathTypst(
        source,
        font_size=size,
        color=ink,
        typst_preamble=_PREAMBLE,
        font_paths=typst_fonts(),
        use_svg_cache=False,  # manim does not scale strokes from it: fraction bars are too thin
    )
    for name, color in (colors or {}).items():
        made.select(name).set_color(color)
    return made


def widest_fitting(variants: list[VMobject], box: Box) -> VMobject:
    """The first of ``variants`` (fullest first) that is no wider than ``box``, else the last."""
    return next((each for each in variants if each.width <= box.width), variants[-1])


def fit(group: VGroup, box: Box, gap: float | None = None) -> VGroup:
    """Stack ``group`` in ``box`` from its top; shrink only what is wider than the box.

    ``gap`` is the space between the lines (default: the space that is free, within limits).
    """
    for part in group:
        if part.width > box.width:
            part.scale(box.width / part.width)
    margin = 0.0
    if gap is None:
        spare = box.height - sum(part.height for part in group)
        gap = min(0.35, max(0.12, spare / (len(group) + 1)))
        margin = gap / 2
    group.arrange(point(0.0, -1.0), buff=gap, aligned_edge=LEFT)
    group.move_to(point(box.left + group.width / 2, box.top - margin - group.height / 2))
    return group


class Substitution(VGroup):
    """Numbers plugged into a formula: coloured runs of glyphs that wrap within ``box``."""

    def __init__(self, runs: list[tuple[str, str]], glyphs: GlyphSet, box: Box) -> None:
        """``runs``: (text, colour) pairs; a line may break between two runs.

        A further line is indented, as far as its first run leaves room.
        """
        super().__init__()
        space, row = 0.45 * glyphs.cap, 1.9 * glyphs.cap
        x, y = box.left, box.top - glyphs.cap
        for text, color in runs:
            width = glyphs.width(text)
            if x > box.left and x + width > box.right + 1e-6:
                indent = min(_INDENT * glyphs.cap, max(box.width - width, 0.0))
                x, y = box.left + indent, y - row
            self.add(Figure(glyphs, color, point(x, y), LEFT, text))
            x += width + space

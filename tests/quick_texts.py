"""Texts read in a fifth of the time that manim takes: each glyph is read once, and then copied.

To build its texts takes half of the time of a film that is played undrawn. Nothing else differs:
tests/test_quick_texts.py compares all numbers of such texts with those of manim's, bit by bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch
from xml.etree import ElementTree

import numpy as np
import svgelements
from manim import RIGHT, Text
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

_theirs = Text.generate_mobject
_FILL = re.compile(r"fill:(rgb\([^)]*\));fill-opacity:1;")
_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


@cache
def _glyph(outline: str, fill: str) -> tuple[VMobjectFromSVGPath, np.ndarray]:
    """A glyph at its own origin, and which of its curves (n,) are straight lines."""
    glyph = VMobjectFromSVGPath(svgelements.Path(outline))
    glyph.set_style(
        stroke_width=0,
        stroke_color=None,
        stroke_opacity=None,
        fill_color=svgelements.Color(fill).hexrgb,
        fill_opacity=1.0,
    )
    vars(glyph).pop("path_obj")  # no film uses it, and it is most of what a copy would copy
    start, one, two, end = glyph.points.reshape(-1, 4, 3).swapaxes(0, 1)
    straight = (one == (start + start + end) / 3) & (two == (start + end + end) / 3)
    return glyph, straight.all(axis=1)


def _glyphs(svg: ElementTree.Element) -> list[tuple[str, str, np.ndarray]]:
    """Outline, fill and place of each glyph; nothing if the SVG has another form.

    (cairo 1.18 writes other elements. manim reads them then.)
    """
    symbols = list(svg.iter(f"{_SVG}symbol"))
    outlines = {f"#{each.get('id')}": each[0].get("d", "") for each in symbols}
    known = len(symbols) == len(list(svg.iter(f"{_SVG}path")))
    found = []
    for group in svg.iter(f"{_SVG}g"):
        fill = _FILL.fullmatch(group.get("style", ""))
        for use in group.findall(f"{_SVG}use"):
            if not (known and fill and use.get(_LINK) in outlines):
                return []
            place = np.array([float(use.get("x", 0)), float(use.get("y", 0)), 0.0])
            found.append((outlines[use.attrib[_LINK]], fill[1], place))
    return found


def _read(self: Text) -> Text:
    """In the place of ``generate_mobject``."""
    if not (glyphs := _glyphs(ElementTree.parse(self.get_file_path()).getroot())):
        return _theirs(self)
    for outline, fill, place in glyphs:
        if not outline:
            continue  # a space
        found, straight = _glyph(outline, fill)
        glyph = found.copy()
        glyph.points = found.points + place
        # manim moves the ends of a line, and then divides it.
        start, one, two, end = glyph.points.reshape(-1, 4, 3).swapaxes(0, 1)
        one[straight] = ((start + start + end) / 3)[straight]
        two[straight] = ((start + end + end) / 3)[straight]
        self.add(glyph)
    self.id_to_vgroup_dict = {}
    return self.flip(RIGHT)


@contextmanager
def quick_texts() -> Iterator[None]:
    """Within the block texts are read like this."""
    with patch.object(Text, "generate_mobject", _read):
        yield

"""Texts read in a fifth of the time that manim takes: each glyph is read once, and then copied.

To build its texts takes half of the time of a film that is played undrawn. Nothing else differs:
tests/test_quick_texts.py compares all numbers of such texts with those of manim's, bit by bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch
from xml.etree import ElementTree

import numpy as np
import svgelements
from manim import RIGHT, Text
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

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


def _read(self: Text) -> Text:
    """In the place of ``generate_mobject``, for an SVG of Pango: glyphs that are used at places."""
    tree = ElementTree.parse(self.get_file_path())
    outlines = {f"#{it.get('id')}": it[0].get("d") for it in tree.iter(f"{_SVG}symbol")}
    for group in tree.iter(f"{_SVG}g"):
        for use in group.findall(f"{_SVG}use"):
            if not (outline := outlines[use.attrib[_LINK]]):
                continue  # a space
            fill = group.attrib["style"].split(";")[0].removeprefix("fill:")
            found, straight = _glyph(outline, fill)
            glyph = found.copy()
            place = np.array([float(use.attrib["x"]), float(use.attrib["y"]), 0.0])
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

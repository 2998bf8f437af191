"""How much of each pixel a fill covers, kept while only its colour changes.

In a dissolve hundreds of glyphs change their opacity. cairo needs 25 µs to find what a glyph
covers, and 3 µs to blend a colour through that mask. For a translucent colour the pixels are the
same either way, since cairo itself then uses a mask. For an opaque colour cairo rounds in another
way.
"""

from __future__ import annotations

import math
from typing import Any

import cairo
from manim import VMobject
from manim.camera.camera import Camera

OPAQUE = 0.99  # cairo takes an opacity of 0.9961 for 1
LARGE = 200 * 256  # pixels of a mask: larger masks save less, from half a million on nothing


def is_translucent(mobject: VMobject) -> bool:
    """Whether it is filled with a single colour that is not opaque."""
    rgbas = mobject.get_fill_rgbas()
    return len(rgbas) == 1 and bool(rgbas[0][3] < OPAQUE)


class Mask:
    """What a fill of the path in cairo's `context` covers; `context` draws on an ``ImageSurface``.

    It is valid while neither the path nor the context's matrix changes.
    """

    def __init__(self, context: Any) -> None:
        self._mask: cairo.ImageSurface | None = None  # None: pixels would differ, or time be lost
        matrix, page = context.get_matrix(), context.get_target()
        context.identity_matrix()
        left, top, right, bottom = context.path_extents()
        self._left, self._top = math.floor(left), math.floor(top)
        width, height = math.ceil(right) - self._left, math.ceil(bottom) - self._top
        inside = min(self._left, self._top) >= 0 and (
            right <= page.get_width() and bottom <= page.get_height()
        )
        if inside and 0 < width * height <= LARGE:
            # The path in pixels: cairo has rounded it already, and it is moved by whole pixels.
            path = context.copy_path()
            self._mask = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
            mask = cairo.Context(self._mask)
            mask.translate(-self._left, -self._top)
            mask.append_path(path)
            mask.fill()
        context.set_matrix(matrix)

    def paint(self, camera: Camera, context: Any, mobject: VMobject) -> bool:
        """Blend the fill colour of `mobject` through the mask; False if that is not possible."""
        if self._mask is None:
            return False
        camera.set_cairo_context_color(context, mobject.get_fill_rgbas(), mobject)
        matrix = context.get_matrix()
        context.identity_matrix()
        context.mask_surface(self._mask, self._left, self._top)
        context.set_matrix(matrix)
        return True

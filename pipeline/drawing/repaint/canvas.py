"""The canvas: kept from frame to frame instead of being drawn anew by manim's camera.

Two layers lie over the page: the *static* one holds what a play leaves alone, the *frame* what it
may move. manim works with the same two, but paints both whole; where this file cannot tell what a
drawing depends on, it lets manim's own functions do it and keeps the reason.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from typing import Any, TypeGuard

import numpy as np
from manim import Mobject, VMobject
from manim.camera.camera import Camera
from manim.camera.moving_camera import MovingCamera

from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.repaint.display_order import displayed
from pipeline.drawing.repaint.layer import Layer
from pipeline.drawing.repaint.shown import Shown, is_known
from pipeline.job.region import Region
from pipeline.job.sink import Frame

log = logging.getLogger(__name__)

# What decides a camera's pixels. A camera that has its own idea of any of them draws for itself.
_DECISIVE = (
    "capture_mobjects", "reset", "set_frame_to_background", "set_pixel_array",
    "get_mobjects_to_display", "get_cairo_context", "display_multiple_vectorized_mobjects",
    "display_multiple_non_background_colored_vmobjects", "display_vectorized",
    "set_cairo_context_path", "set_cairo_context_color", "apply_fill", "apply_stroke",
    "get_stroke_rgbas", "get_fill_rgbas", "transform_points_pre_display", "type_or_raise",
)  # fmt: skip


class Canvas:
    """The camera's own pixel array: frames are painted into it, each as manim's camera would."""

    def __init__(self, camera: CheckedCamera) -> None:
        self._camera = camera
        self.reasons: list[str] = []  # why manim's camera had to draw, each reason once
        own = _own_idea(camera)
        if own is not None:
            self._note(f"{type(camera).__name__} has a {own} of its own")
        self._fast = own is None
        self._drawings = -1
        self._below: Region  # where the static layer has changed since the last frame
        self._page_digest: bytes
        self._begin()

    def lay(self, mobjects: Sequence[Mobject]) -> Frame | None:
        """Draw a play's static mobjects; return the picture, None without any.

        The renderer keeps it as manim's ``static_image``, for scenes that draw by themselves.
        """
        camera = self._camera
        if not self._fast:
            return self._lay_by_manim(mobjects)
        shown = displayed(camera, mobjects)
        self._begin_anew_if_resized()
        self._bare = not mobjects
        self._below.add(self._show(self._static, self._page, self._turn_page(), shown))
        return self._static.pixels if mobjects else None

    @property
    def pixels(self) -> Frame:
        """What was painted last; the next frame is painted into the same array."""
        pixels: Any = self._camera.pixel_array  # manim's annotation does not say: of bytes
        shown: Frame = pixels
        return shown

    def paint(self, mobjects: Iterable[Mobject], static: Frame | None) -> Region:
        """Paint a frame over `static` (as returned by `lay`); return where it may have changed."""
        camera = self._camera
        if not self._fast:
            return self._draw_by_manim(mobjects, static)
        self._begin_anew_if_resized()
        if static is None and not (self._bare and camera.background is self._seen):
            self.lay([])  # without static mobjects manim shows the page of this very moment
        if camera.drawings != self._drawings:
            self._frame.forget()  # the scene drew on the canvas by itself
            self._drawings = camera.drawings
        shown = displayed(camera, mobjects)
        changed = self._show(self._frame, self._static.pixels, self._below, shown)
        self._below = self._nothing()
        return changed

    @property
    def tells(self) -> bool:
        """Whether it can be told what decides a frame: not of a camera with ideas of its own."""
        return self._fast and is_known(type(self._camera), *_DECISIVE)

    @property
    def content(self) -> Shown | None:
        """All that decides the frame drawn last; None if manim's camera had to draw."""
        below, above = self._static.content, self._frame.content
        if not self.tells or below is None or above is None:
            return None
        if not self._page_digest:
            self._page_digest = hashlib.sha256(self._page.data).digest()
        return self._page_digest, below, above

    def paint_layers(self, static: bool, frame: bool) -> None:
        """Which layers are painted from now on; of the others only the `content` is kept."""
        if frame and not self._frame.paints:
            self._frame.forget()  # who knows what has changed below meanwhile
        self._static.paints, self._frame.paints = static, frame

    def _begin(self) -> None:
        camera = self._camera
        pixels: Any = camera.pixel_array  # manim's annotation does not say that it is of bytes
        height, width = pixels.shape[:2]
        self._frame = Layer(camera, pixels)
        self._static = Layer(camera, np.array(pixels, dtype=np.uint8))
        self._page: Frame = np.array(camera.background, dtype=np.uint8)
        self._page_digest = b""  # made when it is asked for
        self._below = Region(width, height, full=True)
        self._seen: object = None  # the array that was last copied to the page
        self._bare = False  # whether the static layer shows the page alone

    def _begin_anew_if_resized(self) -> None:
        if id(self._camera.pixel_array) != id(self._frame.pixels):
            self._begin()

    def _turn_page(self) -> Region:
        """Take over the camera's background if it is another one by now."""
        background: Any = self._camera.background
        self._seen = background
        if np.array_equal(background, self._page):
            return self._nothing()
        self._page[...] = background
        self._page_digest = b""
        return Region(self._below.width, self._below.height, full=True)

    def _nothing(self) -> Region:
        return Region(self._below.width, self._below.height)

    def _show(self, layer: Layer, base: Frame, below: Region, mobjects: list[Mobject]) -> Region:
        outlines = [mobject for mobject in mobjects if _is_outline(mobject)]
        if len(outlines) < len(mobjects):
            strange = next((m for m in mobjects if not _is_outline(m) and _shows(m)), None)
            if strange is not None:
                self._note(f"{type(strange).__name__} is no plain outline")
                return layer.draw_by_manim(base, mobjects)
        return layer.draw(base, below, outlines)

    def _lay_by_manim(self, mobjects: Sequence[Mobject]) -> Frame | None:
        if not mobjects:
            return None
        self._draw_by_manim(mobjects, None)
        return np.array(self._camera.pixel_array, dtype=np.uint8)

    def _draw_by_manim(self, mobjects: Iterable[Mobject], static: Any) -> Region:
        """As manim's ``CairoRenderer.update_frame``."""
        camera = self._camera
        if static is None:
            camera.reset()
        else:
            camera.set_frame_to_background(static)
        camera.capture_mobjects(mobjects)
        height, width = camera.pixel_array.shape[:2]
        return Region(width, height, full=True)

    def _note(self, reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)
            log.debug("drawn by manim's camera: %s", reason)


def _is_outline(mobject: Mobject) -> TypeGuard[VMobject]:
    return isinstance(mobject, VMobject) and not mobject.get_background_image()


def _shows(mobject: Mobject) -> bool:
    """Whether manim paints it at all: a plain Mobject (a ValueTracker) has points, but no look."""
    from manim.mobject.types.image_mobject import AbstractImageMobject
    from manim.mobject.types.point_cloud_mobject import PMobject

    return isinstance(mobject, (VMobject, PMobject, AbstractImageMobject))


def _own_idea(camera: Camera) -> str | None:
    """The name of a decisive method that is not one of the cameras known here, if any."""
    known = (Camera, MovingCamera, CheckedCamera)
    for name in _DECISIVE:
        if name in vars(camera) or not any(
            getattr(type(camera), name) is getattr(cls, name) for cls in known
        ):
            return name
    return None

"""Keeps the canvas from frame to frame and repaints it, instead of drawing each frame from nothing.

Two layers are on the page: the *static* layer has what a play does not move, the *frame* layer what
it may move. manim has the same two, but paints both completely. Where it is not known what a
drawing depends on, manim's own functions draw, and the reason is recorded.
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

# The methods that a camera's pixels depend on. manim's functions draw for a camera that overrides
# one of them.
_PIXEL_METHODS = (
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
        overridden = _overridden(camera)
        if overridden is not None:
            self._note(f"{type(camera).__name__} has a {overridden} of its own")
        self._fast = overridden is None
        self._drawings = -1
        self._fixed: object = None  # the pixel array whose view is settled
        self._below: Region  # where the static layer has changed since the last frame
        self._page_digest: bytes
        # The camera's `drawings` when a play's static picture was painted; None after a frame.
        self._static_drawn: int | None
        self._begin()

    def draw_as_manim(self, reason: str) -> None:
        """From now on manim's functions draw, so the camera's array is at all times as in manim."""
        if not self._fast:
            return
        self._note(reason)
        self._fast = False
        if self._static_drawn == self._camera.drawings:  # manim paints it into the same array
            self._camera.pixels[...] = self._static.pixels

    def paint_static(self, mobjects: Sequence[Mobject]) -> Frame | None:
        """Paint the static mobjects of a play; return the picture, None if there are no mobjects.

        The renderer keeps it as manim's ``static_image``, for scenes that draw by themselves.
        """
        camera = self._camera
        if not self._fast:
            return self._paint_static_by_manim(mobjects)
        shown = displayed(camera, mobjects)
        self._begin_again_if_resized()
        self._bare = not mobjects
        self._static_drawn = camera.drawings if mobjects else None
        self._below.add(self._show(self._static, self._page, self._update_page(), shown))
        return self._static.pixels if mobjects else None

    @property
    def is_prepared(self) -> bool:
        """Whether the view of the drawings is settled; see `prepare`."""
        # A moving camera looks through its frame anew for each drawing.
        return self._fixed is self._camera.pixels or isinstance(self._camera, MovingCamera)

    def prepare(self, mobjects: Sequence[Mobject]) -> None:
        """Settle the view of all drawings, if manim would make its first drawing now.

        manim's camera keeps the matrix with which it draws its first outline, whatever happens to
        the frame's centre and size later. To be called wherever manim draws, also if nothing is
        drawn here.
        """
        camera = self._camera
        if self.is_prepared or not any(map(_is_outline, displayed(camera, mobjects))):
            return
        self._begin_again_if_resized()
        for pixels in (camera.pixels, self._static.pixels):
            camera.get_cairo_context(pixels)
        self._fixed = camera.pixels

    @property
    def pixels(self) -> Frame:
        """What was painted last; the next frame is painted into the same array."""
        shown: Frame = self._camera.pixels
        return shown

    def paint(self, mobjects: Iterable[Mobject], static: Frame | None) -> Region:
        """Paint a frame over `static`, from `paint_static`; return where it may have changed."""
        camera = self._camera
        if not self._fast:
            return self._draw_by_manim(mobjects, static)
        self._begin_again_if_resized()
        if static is None and not (self._bare and camera.background is self._seen):
            self.paint_static([])  # without static mobjects manim shows the current page
        if camera.drawings != self._drawings:
            self._frame.forget()  # the scene itself drew on the canvas
            self._drawings = camera.drawings
        self._static_drawn = None
        shown = displayed(camera, mobjects)
        changed = self._show(self._frame, self._static.pixels, self._below, shown)
        self._below = self._nothing()
        return changed

    def paint_apart(self, mobjects: Iterable[Mobject], static: Frame | None) -> None:
        """Paint a frame that nobody is shown: all of the next one counts as changed."""
        self.paint(mobjects, static)
        self._frame.forget()

    @property
    def has_content(self) -> bool:
        """Whether frames can have a `content`: not if the camera overrides a method."""
        return self._fast and is_known(type(self._camera), *_PIXEL_METHODS)

    @property
    def content(self) -> Shown | None:
        """What the pixels of the last frame depend on; None if manim's camera drew it."""
        below, above = self._static.content, self._frame.content
        if not self.has_content or below is None or above is None:
            return None
        if not self._page_digest:
            self._page_digest = hashlib.sha256(self._page.data).digest()
        return self._page_digest, below, above

    def paint_layers(self, static: bool, frame: bool) -> None:
        """Choose which layers are painted from now on. For the others only `content` is updated."""
        if frame and not self._frame.paints:
            self._frame.forget()  # the layer below may have changed meanwhile
        self._static.paints, self._frame.paints = static, frame

    def _begin(self) -> None:
        camera = self._camera
        pixels = camera.pixels
        height, width = pixels.shape[:2]
        self._frame = Layer(camera, pixels)
        self._static = Layer(camera, np.array(pixels, dtype=np.uint8))
        self._page: Frame = np.array(camera.background, dtype=np.uint8)
        self._page_digest = b""  # computed when it is needed
        self._below = Region(width, height, full=True)
        self._seen: object = None  # the array that was last copied to the page
        self._bare = False  # whether the static layer shows only the page
        self._static_drawn = None

    def _begin_again_if_resized(self) -> None:
        if id(self._camera.pixels) != id(self._frame.pixels):
            self._begin()

    def _update_page(self) -> Region:
        """Copy the camera's background if it has changed; return where."""
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
                self._note(f"{type(strange).__name__} is not a plain outline")
                return layer.draw_by_manim(base, mobjects)
        return layer.draw(base, below, outlines)

    def _paint_static_by_manim(self, mobjects: Sequence[Mobject]) -> Frame | None:
        if not mobjects:
            return None
        self._draw_by_manim(mobjects, None)
        return np.array(self._camera.pixels, dtype=np.uint8)

    def _draw_by_manim(self, mobjects: Iterable[Mobject], static: Any) -> Region:
        """As manim's ``CairoRenderer.update_frame``."""
        camera = self._camera
        with camera.drawing():
            if static is None:
                camera.reset()
            else:
                camera.set_frame_to_background(static)
            camera.capture_mobjects(mobjects)
        height, width = camera.pixels.shape[:2]
        return Region(width, height, full=True)

    def _note(self, reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)
            log.debug("drawn by manim's camera: %s", reason)


def _is_outline(mobject: Mobject) -> TypeGuard[VMobject]:
    return isinstance(mobject, VMobject) and not mobject.get_background_image()


def _shows(mobject: Mobject) -> bool:
    """Whether manim paints it: a plain Mobject (a ValueTracker) has points, but is not painted."""
    from manim.mobject.types.image_mobject import AbstractImageMobject
    from manim.mobject.types.point_cloud_mobject import PMobject

    return isinstance(mobject, (VMobject, PMobject, AbstractImageMobject))


def _overridden(camera: Camera) -> str | None:
    """The name of a method that the camera overrides; None if it overrides none of them."""
    known = (Camera, MovingCamera, CheckedCamera)
    for name in _PIXEL_METHODS:
        if name in vars(camera) or not any(
            getattr(type(camera), name) is getattr(cls, name) for cls in known
        ):
            return name
    return None

"""The camera that the scene asks for, in a subclass of ours.

It corrects two faults of manim's cameras, and tells when the scene reads its picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from manim import Mobject, VMobject, config, logger
from manim.camera.camera import Camera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.mobject.types.point_cloud_mobject import PMobject

from pipeline.drawing.repaint.extent import FAR, visible_parts
from pipeline.job.errors import Explained
from pipeline.job.result import Notice


class BadCoordinate(Explained, ValueError):
    """A visible mobject has a coordinate that is not finite: manim leaves it out in silence."""


class CheckedCamera(Camera):
    """Checks the coordinates of what is painted; premultiplies a transparent background.

    manim keeps the background's full colour at any opacity, but cairo blends premultiplied pixels,
    so the colour would show through every soft edge.

    `pixels` is the array of manim's `pixel_array`. Our code uses it directly. Whoever else takes
    `pixel_array` may read the picture: `on_read` is called before.
    """

    pixels: Any  # a Frame; manim annotates arrays of integers
    on_read: Callable[[], object] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.drawings = 0
        super().__init__(*args, **kwargs)

    @property
    def pixel_array(self) -> Any:
        """As manim's: also `get_image` of the camera and `get_frame` of the renderer take it."""
        if self.on_read is not None:
            self.on_read()
        return self.pixels

    @pixel_array.setter
    def pixel_array(self, pixels: Any) -> None:
        self.pixels = pixels

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Within the block manim's functions draw: nobody reads the picture."""
        before, self.on_read = self.on_read, None
        try:
            yield
        finally:
            self.on_read = before

    def init_background(self) -> None:
        super().init_background()
        background: Any = self.background
        if self.background_image is None and config.background_opacity < 1:
            background[..., :3] = (background[..., :3] * self.background_opacity).round()

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """As manim's. `drawings` counts the calls, so the canvas notices drawing by other code."""
        self.drawings += 1
        with self.drawing():
            super().set_pixel_array(*args, **kwargs)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """As manim's; counted like `set_pixel_array`."""
        self.drawings += 1
        with self.drawing():
            super().capture_mobjects(mobjects, **kwargs)

    def get_mobjects_to_display(
        self, mobjects: Iterable[Mobject], *args: Any, **kwargs: Any
    ) -> list[Mobject]:
        """As manim's, but checks every coordinate; the cost is too small to measure."""
        shown = super().get_mobjects_to_display(mobjects, *args, **kwargs)
        self.check(shown)
        return shown

    def check(self, shown: Iterable[Mobject]) -> None:
        """Check the coordinates of mobjects that are painted.

        Raises `BadCoordinate` for nan and infinity. Warns of a mobject that is in the frame and
        reaches so far out of it that cairo's fixed-point numbers may show it wrong, as in manim.
        """
        near = FAR * self.frame_width / self.pixel_width
        for mobject in shown:
            # One comparison finds nan (never smaller), inf and coordinates that are far away.
            if not np.abs(mobject.points).max(initial=0.0) < near and _is_visible(mobject):
                self._check_far(mobject, near)

    def _check_far(self, mobject: Mobject, near: float) -> None:
        if not np.isfinite(mobject.points).all():
            raise BadCoordinate(
                "{mobject} cannot be drawn: a coordinate is nan or infinite", mobject=str(mobject)
            )
        away = np.abs(mobject.points - self.frame_center)[:, :2].max()
        if away >= near and self.is_in_frame(mobject):
            logger.warning(
                Notice(
                    "{mobject} reaches more than {near} units out of the frame: manim draws it "
                    "wrong if that is too far; clip it at the frame",
                    mobject=str(mobject),
                    near=f"{near:.0f}",
                )
            )


def _is_visible(mobject: Mobject) -> bool:
    """Whether manim paints it. A plain Mobject, such as a ValueTracker, is not painted."""
    if isinstance(mobject, VMobject):
        return any(visible_parts(mobject))
    return isinstance(mobject, (PMobject, AbstractImageMobject))


def checked(camera_class: Callable[[], Camera]) -> Callable[[], CheckedCamera]:
    """What makes the camera that `camera_class` makes, with our checks.

    A scene asks for a class, or for any function that returns a camera.
    """
    if isinstance(camera_class, type):
        return _checked_class(camera_class)

    def make() -> CheckedCamera:
        camera: Any = camera_class()
        camera.__class__ = _checked_class(type(camera))
        camera.pixels = vars(camera).pop("pixel_array")
        camera.drawings = 0
        camera.init_background()
        camera.reset()
        made: CheckedCamera = camera
        return made

    return make


def _checked_class(wanted: type[Camera]) -> type[CheckedCamera]:
    if wanted is Camera:
        return CheckedCamera
    return type(f"Checked{wanted.__name__}", (CheckedCamera, wanted), {})

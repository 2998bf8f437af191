"""Two faults of manim's cameras, corrected in a subclass of the camera that the scene asks for."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Mobject, Scene
from manim.camera.camera import Camera

from pipeline.job.errors import Explained

# Cairo uses fixed-point numbers. A path that reaches farther than about 200,000 pixels is drawn
# wrong without an error, also in the part that the frame shows.
REACH = 150_000  # pixels from the scene's origin


class BadCoordinate(Explained, ValueError):
    """A mobject has a coordinate that is not finite, or reaches too far out of the frame."""


class CheckedCamera(Camera):
    """Raises for coordinates that cairo cannot draw; clears a transparent background completely.

    manim keeps the background's colour at opacity zero, but cairo blends premultiplied pixels, so
    the colour would show through every soft edge.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.drawings = 0
        super().__init__(*args, **kwargs)

    def init_background(self) -> None:
        super().init_background()
        background = self.background
        assert background is not None
        if self.background_opacity == 0:
            background[:] = 0

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """As manim's. `drawings` counts the calls, so the canvas notices drawing by other code."""
        self.drawings += 1
        super().set_pixel_array(*args, **kwargs)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """As manim's; counted like `set_pixel_array`."""
        self.drawings += 1
        super().capture_mobjects(mobjects, **kwargs)

    def get_mobjects_to_display(
        self, mobjects: Iterable[Mobject], *args: Any, **kwargs: Any
    ) -> list[Mobject]:
        """As manim's, but checks every coordinate; the cost is too small to measure."""
        shown = super().get_mobjects_to_display(mobjects, *args, **kwargs)
        self.check(shown)
        return shown

    def check(self, shown: Iterable[Mobject]) -> None:
        """Raise `BadCoordinate` for a mobject that cairo would draw wrong without an error."""
        reach = REACH * self.frame_width / self.pixel_width
        for mobject in shown:
            # One comparison finds nan (never smaller), inf and coordinates that are too far away.
            if not np.abs(mobject.points).max(initial=0.0) < reach:
                self._refuse(mobject, reach)

    def _refuse(self, mobject: Mobject, reach: float) -> None:
        """Raise, unless all of the mobject is outside the frame and finite."""
        if not np.isfinite(mobject.points).all():
            raise BadCoordinate(
                "{mobject} cannot be drawn: a coordinate is nan or infinite", mobject=str(mobject)
            )
        if self.is_in_frame(mobject):
            raise BadCoordinate(
                "{mobject} cannot be drawn: it is in the frame and reaches more than "
                "{reach:.0f} units away; clip it at the frame",
                mobject=str(mobject),
                reach=reach,
            )


def camera_class_for(scene_class: type[Scene]) -> type[CheckedCamera]:
    """The camera that the scene's class asks for in its constructor, with our checks."""
    wanted: type[Camera] = Camera
    for base in scene_class.__mro__:
        parameter = inspect.signature(base).parameters.get("camera_class")
        if parameter is not None and isinstance(parameter.default, type):
            wanted = parameter.default
            break
    if wanted is Camera:
        return CheckedCamera
    return type(f"Checked{wanted.__name__}", (CheckedCamera, wanted), {})

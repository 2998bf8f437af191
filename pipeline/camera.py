"""Two hazards of manim's cameras, mended in a subclass of whichever camera a scene wants."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Mobject, Scene
from manim.camera.camera import Camera

from .errors import PipelineError

# Cairo's coordinates are 24.8 fixed point; beyond this a path silently loses its shape.
MAX_COORDINATE = 1e5  # scene units: 13 million pixels at 1080p


class BadCoordinate(PipelineError):
    """A mobject holds a coordinate that is not finite or too large to be drawn."""


class CheckedCamera(Camera):
    """Refuses what cairo would silently not draw, and clears a transparent background fully.

    manim keeps the background's colour under zero opacity, but cairo blends premultiplied
    pixels: the colour would shine through every soft edge.
    """

    def init_background(self) -> None:
        super().init_background()
        background = self.background
        assert background is not None
        if self.background_opacity == 0:
            background[:] = 0

    def get_mobjects_to_display(
        self, mobjects: Iterable[Mobject], *args: Any, **kwargs: Any
    ) -> list[Mobject]:
        """As manim's, after a look at every coordinate (2 % of the drawing time)."""
        shown = super().get_mobjects_to_display(mobjects, *args, **kwargs)
        for mobject in shown:
            # One comparison settles nan (never smaller), inf and the merely huge.
            if not np.abs(mobject.points).max(initial=0.0) < MAX_COORDINATE:
                raise BadCoordinate(
                    f"{mobject} cannot be drawn: a coordinate is nan, infinite or beyond "
                    f"{MAX_COORDINATE:g} units"
                )
        return shown


def camera_class_for(scene_class: type[Scene]) -> type[Camera]:
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

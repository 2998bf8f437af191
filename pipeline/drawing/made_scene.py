"""Makes a scene as manim's command does, but with a renderer of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from manim import Scene
from manim.camera.camera import Camera
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene import scene as module

from pipeline.drawing.repaint.camera import CheckedCamera, checked
from pipeline.job.errors import SceneFailed

Factory = Callable[[Callable[[], CheckedCamera]], CairoRenderer]


def made_scene(kind: type[Scene], arguments: Mapping[str, Any], renderer: Factory) -> Scene:
    """``kind(**arguments)``, whose renderer is ``renderer(camera)``; `camera` makes its camera.

    No renderer is passed on: a scene's constructor need not take one. `Scene.__init__` makes one
    itself, with the camera that the scene asks for in any way, and gets ours.

    Raises `SceneFailed` for a scene that brings its own renderer.
    """
    made: list[CairoRenderer] = []

    def make(camera_class: Callable[[], Camera], **_: object) -> CairoRenderer:
        made.append(renderer(checked(camera_class)))
        return made[-1]

    names = vars(module)
    names["CairoRenderer"] = make
    try:
        scene = kind(**arguments)
    finally:
        names["CairoRenderer"] = CairoRenderer
    if not any(scene.renderer is each for each in made):
        raise SceneFailed(
            "scene {name} has a renderer of its own; leave it out", name=kind.__name__
        )
    return scene

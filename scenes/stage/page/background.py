"""The page that everything is drawn on."""

from __future__ import annotations

from manim import Camera, ManimColor, Scene

from scenes.catalogue.theme import Theme


def lay_page(scene: Scene, theme: Theme) -> None:
    """Give the scene's camera the theme's background, or none in a transparent theme."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    camera.background_color = ManimColor(theme.background)
    camera.background_opacity = 0.0 if theme.transparent else 1.0
    camera.init_background()

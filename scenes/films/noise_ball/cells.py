"""What is said of each rate beside the chart: the rate, the exact spread and the measured one."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup

from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point

_ROW = 1.9  # heights of a capital


def cell(scene: FilmScene, box: Box, rows: Sequence[tuple[Sequence[str], str]]) -> VGroup:
    """Rows of text in ``box``: of each its texts, the fullest first, and its colour."""
    cap, group = scene.layout.scale.label, VGroup()
    for row, (texts, color) in enumerate(rows):
        made = (scene.label(text, color) for text in texts)
        chosen = next((label for label in made if label.width <= box.width), None)
        label = chosen or scene.label(texts[-1], color)
        group.add(label.put(point(box.left, box.top - (0.6 + _ROW * row) * cap), LEFT))
    return group

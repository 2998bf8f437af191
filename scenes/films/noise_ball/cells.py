"""What is said of each rate beside the chart: the rate, the exact spread and the measured one."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup

from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point

_ROW = 1.9  # heights of a capital


def cell(scene: FilmScene, box: Box, rows: Sequence[tuple[Sequence[str], str]]) -> VGroup:
    """Rows of text in ``box``: of each its texts, the fullest first, and its colour.

    A text may have more than one line.
    """
    cap, group, row = scene.layout.scale.label, VGroup(), 0
    for texts, color in rows:
        made = [[scene.label(line, color) for line in text.split("\n")] for text in texts]
        fitting = (lines for lines in made if max(line.width for line in lines) <= box.width)
        chosen = next(fitting, made[-1])
        for label in chosen:
            label.put(point(box.left, box.top - (0.6 + _ROW * row) * cap), LEFT)
            row += 1
        group.add(*chosen)
    return group

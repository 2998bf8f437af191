"""What is said of each rate beside the chart: the rate, the exact spread and the measured one."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup

from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point

_ROW, _BETWEEN = 1.9, 0.3  # of a row: heights of a capital; what parts two boxes, in rows


def cell(scene: FilmScene, box: Box, rows: Sequence[tuple[Sequence[str], str]]) -> VGroup:
    """Rows of text in ``box``: of each its texts, the fullest first, and its colour.

    A text may have more than one line; lines that are too many for ``box`` stand closer together.
    """
    cap, group = scene.layout.scale.label, VGroup()
    for texts, color in rows:
        made = [[scene.label(line, color) for line in text.split("\n")] for text in texts]
        fitting = (lines for lines in made if max(line.width for line in lines) <= box.width)
        group.add(*next(fitting, made[-1]))
    pitch = min(_ROW * cap, box.height / (len(group) + _BETWEEN))
    for row, label in enumerate(group):
        label.put(point(box.left, box.top - 0.6 * cap - row * pitch), LEFT)
    return group

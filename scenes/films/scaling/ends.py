"""The results side by side: three descents on one map, their lines, and their costs."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, math_glyphs
from scenes.stage.page.layout import Box, Scale, point

_ROW = 2.3  # in heights of a capital
NAMES = ("x", "x - overline(x)", "(x - overline(x)) \\/ sigma")
"""The inputs of the three parametrisations, as formulas."""


class CostTable(VGroup):
    """A row for each parametrisation: its inputs, and the cost at the end."""

    def __init__(
        self, costs: Sequence[str], colors: Sequence[str], box: Box, theme: Theme, scale: Scale
    ) -> None:
        super().__init__()
        cap = scale.label
        y = box.top - cap
        head: VMobject = formula("J", cap, theme.cost)
        self.add(head.move_to(point(box.right, y), aligned_edge=RIGHT))
        for source, text, color in zip(NAMES, costs, colors, strict=True):
            y -= _ROW * cap
            name = formula(source, cap, color)
            self.add(name.move_to(point(box.left, y), aligned_edge=LEFT))
            self.add(Figure(math_glyphs(cap), color, point(box.right, y), RIGHT, text))

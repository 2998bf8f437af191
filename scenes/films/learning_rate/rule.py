"""What an update does to the error, as formulas."""

from __future__ import annotations

from manim import RIGHT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.layout import Box, point

_SHARE = 0.68  # of the room's width: the line of the factors passes at the left


def factor_rule(curvature: float, room: Box, theme: Theme, cap: float) -> VGroup:
    """The rule of the error, and L with its value below it, in ``room`` at the upper right."""
    factor, error = "(1 - {{ L : l }} alpha)", "{{ w : a }} - w^*"
    hues = {"l": theme.cost, "a": theme.point}
    sources = [
        (f"{error} <- {factor} ({{{{ w : b }}}} - w^*)", {**hues, "b": theme.point}),
        (f"e <- {factor} thin e quad e = {error}", hues),
        (f"e <- {factor} thin e", {"l": theme.cost}),
    ]
    made = [formula(source, cap, theme.ink, colors) for source, colors in sources]
    rule = widest_fitting([*made], Box(0, 0, _SHARE * room.width, 1))
    size = formula(f"L = 2 thin overline(x^2) = {maths(short(curvature))}", cap, theme.cost)
    group = VGroup(rule, size).arrange(point(0, -1), buff=0.5 * cap, aligned_edge=RIGHT)
    corner = point(room.right - 0.3 * cap, room.top - 0.3 * cap)
    return group.shift(corner - group.get_corner(point(1, 1)))

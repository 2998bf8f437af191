"""The three costs side by side."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.glyphs import Figure, math_glyphs
from scenes.stage.page.layout import Box, Scale, point

_GAP = 1.3  # between rows, in heights of a capital; less if there is no room
NAMES = (
    ("x",),
    ("x - overline(x)",),
    ("(x - overline(x)) \\/ sigma", "(x - overline(x))/sigma"),
)
"""The inputs of the three parametrisations, as formulas; a longer one also in a narrow form."""


class CostTable(VGroup):
    """A row for each parametrisation: its inputs, and the cost at the end.

    With ``apart`` the cost has a row of its own. ``fits`` says whether no row is too wide.
    """

    def __init__(
        self, costs: Sequence[str], colors: Sequence[str], box: Box, theme: Theme, scale: Scale,
        apart: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        cap = scale.label
        figures = [
            Figure(math_glyphs(cap), color, text=text, side=RIGHT)
            for text, color in zip(costs, colors, strict=True)
        ]
        widest = max(figure.width for figure in figures)
        room = box if apart else box.inset(right=widest + cap)
        names: list[VMobject] = [
            widest_fitting([formula(form, cap, color) for form in forms], room)
            for forms, color in zip(NAMES, colors, strict=True)
        ]
        self.fits = max(name.width for name in names) <= room.width and widest <= box.width
        head: VMobject = formula("J", cap, theme.cost)
        rows: list[tuple[VMobject, ...]] = [(head,)]
        for name, figure in zip(names, figures, strict=True):
            rows += [(name,), (figure,)] if apart else [(name, figure)]
        self._stack(rows, box, cap)
        self.add(head, *names, *figures)

    @staticmethod
    def _stack(rows: Sequence[tuple[VMobject, ...]], box: Box, cap: float) -> None:
        """Names at the left, numbers and their head at the right, from the top of ``box``."""
        heights = [max(cap, *(part.height for part in row)) for row in rows]
        gap = min(_GAP * cap, (box.height - sum(heights)) / (len(rows) - 1))
        top = box.top
        for row, height in zip(rows, heights, strict=True):
            middle = top - height / 2
            for part in row:
                if isinstance(part, Figure):
                    part.write(part.text or "", point(box.right, middle))
                else:
                    left = row is not rows[0]
                    at = point(box.left if left else box.right, middle)
                    part.move_to(at, aligned_edge=LEFT if left else RIGHT)
            top -= height + gap


def cost_table(
    costs: Sequence[str], colors: Sequence[str], numbers: Box, whole: Box, theme: Theme,
    scale: Scale,
) -> tuple[CostTable, bool]:  # fmt: skip
    """The table in ``numbers`` if it fits there, else in ``whole``; and whether it needs that."""
    ways = ((numbers, False), (whole, False), (whole, True))
    for box, apart in ways:
        table = CostTable(costs, colors, box, theme, scale, apart)
        if table.fits:
            break
    return table, box is whole

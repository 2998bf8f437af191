"""Where the small pictures and the rates of the film `learning-rate` stand, beside its stage."""

from __future__ import annotations

from scenes.stage.page.arrangement import Arrangement
from scenes.stage.page.layout import GAP, Box, Layout

_COUNTER, _ABOVE = 2.2, 1.7  # rows in capitals of a label: the counter's; above the parabola
_EDGE = 0.05  # units at the frame's side


def rate_cells(side: Box, count: int, layout: Layout) -> tuple[list[Box], Box]:
    """A box for each of ``count`` rates, and one for the counter above them."""
    row = _COUNTER * layout.scale.label
    top, rest = side.inset(bottom=side.height - row), side.inset(top=row)
    if not layout.portrait:
        return rest.rows(*[1.0] * max(count, 3), gap=0.0)[:count], top
    rows = rest.rows(1.0, 1.0, gap=0.0)
    return [cell for row in rows for cell in row.columns(1.0, 1.0)][:count], top


def corner(places: Arrangement, layout: Layout) -> tuple[Box, Box]:
    """The area of the small parabola, below a line of text, and the box for the factors."""
    row, notes = _ABOVE * layout.scale.label, places.notes
    side = places.side.inset(left=_EDGE, right=_EDGE)
    if layout.portrait:
        small, notes = side.columns(1.0, 1.0, gap=0.6)
        return small.inset(top=row, bottom=max(0.0, small.height - row - small.width)), notes
    return side.inset(top=row, bottom=notes.height + GAP), notes


def beside(home: Box, side: Box, layout: Layout) -> Box:
    """The part of the side that is free when the parabola, with its letter w, is at ``home``."""
    taken = 0.0 if layout.portrait else max(home.right + GAP / 2 - side.left, 0.0)
    return side.inset(left=taken, right=_EDGE)

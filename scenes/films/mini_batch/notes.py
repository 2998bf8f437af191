"""Where the texts of the lanes stand: their names, theory's σ and the measured one."""

from __future__ import annotations

from manim import LEFT, RIGHT

from scenes.stage.page.layout import Box, Point, point
from scenes.stage.page.wording import Label


def place_of(label: Label, at: Point, side: Point) -> Point:
    """Where the middle of a label is when it is put there; it stays where it is."""
    now = label.get_center()
    found: Point = label.put(at, side).get_center()
    label.move_to(now)
    return found


def put_notes(exact: Label, found: Label, box: Box, beside: bool, inner: Box) -> None:
    """Put both notes of a lane in ``box``: beside the lane in two lines, or above it in one.

    ``inner`` is the lanes' width: a line goes from edge to edge of the box only if it must.
    """
    y, cap = float(box.center[1]), found.cap
    if beside:
        exact.put(point(box.left, y + 0.95 * cap), LEFT)
        found.put(point(box.left, y - 0.95 * cap), LEFT)
        return
    tight = exact.width + found.width + cap > inner.width - 0.2
    exact.put(point(box.left if tight else inner.left + 0.2, y), LEFT)
    found.put(point(box.right if tight else inner.right, y), RIGHT)

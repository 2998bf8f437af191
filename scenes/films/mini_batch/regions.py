"""Where the parts of the film `mini-batch` stand."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.layout import Box, Layout

_HILL, _TOP = 0.6, 0.36  # of the height: the parabola over the belts, and over the lanes
_ROW, _ROW_BELOW = 2.8, 3.7  # of a belt in capitals, at most: alone, and with its names above it
_SQUARE = 0.73  # of its width at least: the height of the picture in square frames
_WIDE = 1.5  # the aspect of a frame that has room for notes beside the lanes
_NOTE = 1.7  # heights of a capital, for notes above a lane
_EDGE = 0.06  # units beside a belt that is as wide as the frame, for its gate


@dataclass(frozen=True)
class Regions:
    """``hill`` over ``belts``; then ``top`` (the parabola) over ``lanes``, with their ``notes``.

    There is one of belts, lanes and notes for each size. In upright frames the names are ``above``
    the belts; the notes are ``beside`` the lanes in wide frames, and above them in others.
    """

    hill: Box
    belts: list[Box]
    top: Box
    lanes: list[Box]
    notes: list[Box]
    above: bool
    beside: bool


def regions(layout: Layout, count: int, note: float) -> Regions:
    """For ``count`` sizes; ``note`` is the width of the widest note."""
    body, cap, above = layout.body, layout.scale.label, layout.portrait
    beside = layout.width > _WIDE * layout.height
    whole = body
    if layout.stacked and not above:
        spare = max(body.width - body.height / _SQUARE, 0.0) / 2
        whole = body.inset(left=spare, right=spare)
    high = min((1 - _HILL) * body.height, count * (_ROW_BELOW if above else _ROW) * cap)
    hill = whole.inset(bottom=high + 0.15)
    edge = _EDGE if above else 0.0
    belts = body.inset(left=edge, right=edge, top=body.height - high)
    left = body.inset(right=note + 0.3) if beside else whole
    top = left.inset(bottom=(1 - _TOP) * body.height)
    lanes = left.inset(top=top.height).rows(*[1] * count, gap=0.15)
    if beside:
        notes = [Box(left.right + 0.3, lane.bottom, body.right, lane.top) for lane in lanes]
    else:
        notes = [lane.inset(bottom=lane.height - _NOTE * cap) for lane in lanes]
        lanes = [lane.inset(top=_NOTE * cap) for lane in lanes]
    return Regions(hill, belts.rows(*[1] * count, gap=0.0), top, lanes, notes, above, beside)

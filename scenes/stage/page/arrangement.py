"""Where the film's parts are: the picture that is the subject, the small map, the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.layout import GAP, Box, Layout

_SHARE = 0.47  # of the frame's area for the subject, in wide frames
_UPRIGHT, _SQUARE = 0.66, 0.66  # of the room for it: its height in 9:16, its width in 1:1
_LEAST = 0.72  # of the subject's width: its height, in upright frames
_NARROW = 0.38  # of the room in 9:16: the width of the small map
_HIGH = 0.78  # the small map's height, in widths
_EDGE = 0.75  # heights of a capital around the small map, for marks at its edge


@dataclass(frozen=True)
class Arrangement:
    """``hero``: the subject. ``side``: all that is left; it holds ``small`` and ``notes``."""

    hero: Box
    side: Box
    small: Box
    notes: Box


def arrangement(layout: Layout) -> Arrangement:
    """The side is beside the subject, or under it in upright frames."""
    body = layout.body
    if layout.portrait:
        hero, side = body.rows(_UPRIGHT, 1 - _UPRIGHT)
        hero = hero.no_wider(1 / _LEAST)
        small, notes = side.columns(_NARROW, 1 - _NARROW)
        small = small.no_higher(1.0)
    else:
        room = body.width - GAP
        wide = _SQUARE * room
        if not layout.stacked:
            wide = _SHARE * layout.width * layout.height / body.height
        hero, side = body.columns(wide, room - wide)
        small = side.inset(bottom=max(side.height - _HIGH * side.width, 0.5 * side.height))
        notes = side.inset(top=small.height + GAP)
    return Arrangement(hero, side, small.inset(*[_EDGE * layout.scale.label] * 4), notes)

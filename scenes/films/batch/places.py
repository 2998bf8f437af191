"""Where the film's parts are."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import Box, Layout

_DATA, _HIGH = 0.4, 0.8  # of the side; the data's height at most, in widths
_UPRIGHT = 0.6  # of the room in 9:16, for the subject


@dataclass(frozen=True)
class Places:
    """``hero``: the subject. Beside or under it ``data`` and the numbers, ``notes``.

    ``upper`` is all of the room above the notes, or left of them.
    """

    hero: Box
    upper: Box
    data: Box
    notes: Box


def places(layout: Layout) -> Places:
    """The places in this frame."""
    if layout.portrait:
        hero, side = layout.body.rows(_UPRIGHT, 1 - _UPRIGHT)
        upper, notes = side.columns(_DATA, 1 - _DATA)
    else:
        found = arrangement(layout)
        hero, side = found.hero, found.side
        upper, notes = side.rows(_DATA, 1 - _DATA)
    data = upper.no_higher(_HIGH)
    return Places(hero, upper, data, notes)

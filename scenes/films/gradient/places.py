"""Where the film's parts are."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import Box, Layout

_UPRIGHT = 0.6  # of the room in 9:16, for the subject
_SMALL = 0.66  # height of the small plot at most, in widths
_HALF = 0.5  # of the side in 9:16: the width of the small plot
_LEAST = 8.0  # capitals: its height at least
_NUMBER = 2.0  # capitals below the small plot in 9:16, for the slope


@dataclass(frozen=True)
class Places:
    """``hero``: the subject; ``side``: formulas; ``small``: the plot while they are large."""

    hero: Box
    side: Box
    small: Box


def places(layout: Layout) -> Places:
    """The places in this frame."""
    if layout.portrait:
        hero, side = layout.body.rows(_UPRIGHT, 1 - _UPRIGHT)
        below = _NUMBER * layout.scale.label
        return Places(hero, side, side.inset(right=_HALF * side.width, bottom=below))
    found = arrangement(layout)
    side = found.side
    high = max(_SMALL * side.width, _LEAST * layout.scale.label)
    small = side.inset(bottom=side.height - high)
    return Places(found.hero, side, small)

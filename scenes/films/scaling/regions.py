"""Where the parts of the film `scaling` stand."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.layout import Box, Layout

_UPRIGHT = 0.73  # in a square frame the first picture is at least so high, in widths
_NUMBERS = 8.9  # heights of a capital: three rows and the scale of kappa


@dataclass(frozen=True)
class Places:
    """Where map and data are, and the numbers with them."""

    map: Box
    data: Box
    numbers: Box


@dataclass(frozen=True)
class Regions:
    """The whole stage, and the places when the map is the subject, or the data.

    In both the map begins at the left and the data end at the right, or the map is above the data:
    so they change size without crossing each other. ``side`` is what is left beside the map.
    """

    stage: Box
    of_map: Places
    of_data: Places
    side: Box


def regions(layout: Layout) -> Regions:
    """The subject has the larger part."""
    body, cap = layout.body, layout.scale.label
    if layout.portrait:
        above, below = body.rows(0.66, 0.34, gap=0.15)
        numbers, data = below.columns(0.47, 0.53, gap=0.35)
        of_map = Places(above, data, numbers)
        top, bottom = body.rows(0.34, 0.66, gap=0.15)
        small, notes = top.columns(0.53, 0.47, gap=0.35)
        return Regions(body, of_map, Places(small, bottom, notes), below)
    aspect = layout.width / layout.height
    share = 0.745 if aspect > 1.5 else 0.767 if aspect > 1.2 else 0.7
    left, right = body.columns(share, 1 - share, gap=0.3)
    high = _NUMBERS * cap
    numbers = right.inset(bottom=right.height - high)
    of_map = Places(left, right.inset(top=high + 0.1), numbers)
    narrow, wide = body.columns(1 - share, share, gap=0.3)
    below = narrow.inset(top=narrow.height - high)
    of_data = Places(narrow.inset(bottom=high + 0.1), wide, below)
    stage = body.no_wider(1 / _UPRIGHT) if layout.stacked else body
    return Regions(stage, of_map, of_data, right)

"""Where the parts of the film `scaling` stand."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.page.layout import Box, Layout

_UPRIGHT = 0.73  # in a square frame the first picture is at least so high, in widths
_NUMBERS = 8.9  # heights of a capital: three rows and the scale of kappa


@dataclass(frozen=True)
class Regions:
    """The whole stage, the map (its larger part), the numbers, and the data beside the map.

    ``side`` is what the numbers and the data have together.
    """

    stage: Box
    map: Box
    numbers: Box
    data: Box
    side: Box


def regions(layout: Layout) -> Regions:
    """The map is at the left; in tall frames it is at the top."""
    body, cap = layout.body, layout.scale.label
    if layout.portrait:
        above, below = body.rows(0.66, 0.34, gap=0.15)
        numbers, data = below.columns(0.47, 0.53, gap=0.35)
        return Regions(body, above, numbers, data, below)
    aspect = layout.width / layout.height
    share = 0.745 if aspect > 1.5 else 0.767 if aspect > 1.2 else 0.7
    left, right = body.columns(share, 1 - share, gap=0.3)
    split = right.top - _NUMBERS * cap
    numbers = Box(right.left, split, right.right, right.top)
    data = Box(right.left, right.bottom, right.right, split - 0.1)
    stage = body.no_wider(1 / _UPRIGHT) if layout.stacked else body
    return Regions(stage, left, numbers, data, right)

"""The places of a race's map and table."""

from __future__ import annotations

from scenes.stage.page.layout import Box, Layout


def arena(layout: Layout) -> tuple[Box, Box]:
    """The boxes of map and table: side by side, or one below the other in tall frames."""
    if not layout.stacked:
        panel = layout.panel
        return layout.stage, Box(panel.left, panel.bottom, panel.right, layout.readouts.top)
    below = Box(layout.stage.left, layout.panel.bottom, layout.stage.right, layout.readouts.top)
    if layout.portrait:
        return layout.stage, below
    whole = Box(below.left, below.bottom, below.right, layout.stage.top)
    left, right = whole.columns(0.47, 0.53)
    return left, right

"""The places of the code, its console and its picture in a frame of any aspect."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.films.code.console import height_of
from scenes.stage.page.layout import Box, Layout


@dataclass(frozen=True)
class ProgramLayout:
    """The regions: the code, what it prints, the data plot and the parabola's."""

    code: Box
    console: Box
    data: Box
    curve: Box


def program_layout(layout: Layout) -> ProgramLayout:
    """The code at the left, or on top in tall frames; what it does beside or under it."""
    body = layout.body
    if layout.width > 1.5 * layout.height:
        code, side = body.columns(0.535, 0.465, gap=0.35)
        picture, console = side.rows(0.59, 0.41, gap=0.15)
        return ProgramLayout(code, console, *picture.columns(0.46, 0.54, gap=0.15))
    tall = layout.portrait
    height = height_of(2 if tall else 3, layout.scale)
    console = Box(body.left, body.bottom, body.right, body.bottom + height)
    upper = body.inset(bottom=height + 0.15)
    if tall:
        code, picture = upper.rows(0.645, 0.355, gap=0.15)
        return ProgramLayout(code, console, *picture.columns(1, 1, gap=0.2))
    code, picture = upper.columns(0.6, 0.4, gap=0.25)
    return ProgramLayout(code, console, *picture.rows(1, 1, gap=0.1))

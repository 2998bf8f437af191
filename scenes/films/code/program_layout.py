"""The places of the code, its console and its picture in a frame of any aspect."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.films.code.console import console_cap, height_of
from scenes.films.code.listing import NOTE_ROW
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import Box, Layout

_GAP = 0.15
_ROWS = 2  # of the console


@dataclass(frozen=True)
class ProgramLayout:
    """The regions: the code, what it prints, the data plot and the parabola's."""

    code: Box
    console: Box
    data: Box
    curve: Box


def program_layout(layout: Layout) -> ProgramLayout:
    """The code with its console is the subject; what it does is beside or under it."""
    places = arrangement(layout)
    hero, side = places.hero, places.side
    if layout.portrait:  # the plots give the row for the comments
        row = NOTE_ROW * layout.scale.label
        hero, side = hero.inset(bottom=-row), side.inset(top=row)
    height = height_of(_ROWS, console_cap(hero.width, layout.scale))
    console = hero.inset(top=hero.height - height)
    code = hero.inset(bottom=height + _GAP)
    if layout.portrait:
        return ProgramLayout(code, console, *side.columns(1.0, 1.0, gap=0.2))
    return ProgramLayout(code, console, *side.rows(1.0, 1.3, gap=_GAP))

"""What was asked of a deck, beside its films."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from scenes import Lesson

Autoplay = Literal["full", "pause", "simple"]
"""How PowerPoint starts a clip: as it writes this itself, and a click goes on; the same, but a
click on a clip pauses it; or in the shortest form."""
AUTOPLAYS = get_args(Autoplay)


@dataclass(frozen=True)
class DeckRequest:
    """The options of one kind of deck.

    title     of the first slide; None: the film's
    command   that makes the deck, for the last slide
    autoplay  of PowerPoint
    template  a deck whose master PowerPoint uses; None: one in the colours of the films
    printed   whether a second file for printing is made, which shows last pictures
    one_file  whether a deck for the browser is one file
    live      with what a live slide of a deck for the browser begins; None: there is no such slide
    """

    title: str | None
    command: str
    autoplay: Autoplay = "full"
    template: Path | None = None
    printed: bool = False
    one_file: bool = False
    live: Lesson | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the options name, which no deck may replace."""
        return () if self.template is None else (self.template,)

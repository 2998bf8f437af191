"""What the user asked a command to make, as one frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cli.request.lessons import Asked
from cli.request.shape import Shape
from cli.request.subtitling import Subtitling
from pipeline import Encoding
from scenes import Telling
from scenes.catalogue.theme import THEMES
from voice import Speaker

OPAQUE_VIDEO = (".mp4", ".mov", ".webm")
TRANSPARENT_VIDEO = (".mov", ".webm")


@dataclass(frozen=True)
class Request:
    """What the user asked a command to make of each film.

    ``suffixes`` are the allowed endings, the default first. ``words`` are added to the names of the
    files. ``encoding`` is None if it follows from the ending. ``speed`` is for an mp4,
    ``subtitles`` for every video. ``speaker`` speaks the narration.
    """

    asked: Asked
    shape: Shape
    output: str | None
    suffixes: Sequence[str]
    words: Sequence[str]
    encoding: Encoding | None = None
    speed: str = "normal"
    subtitles: Subtitling | None = None
    speaker: Speaker | None = None

    def told_in(self, lang: str) -> Request:
        """The same of a film that is told in another language."""
        asked = replace(self.asked, telling=replace(self.asked.telling, lang=lang))
        return replace(self, asked=asked)


def video_suffixes(telling: Telling) -> tuple[str, ...]:
    """The endings of videos that can show the theme, the default first."""
    return TRANSPARENT_VIDEO if THEMES[telling.theme].transparent else OPAQUE_VIDEO

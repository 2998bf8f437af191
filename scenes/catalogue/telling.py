"""`Telling`: how a film is told, independent of what it teaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gdcore.ranges import Range
from scenes.catalogue.knobs import Choice, Shown, check_knobs, knob
from scenes.catalogue.theme import THEMES
from scenes.locales import LANGUAGES

_PACE, _DURATION = Range(least=0.25, most=4), Range(least=5, most=600)

BREATH = 0.3
"""seconds of silence after the voice of a cue"""


@dataclass(frozen=True)
class Spoken:
    """What is spoken at a cue: a sound file, its seconds, and the checksum of its content.

    Two are equal if they sound the same, wherever their files are.
    """

    cue: str
    seconds: float
    sha256: str
    path: Path = field(compare=False)


@dataclass(frozen=True)
class Telling:
    """How a film is told: in which language and colours, and how fast.

    ``duration`` (seconds) overrides ``pace`` (a factor on the speed). Without ``captions`` their
    place in the picture stays empty; times, cues and layout are the same.
    ``spoken`` is the voice: each cue is held until its sound has ended. It is no knob.
    Raises `KnobError` for a value outside its range.
    """

    lang: str = knob("zh", Choice(LANGUAGES), "Language of the film and of messages: {names}.")
    theme: str = knob(
        "dark",
        Choice(tuple(THEMES)),
        "Colours. transparent (for dark slides) and transparent-light (for light ones) have no "
        "background.",
    )
    pace: float = knob(
        1.0,
        _PACE,
        "Speed of the film, from {least:g} to {most:g} (2 is twice as fast).",
    )
    duration: float | None = knob(
        None,
        _DURATION,
        "Length of the whole film in seconds, from {least:g} to {most:g}, instead of --pace.",
    )
    captions: bool = knob(
        True,
        Shown(),
        "Leave the captions out of the picture: their place is free for subtitles.",
    )
    spoken: tuple[Spoken, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a telling that no film can have."""
        check_knobs(self)

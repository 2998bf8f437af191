"""How long it takes to say a text, and what is too short for its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline import Cue
from programs.columns import is_wide

WORDS = 150
"""words of English a minute; a lecturer's calm pace"""
CHARACTERS = 240
"""Chinese characters a minute"""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SPOKEN_SIGNS = "%/·²³°"  # besides those of mathematics


def seconds_to_say(text: str) -> float:
    """The seconds that a text takes to say; 0 if there is nothing to say.

    A digit counts as a word, and so do a decimal point and a sign such as = or ·. In a text with
    Chinese characters these count as characters.
    """
    characters = sum(is_wide(c) and c.isalpha() for c in text)
    words = len(_WORD.findall("".join(" " if is_wide(c) else c for c in text)))
    figures = len(_POINT.findall(text)) + sum(c.isdecimal() or _is_sign(c) for c in text)
    if characters:
        return 60 * (words / WORDS + (characters + figures) / CHARACTERS)
    return 60 * (words + figures) / WORDS


def lack(cue: Cue, fps: int) -> float:
    """The seconds that a cue lacks to say its narration in."""
    return max(seconds_to_say(cue.narration) - cue.frames / fps, 0.0)


def lacking(cues: Sequence[Cue], fps: int) -> dict[str, float]:
    """The sections that are too short for their words, with the seconds that their cues lack."""
    found: dict[str, float] = {}
    for cue in cues:
        if seconds := lack(cue, fps):
            found[cue.section] = found.get(cue.section, 0.0) + seconds
    return found


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) == "Sm" or character in _SPOKEN_SIGNS

"""What a lecturer says at each beat of a film: narration and notes.

The words are in ``scenes/locales/narration/FILM/``, a table for each language. A beat has

    narration         two to four sentences to be spoken; not what the caption says already
    ask               a question to the class: the film may stop here, the next beat answers it
    misunderstanding  what students usually get wrong here
    formula, numbers  the formula of the beat, and its numbers

of which all but the first may be left out. Under ``[BEAT.KEY]`` are words that are true when the
caption is KEY. They come before those under ``[BEAT]``, which are true of every lesson.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import scenes.locales
from scenes.locales import filled, load

_FOLDER = Path(scenes.locales.__file__).parent / "narration"
_NOTES = ("formula", "numbers", "ask", "misunderstanding")


@dataclass(frozen=True)
class Told:
    """What is said at a beat, with its numbers filled in; ``notes`` by kind, as listed above."""

    narration: str
    notes: Mapping[str, str]

    @property
    def kind(self) -> Literal["play", "ask"]:
        """Whether the film stops after this beat for a question to the class."""
        return "ask" if "ask" in self.notes else "play"


def told(film: str, lang: str, beat: str, caption: str, numbers: Mapping[str, Any]) -> Told:
    """What is said at ``beat`` of ``film`` under the caption with this key.

    Raises what `scenes.locales.load` raises, and KeyError for a number that is not given.
    """
    words = load(_FOLDER / film)[lang]

    def text(part: str) -> str | None:
        keys = (f"{beat}.{caption}.{part}", f"{beat}.{part}")
        key = next((key for key in keys if key in words), None)
        return None if key is None else filled(words, key, **numbers)

    notes = {part: found for part in _NOTES if (found := text(part))}
    return Told(text("narration") or "", notes)

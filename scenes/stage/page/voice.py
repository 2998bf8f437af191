"""Which sound belongs to the cue of now, and how long the picture must wait for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from scenes.catalogue.telling import BREATH, Spoken


class Voice:
    """The voice of a film, by the ids of its cues. Frames are those of the film at ``fps``.

    Cues are counted as the file writer counts them: a section's first one begins with the section,
    and two that begin with the same frame are one.
    """

    def __init__(self, film: str, spoken: Sequence[Spoken], fps: float) -> None:
        self._film, self._fps = film, fps
        self._sounds = {sound.cue: sound for sound in spoken}
        self._section, self._number = "", 0
        self._begun: int | None = None  # the frame where the section's latest cue was marked
        self._end = 0  # the frame before which the voice and a breath have ended

    def begin_section(self, name: str, frame: int) -> Path | None:
        """A section, and its first cue, begins at ``frame``; return the cue's sound."""
        self._section, self._number, self._begun = name, 1, None
        return self._begin(frame)

    def begin_cue(self, frame: int) -> Path | None:
        """A cue is marked at ``frame``; return its sound if it is not heard already."""
        another, self._begun = self.is_another(frame), frame
        if not another:
            return None
        self._number += 1
        return self._begin(frame)

    def is_another(self, frame: int) -> bool:
        """Whether a cue that is marked at ``frame`` is another one than that of now."""
        return self._begun is not None and frame != self._begun

    def lacking(self, frame: int) -> int:
        """The frames from ``frame`` on for which the picture must wait for the voice."""
        return max(self._end - frame, 0)

    def _begin(self, frame: int) -> Path | None:
        sound = self._sounds.get(f"{self._film}/{self._section}/{self._number}")
        if sound is None:
            return None
        self._end = frame + math.ceil((sound.seconds + BREATH) * self._fps)
        return sound.path

"""The files in which a lecturer records a film: one for each cue that says something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import Cue


def recording_name(film: str, number: int) -> str:
    """The file of cue ``number`` of a film, from 1: ``batch-01.wav``."""
    return f"{film}-{number:02}.wav"


def recordings(film: str, cues: Sequence[Cue]) -> Iterator[tuple[str, Cue]]:
    """The files of a film and what is said in them; ``cues`` are all of the film."""
    for number, cue in enumerate(cues, 1):
        if cue.narration.strip():
            yield recording_name(film, number), cue

"""The files in which a lecturer records a film, one for each cue."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import Cue


def recording_name(film: str, number: int) -> str:
    """The file of cue ``number`` of a film, from 1: ``batch-01.wav``."""
    return f"{film}-{number:02}.wav"


def recording_names(film: str, cues: Sequence[Cue]) -> dict[str, str]:
    """The file of each cue, by the cue's id; ``cues`` are those of the whole film."""
    return {cue.id: recording_name(film, number) for number, cue in enumerate(cues, 1)}

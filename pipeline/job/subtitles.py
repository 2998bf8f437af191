"""What is written beside the picture: subtitles in an mp4, and files of text beside a film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.job.result import Caption

UNKNOWN = "und"
"""the code of a language that is not known"""


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """The subtitles in one language; ``language`` is its code of ISO 639-2, such as zho or eng."""

    language: str
    captions: tuple[Caption, ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text (UTF-8) that is published together with a film."""

    path: Path
    text: str

"""What is spoken, and what every speaker can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Line:
    """What is spoken at one cue.

    ``name`` is that of a recording without its ending, such as ``batch-01``; ``lang`` is ``en`` or
    ``zh``, or what a file of the locales is called.
    """

    name: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A finished sound file: its seconds, and the checksum of its content."""

    path: Path
    seconds: float
    sha256: str


class Speaker(Protocol):
    """A source of voices."""

    def check(self, lines: Sequence[Line]) -> None:
        """Raise a `PipelineError` with its remedy if this source cannot speak the lines."""

    def about(self, line: Line) -> tuple[object, ...]:
        """All that the sound of a line depends on, as values that have a digest."""

    def inputs(self, line: Line) -> tuple[Path, ...]:
        """The files that are read for a line; no film may take their place."""

    def say(self, line: Line, folder: Path) -> Path:
        """The sound file of a line as it comes: recorded, or spoken into the empty ``folder``.

        Raises a `PipelineError`.
        """

    def unusable(self, line: Line, reason: object) -> Exception:
        """The error for a sound file of this source that cannot be used."""

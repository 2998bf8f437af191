"""What a rendering was: its sections, captions, progress and the finished file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A section of the film: ``frames`` frames from frame ``first`` on."""

    name: str
    first: int
    frames: int

    def every(self, step: int) -> SectionSpan:
        """The same section in a file that holds every `step`-th frame."""
        first, end = (-(-frame // step) for frame in (self.first, self.first + self.frames))
        return SectionSpan(self.name, first, end - first)


@dataclass(frozen=True, slots=True)
class Caption:
    """A subtitle from ``start`` to ``end``, in seconds of the film."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file that begins at ``start`` seconds, louder by ``gain`` dB.

    While it plays, what began before it is louder by ``background_gain`` dB.
    """

    path: Path
    start: float
    gain: float = 0.0
    background_gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a rendering stands. ``total`` is None while nobody knows the film's length."""

    done: int
    total: int | None
    fps: float  # drawn frames a second of wall time, so far
    section: str


ProgressCallback = Callable[[Progress], None]

Report = Callable[[int, str], None]
"""Takes how many frames of the film are done, and in which section the last one is."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, as it was measured after it had been opened again.

    ``size`` is in bytes, ``duration`` in seconds; ``sections`` and ``captions`` count from the
    file's own start; ``warnings`` are what manim had to say. ``cached``: it was found, not drawn.
    ``drawn_by_manim`` says why manim's camera had to draw something, slowly; empty if it had not.
    """

    path: Path
    size: int
    frames: int
    fps: int
    duration: float
    sha256: str
    sections: tuple[SectionSpan, ...]
    captions: tuple[Caption, ...]
    warnings: tuple[str, ...]
    cached: bool = False
    drawn_by_manim: tuple[str, ...] = ()

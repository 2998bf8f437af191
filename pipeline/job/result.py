"""The results of a rendering: sections, captions, progress, the finished file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.job.cues import Cue


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A section of the film: ``frames`` frames from frame ``first`` on.

    Chapters are called after its ``title``; one without a title is called after its name.
    """

    name: str
    first: int
    frames: int
    title: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title or self.name)

    @property
    def last(self) -> int:
        """The number of its last frame."""
        return self.first + self.frames - 1

    def document(self) -> dict[str, Any]:
        """The section for JSON."""
        return asdict(self)

    def every(self, step: int) -> SectionSpan:
        """The same section in a file that holds every `step`-th frame."""
        first, end = (-(-frame // step) for frame in (self.first, self.first + self.frames))
        return replace(self, first=first, frames=end - first)


def thinned(cue: Cue, step: int) -> Cue:
    """The same cue in a file that holds every `step`-th frame."""
    span = SectionSpan(cue.section, cue.first, cue.frames).every(step)
    return replace(cue, first=span.first, frames=span.frames)


@dataclass(frozen=True, slots=True)
class Caption:
    """A subtitle from ``start`` to ``end``, in seconds of the film."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file that begins at ``start`` seconds.

    ``gain`` changes its volume. While it plays, ``background_gain`` changes the volume of sounds
    that began before it. Both are in dB.
    """

    path: Path
    start: float
    gain: float = 0.0
    background_gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rendering is. ``total`` is None while the film's length is unknown."""

    done: int
    total: int | None
    fps: float  # drawn frames a second of wall time, so far
    section: str


ProgressCallback = Callable[[Progress], None]

Report = Callable[[int, str], None]
"""Called with the number of frames that are done, and the section of the last one."""


class Notice(str):
    """A warning of ours: ``template`` with ``values`` filled in, so it can be said anew in another
    language.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Notice:
        # A copy is made from the whole text, which may hold braces.
        notice = super().__new__(cls, template.format(**values) if values else template)
        notice.template, notice.values = template, values
        return notice


def packed(message: str) -> object:
    """The message for JSON; of a notice, template and values."""
    return [message.template, message.values] if isinstance(message, Notice) else message


def unpacked(value: Any) -> str:
    """The message that `packed` put into JSON."""
    return value if isinstance(value, str) else Notice(value[0], **value[1])


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, as measured after it was opened again.

    ``size`` is in bytes, ``duration`` in seconds. ``sections``, ``captions`` and ``cues``
    count from the start of the file. ``warnings`` are manim's warnings, and ours, each a `Notice`.
    ``cached`` says that the file came from the cache. ``drawn_by_manim`` holds the reasons why
    manim's own, slower camera had to draw; it is empty if that camera drew nothing. ``notes`` say
    what was unusual in this run: workers that were lost, a scene that one process had to draw.
    ``not_kept`` says why the file was not put into the cache that it was made for.
    ``beside`` are the texts that were published with the film.
    """

    path: Path
    size: int
    frames: int
    fps: int
    duration: float
    sha256: str
    sections: tuple[SectionSpan, ...]
    captions: tuple[Caption, ...]
    cues: tuple[Cue, ...]
    warnings: tuple[str, ...]
    cached: bool = False
    drawn_by_manim: tuple[str, ...] = ()
    notes: tuple[Notice, ...] = ()
    not_kept: Notice | None = None
    beside: tuple[Path, ...] = ()

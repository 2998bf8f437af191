"""Which frames of a film are wanted; the others are counted, not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pipeline.job.encodings import CueList, Png, SectionEnds, Sheet, Stills
from pipeline.job.job import RenderJob
from pipeline.job.part import Part


class Selection(Protocol):
    """Decides for each frame while the film is played."""

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        """Whether to draw `frame` (counted from the film's start).

        `last` says whether it is the last frame of its play; None if that is not known yet.
        """

    def is_over(self, section: str, frame: int) -> bool:
        """Whether no more frames are wanted, from `frame` on, which is the first of a play."""


@dataclass(frozen=True, slots=True)
class WholeFilm:
    """Every frame."""

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return True

    def is_over(self, section: str, frame: int) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class NoFrame:
    """None: the film is played for its cues."""

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return False

    def is_over(self, section: str, frame: int) -> bool:
        return False


@dataclass(slots=True)
class OfPart:
    """What another selection wants of a part of the film, with frames counted from its start."""

    part: Part
    inner: Selection
    _first: int | None = None  # the part's first frame, once it has begun
    _ending: bool = False  # its last section has begun

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        first = self._begun(section, frame)
        if first is None or self._left(section):
            return False
        return self.inner.wants(section, frame - first, last)

    def is_over(self, section: str, frame: int) -> bool:
        first = self._begun(section, frame)
        if first is None:
            return False
        return self._left(section) or self.inner.is_over(section, frame - first)

    def _begun(self, section: str, frame: int) -> int | None:
        if self._first is None and section == self.part.first:
            self._first = frame
        if self._first is not None and section == self.part.last:
            self._ending = True
        return self._first

    def _left(self, section: str) -> bool:
        return self._ending and section != self.part.last


@dataclass(frozen=True, slots=True)
class OneFrame:
    """The frame with this index."""

    index: int

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return frame == self.index

    def is_over(self, section: str, frame: int) -> bool:
        return frame > self.index


@dataclass(frozen=True, slots=True)
class TheseFrames:
    """The frames with these numbers."""

    numbers: frozenset[int]

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return frame in self.numbers

    def is_over(self, section: str, frame: int) -> bool:
        return frame > max(self.numbers)


@dataclass(frozen=True, slots=True)
class PlayEnds:
    """The last frame of each play: the latest of them is the last one of its section or film.

    Which play is a section's last is known only when the next section begins.
    """

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return last is not False

    def is_over(self, section: str, frame: int) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class EveryNth:
    """Every `step`-th frame, from the film's first one on."""

    step: int

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return frame % self.step == 0

    def is_over(self, section: str, frame: int) -> bool:
        return False


def selection_for(job: RenderJob) -> Selection:
    """The frames that a job needs."""
    needed = _of_film(job)
    return needed if job.part is None else OfPart(job.part, needed)


def _of_film(job: RenderJob) -> Selection:
    """The frames that a job needs of its film, or of the part as if it were a film."""
    if isinstance(job.encoding, CueList):
        return NoFrame()
    if isinstance(job.encoding, Sheet):
        return EveryNth(job.encoding.step(job.frame.fps))
    if isinstance(job.encoding, SectionEnds):
        return PlayEnds()
    if isinstance(job.encoding, Stills):
        return TheseFrames(frozenset(job.encoding.frames))
    if not isinstance(job.encoding, Png):
        return WholeFilm()
    at = job.encoding.at
    if at is None:
        return PlayEnds()
    # Frame k is shown from k/fps on. Without the margin 0.3 s at 10 fps would be frame 2.
    return OneFrame(int(at * job.frame.fps + 1e-6))

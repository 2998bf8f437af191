"""Which frames of a film are wanted; the others are counted, not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pipeline.job.encodings import CueList, Png, Sheet
from pipeline.job.job import RenderJob


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
class OneSection:
    """Every frame of one section; with ``ends_only`` only the last frame of each play in it.

    The last play of a section is known only when the next section begins. So for a still of the
    section's end one frame of each play is drawn, and the latest is kept.
    """

    name: str
    ends_only: bool = False
    _seen: bool = False

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        if section != self.name:
            return False
        self._seen = True
        return not self.ends_only or last is not False

    def is_over(self, section: str, frame: int) -> bool:
        return self._seen and section != self.name


@dataclass(frozen=True, slots=True)
class OneFrame:
    """The frame with this index."""

    index: int

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return frame == self.index

    def is_over(self, section: str, frame: int) -> bool:
        return frame > self.index


@dataclass(frozen=True, slots=True)
class PlayEnds:
    """The last frame of each play: the latest of them is the film's last frame."""

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
    if isinstance(job.encoding, CueList):
        return NoFrame()
    if isinstance(job.encoding, Sheet):
        return EveryNth(job.encoding.step(job.frame.fps))
    if not isinstance(job.encoding, Png):
        return WholeFilm() if job.only is None else OneSection(job.only)
    at = job.encoding.at
    if at is None:
        return PlayEnds()
    if isinstance(at, str):
        return OneSection(at, ends_only=True)
    # Frame k is shown from k/fps on. Without the margin 0.3 s at 10 fps would be frame 2.
    return OneFrame(int(at * job.frame.fps + 1e-6))

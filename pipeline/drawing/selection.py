"""Which frames of a film are wanted; all others are stepped over without being drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pipeline.job.encodings import Png, Sheet
from pipeline.job.job import RenderJob


class Selection(Protocol):
    """Decides frame by frame, as the film unrolls."""

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        """Whether to draw `frame` (counted from the film's start).

        `last` says whether it is the last of its play, None while that cannot be known.
        """

    def is_over(self, section: str, frame: int) -> bool:
        """Whether nothing is wanted from `frame`, the first of a play, on."""


@dataclass(frozen=True, slots=True)
class WholeFilm:
    """Every frame."""

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return True

    def is_over(self, section: str, frame: int) -> bool:
        return False


@dataclass(slots=True)
class OneSection:
    """Every frame of one section; with ``ends_only`` just the last frame of each play in it.

    Which play is a section's last is known only when the next section begins, so a still of the
    section's end draws one frame a play and keeps the latest.
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
    """Every so manieth frame, from the film's first on."""

    step: int

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return frame % self.step == 0

    def is_over(self, section: str, frame: int) -> bool:
        return False


def selection_for(job: RenderJob) -> Selection:
    """The frames that a job needs."""
    if isinstance(job.encoding, Sheet):
        return EveryNth(job.encoding.step(job.frame.fps))
    if not isinstance(job.encoding, Png):
        return WholeFilm() if job.only is None else OneSection(job.only)
    at = job.encoding.at
    if at is None:
        return PlayEnds()
    if isinstance(at, str):
        return OneSection(at, ends_only=True)
    # Frame k is shown from k/fps on; the margin keeps 0.3 s at 10 fps from becoming frame 2.
    return OneFrame(int(at * job.frame.fps + 1e-6))

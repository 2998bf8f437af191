"""Files that are made in segments, each by whatever process, and joined at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.job.region import Region
from pipeline.job.sink import Frame, LiveSink


class Segment(Protocol):
    """One segment of a file: takes frames as a `LiveSink` does, from its own first one on."""

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        """Show `canvas` for `repeat` frame times; outside of `changed` it is as it was last."""

    def finish(self) -> None:
        """Lay the segment aside for who joins them."""

    def abort(self) -> None:
        """Let go of files at once; never raises."""


@runtime_checkable
class Segmented(LiveSink, Protocol):
    """Takes a film's frames one after another, or in segments that are begun anywhere.

    What comes out is the same, byte for byte.
    """

    @property
    def length(self) -> int:
        """Frames of a segment; the film's last one may be shorter."""

    def begin(self, number: int) -> Segment:
        """Segment `number`, which holds the film's frames from `number` times `length` on."""

    def files(self, number: int) -> list[Path]:
        """Where segment `number` is laid aside; of a film's last one some may not be there."""


class InTurn:
    """Feeds the segments of a file one after another, from segment `number` on."""

    def __init__(self, encoder: Segmented, number: int = 0) -> None:
        self._encoder, self._next = encoder, number
        self._segment: Segment | None = None
        self._left = 0  # frames that the segment still takes

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        """Show `canvas` for `repeat` frame times, be it in several segments."""
        while repeat:
            if not self._left:
                self._begin()
                changed = Region(changed.width, changed.height, full=True)
            assert self._segment is not None
            count = min(repeat, self._left)
            self._segment.show(canvas, count, changed)
            self._left, repeat = self._left - count, repeat - count

    def finish(self) -> None:
        """Lay the last segment aside."""
        if self._segment is not None:
            self._segment.finish()

    def abort(self) -> None:
        """Let go of the segment that was begun last."""
        if self._segment is not None:
            self._segment.abort()

    def _begin(self) -> None:
        self.finish()
        self._segment = self._encoder.begin(self._next)
        self._next, self._left = self._next + 1, self._encoder.length

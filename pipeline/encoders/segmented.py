"""Files that are made in segments, each by whatever process, and joined at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.encoders.base import Labels, io_errors
from pipeline.job.region import Region
from pipeline.job.sink import Frame, FrameSink


class Segment(FrameSink, Protocol):
    """One segment of a file: takes frames from its own first one on."""

    def finish(self) -> None:
        """Lay the segment aside for who joins them."""

    def abort(self) -> None:
        """Let go of files at once; never raises."""


@runtime_checkable
class Segmented(FrameSink, Protocol):
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

    def __init__(self, file: Segmented, number: int = 0) -> None:
        self._file, self._next = file, number
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
        self._segment = self._file.begin(self._next)
        self._next, self._left = self._next + 1, self._file.length


class SegmentedFile:
    """A file of segments of `length` frames, which `open_segment` opens and `join` joins.

    Segments can be encoded by several processes (`begin`) or here, one after another. They lie in
    `folder` under names that end in `suffix`. Chapters and subtitles must be known before a file's
    header is written, but a film's sections are known only at its end: hence the joining.
    """

    def __init__(
        self,
        length: int,
        folder: Path,
        suffix: str,
        open_segment: Callable[[Path], Segment],
        join: Callable[[Sequence[Path], Labels], None],
    ) -> None:
        self.length = length
        self._folder, self._suffix = folder, suffix
        self._open_segment, self._join = open_segment, join
        with io_errors():
            self.segment(0).touch()  # a folder that cannot be written is found before drawing
        self._in_turn = InTurn(self)

    def begin(self, number: int) -> Segment:
        """Segment `number`."""
        return self._open_segment(self.segment(number))

    def segment(self, number: int) -> Path:
        """The file of segment `number`."""
        return self._folder / f"segment-{number:06}{self._suffix}"

    def files(self, number: int) -> list[Path]:
        """As `Segmented` says: one file."""
        return [self.segment(number)]

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self._in_turn.show(canvas, repeat, changed)

    def finish(self, labels: Labels) -> None:
        self._in_turn.finish()
        count = len(list(self._folder.glob(f"segment-*{self._suffix}")))
        with io_errors():
            self._join([self.segment(number) for number in range(count)], labels)

    def abort(self) -> None:
        self._in_turn.abort()

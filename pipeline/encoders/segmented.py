"""Files that are made in segments, by one or several processes, and joined at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.encoders.base import Labels, io_errors
from pipeline.job.errors import WriteFailed
from pipeline.job.region import Region
from pipeline.job.sink import Frame, FrameSink


@dataclass(frozen=True, slots=True)
class Piece:
    """The file of a finished segment, and the SHA-256 of what was written into it."""

    path: Path
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Piece:
        """The piece in a file that was written just now."""
        with path.open("rb") as file:
            return cls(path, hashlib.file_digest(file, "sha256").hexdigest())

    def open(self) -> BytesIO:
        """The content, in memory; WriteFailed if it is not what was written.

        So what is joined is exactly what was checked.
        """
        data = self.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise WriteFailed(
                "the segment {name!r} changed after it was written: run the command again",
                name=self.path.name,
            )
        return BytesIO(data)


class Segment(FrameSink, Protocol):
    """One segment of a file: takes frames from its own first one on."""

    def finish(self) -> None:
        """Complete the segment; it is joined later."""

    def abort(self) -> None:
        """Close files at once; never raises."""


@runtime_checkable
class Segmented(FrameSink, Protocol):
    """Takes a film's frames one after another, or in segments that are begun in any order.

    The file is the same, byte for byte.
    """

    @property
    def length(self) -> int:
        """Frames of a segment; the film's last one may be shorter."""

    def begin(self, number: int) -> Segment:
        """Segment `number`, which holds the film's frames from `number` times `length` on."""

    def files(self, number: int) -> list[Path]:
        """The files of segment `number`. For the film's last segment some may not exist."""

    def written(self, number: int) -> dict[Path, str]:
        """The checksums of the files of segment `number` that this process has finished."""

    def take(self, written: Mapping[Path, str]) -> None:
        """Join these finished files, too: another process wrote them, or they were kept."""

    def discard(self) -> None:
        """Remove all finished segments: they are made again."""


class InSequence:
    """Feeds the segments of a file one after another, from segment `number` on."""

    def __init__(self, file: Segmented, number: int = 0) -> None:
        self._file, self._next = file, number
        self._segment: Segment | None = None
        self._left = 0  # frames that the segment still takes

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Show `canvas` for `repeat` frames, in several segments if necessary."""
        while repeat:
            if not self._left:
                self._begin()
                changed = Region(changed.width, changed.height, full=True)
            assert self._segment is not None
            count = min(repeat, self._left)
            self._segment.show(canvas, count, changed, key_frame)
            self._left, repeat, key_frame = self._left - count, repeat - count, False

    def finish(self) -> None:
        """Complete the last segment."""
        if self._segment is not None:
            self._segment.finish()

    def abort(self) -> None:
        """Abort the segment that was begun last."""
        if self._segment is not None:
            self._segment.abort()

    def _begin(self) -> None:
        self.finish()
        self._segment = self._file.begin(self._next)
        self._next, self._left = self._next + 1, self._file.length


class SegmentedFile:
    """A file of segments of `length` frames, which `open_segment` opens and `join` joins.

    Several processes can encode segments (`begin`), or this one, one after another. Their files are
    in `folder`, with names that end in `suffix`. They are joined at the end because chapters and
    subtitles are written before the frames, but a film's sections are known only at its end.
    """

    def __init__(
        self,
        length: int,
        folder: Path,
        suffix: str,
        open_segment: Callable[[Path], Segment],
        join: Callable[[Sequence[Piece], Labels], None],
    ) -> None:
        self.length = length
        self._folder, self._suffix = folder, suffix
        self._open_segment, self._join = open_segment, join
        self._written: dict[Path, str] = {}
        with io_errors():
            self.segment(0).touch()  # raises before drawing if the folder cannot be written
        self._all = InSequence(self)

    def begin(self, number: int) -> Segment:
        """Segment `number`."""
        path = self.segment(number)
        return _Checked(self._open_segment(path), path, self._written)

    def segment(self, number: int) -> Path:
        """The file of segment `number`."""
        return self._folder / f"segment-{number:06}{self._suffix}"

    def files(self, number: int) -> list[Path]:
        """As `Segmented` says: one file."""
        return [self.segment(number)]

    def written(self, number: int) -> dict[Path, str]:
        path = self.segment(number)
        return {path: self._written[path]} if path in self._written else {}

    def take(self, written: Mapping[Path, str]) -> None:
        own = {path: sha256 for path, sha256 in written.items() if path.parent == self._folder}
        self._written.update(own)

    def discard(self) -> None:
        for path in self._written:
            path.unlink(missing_ok=True)
        self._written.clear()

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._all.show(canvas, repeat, changed, key_frame)

    def finish(self, labels: Labels) -> None:
        self._all.finish()
        pieces = [Piece(path, self._written[path]) for path in sorted(self._written)]
        with io_errors():
            self._join(pieces, labels)

    def abort(self) -> None:
        self._all.abort()


class _Checked:
    """A segment whose checksum is taken as soon as its file is closed."""

    def __init__(self, segment: Segment, path: Path, written: dict[Path, str]) -> None:
        self._segment, self._path, self._written = segment, path, written

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._segment.show(canvas, repeat, changed, key_frame)

    def finish(self) -> None:
        self._segment.finish()
        with io_errors():
            self._written[self._path] = Piece.of(self._path).sha256

    def abort(self) -> None:
        self._segment.abort()

"""One stream of frames for several files: each frame is drawn once and passed to all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm
from pathlib import Path

from pipeline.encoders.segmented import InSequence, Segment, Segmented
from pipeline.job.region import Region
from pipeline.job.sink import Frame, FrameSink


class Tee:
    """Passes every frame on to several sinks; none of them may change it."""

    def __init__(self, sinks: Sequence[FrameSink]) -> None:
        self._sinks = sinks

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        for sink in self._sinks:
            sink.show(canvas, repeat, changed, key_frame)


class SegmentedTee(Tee):
    """As `Tee`; each of its segments holds whole segments of every file."""

    def __init__(self, files: Sequence[Segmented]) -> None:
        super().__init__(files)
        self._files = files
        self.length = lcm(*(file.length for file in files))

    def begin(self, number: int) -> Segment:
        first = number * self.length
        return _Segments([InSequence(file, first // file.length) for file in self._files])

    def files(self, number: int) -> list[Path]:
        """The segments of all files that belong to this segment."""
        return [
            path
            for file in self._files
            for part in range(self.length // file.length)
            for path in file.files(number * self.length // file.length + part)
        ]

    def written(self, number: int) -> dict[Path, str]:
        return {
            path: sha256
            for file in self._files
            for part in range(self.length // file.length)
            for path, sha256 in file.written(number * self.length // file.length + part).items()
        }

    def take(self, written: Mapping[Path, str]) -> None:
        for file in self._files:
            file.take(written)

    def discard(self) -> None:
        for file in self._files:
            file.discard()


class _Segments(Tee):
    """The same frames of several files."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        super().__init__(segments)
        self._segments = segments

    def finish(self) -> None:
        for segment in self._segments:
            segment.finish()

    def abort(self) -> None:
        for segment in self._segments:
            segment.abort()

"""Stores a segment's frames in a file: of each only the pixels that differ from the last frame.

A drawn frame differs little from the last one: 960 by 540 pixels take a few kilobytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import numpy.typing as npt

from pipeline.encoders.animation.histogram import Colours, Histogram
from pipeline.encoders.base import io_errors
from pipeline.encoders.segmented import Piece
from pipeline.job.region import Region
from pipeline.job.sink import Frame

Positions = npt.NDArray[np.int32]
"""Places of pixels, counted line by line from the top left corner."""

Convert = Callable[[Frame], Frame]
NOTHING = 0  # the colour of a pixel that is not shown, and of all pixels before the first frame


class FrameWriter:
    """Stores a segment of frames; equal frames in a row are stored once, with their number.

    What is stored of a part of a frame is what `convert` makes of it.

    Raises `WriteFailed`. Only one frame and the segment's distinct colours are in memory.
    """

    def __init__(self, path: Path, width: int, height: int, convert: Convert) -> None:
        with io_errors():
            self._file = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1)
        self._convert = convert
        self._last: Colours = np.full((height, width), NOTHING, np.uint32)
        self._first = b""
        self._repeats: list[int] = []
        self._frames = 0
        self._seen = Histogram()

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Append a frame if `canvas` differs from the last one, else show the last one longer."""
        positions, colours = self._differences(canvas, changed)
        if len(positions) or not self._repeats:
            self._append(positions, colours)
        self._repeats[-1] += repeat
        self._frames += repeat

    def finish(self) -> None:
        """Complete the file with the data of the whole segment."""
        self._seen.count(self._last, self._frames)
        with io_errors():
            self._write("repeats", np.array(self._repeats, np.int64))
            self._write("colours", self._seen.colours)
            self._write("weights", self._seen.weights)
            self._file.writestr("ends", self._first + _digest(self._last))
            self._file.close()

    def abort(self) -> None:
        """Close the file."""
        with suppress(Exception):
            self._file.close()

    def _differences(self, canvas: Frame, changed: Region) -> tuple[Positions, Colours]:
        """Where pixels differ from the last frame, and what they are now."""
        positions, colours = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
        for left, top, right, bottom in changed.rectangles():
            part = canvas[top:bottom, left:right]
            new = _numbers(self._convert(part))
            differs = new != self._last[top:bottom, left:right]
            rows, columns = np.nonzero(differs)
            positions.append((rows + top) * canvas.shape[1] + columns + left)
            colours.append(new[differs])
        return np.concatenate(positions).astype(np.int32), np.concatenate(colours)

    def _append(self, positions: Positions, colours: Colours) -> None:
        pixels = self._last.reshape(-1)
        if self._repeats:
            # A colour counts for the frames in which it is seen. At the end of the segment each
            # pixel is counted for all frames, so the frames before it appeared are subtracted now.
            self._seen.count(colours, -self._frames)
            self._seen.count(pixels[positions], self._frames)
        pixels[positions] = colours
        if not self._repeats:
            self._first = _digest(self._last)
        gaps = np.diff(positions, prepend=np.int32(0))
        with io_errors():
            self._write(str(len(self._repeats)), np.stack([gaps.view(np.uint32), colours]))
        self._repeats.append(0)

    def _write(self, name: str, array: npt.NDArray[np.generic]) -> None:
        self._file.writestr(name, array.tobytes())


class FrameReader:
    """Reads what a `FrameWriter` has stored."""

    def __init__(self, piece: Piece) -> None:
        self._piece, self.seen = piece, Histogram()
        with ZipFile(piece.open()) as file:
            self.repeats: list[int] = np.frombuffer(file.read("repeats"), np.int64).tolist()
            self.seen.colours = np.frombuffer(file.read("colours"), np.uint32)
            self.seen.weights = np.frombuffer(file.read("weights"), np.int64)
            ends = file.read("ends")
        self.first, self.last = ends[: len(ends) // 2], ends[len(ends) // 2 :]

    def __iter__(self) -> Iterator[tuple[Positions, Colours]]:
        """For each frame the pixels that differ from the last one; for the first all shown ones."""
        with ZipFile(self._piece.open()) as file:
            for number in range(len(self.repeats)):
                data = np.frombuffer(file.read(str(number)), np.uint32)
                gaps, colours = data.reshape(2, -1)
                yield np.cumsum(gaps.view(np.int32), dtype=np.int32), colours


def _numbers(frame: Frame) -> Colours:
    return frame.view("<u4")[..., 0]


def _digest(pixels: Colours) -> bytes:
    return hashlib.sha256(pixels.data).digest()

"""Frames laid aside on disk, for an encoder that must see the whole film before it begins."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..sink import Frame


class Spool:
    """Keeps frames in order without loss: each as its compressed difference from the last.

    Two frames are in memory, whatever the film's length. A drawn frame differs little from its
    predecessor, so a 640 by 360 frame takes about 10 kB on disk.
    """

    def __init__(self, path: Path, height: int, width: int) -> None:
        self._shape = (height, width, 4)
        self._file = path.open("w+b")
        self._lengths: list[int] = []
        self._last: Frame = np.zeros(self._shape, np.uint8)

    def __len__(self) -> int:
        return len(self._lengths)

    def ends_with(self, frame: Frame) -> bool:
        """Whether the frame that was added last equals `frame`."""
        return bool(self._lengths) and np.array_equal(frame, self._last)

    def add(self, frame: Frame) -> None:
        """Append `frame`, which must not be changed afterwards."""
        data = zlib.compress(np.bitwise_xor(frame, self._last).tobytes(), level=1)
        self._file.write(data)
        self._lengths.append(len(data))
        self._last = frame

    def __iter__(self) -> Iterator[Frame]:
        """The frames in order; each is the caller's own."""
        self._file.seek(0)
        last: Frame = np.zeros(self._shape, np.uint8)
        for length in self._lengths:
            change = np.frombuffer(zlib.decompress(self._file.read(length)), np.uint8)
            last = np.bitwise_xor(last, change.reshape(self._shape))
            yield last

    def close(self) -> None:
        self._file.close()

"""The frames of all segments as those of one film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.encoders.gif.frame_store import FrameReader
from pipeline.encoders.gif.histogram import Histogram
from pipeline.encoders.gif.palette import Indices, Palette
from pipeline.encoders.segmented import Piece


class JoinedFrames:
    """The frames stored in `pieces`. A frame that goes on in the next segment is one frame.

    ``repeats`` says for how many frames of the film each is shown, ``seen`` counts their colours.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.seen = Histogram()
        self.repeats: list[int] = []
        self._pieces = pieces
        self._goes_on: list[bool] = []  # whether a segment's first frame is the last one before it
        last = b""
        for segment in map(FrameReader, pieces):
            self.seen.add(segment.seen.colours, segment.seen.weights)
            goes_on = segment.first == last
            if goes_on:
                self.repeats[-1] += segment.repeats[0]
            self.repeats += segment.repeats[goes_on:]
            self._goes_on.append(goes_on)
            last = segment.last

    def mapped(self, palette: Palette, height: int, width: int) -> Iterator[Indices]:
        """Each frame in the palette's colours; it is valid until the next one is read."""
        for piece, goes_on in zip(self._pieces, self._goes_on, strict=True):
            frame = np.full((height, width), palette.nothing, np.uint8)
            pixels = frame.reshape(-1)
            for number, (positions, colours) in enumerate(FrameReader(piece)):
                pixels[positions] = palette.indices(colours)
                if number or not goes_on:
                    yield frame

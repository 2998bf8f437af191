"""The frames of all segments as those of one film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.encoders.animation.frame_store import NOTHING, FrameReader
from pipeline.encoders.animation.histogram import Colours, Histogram
from pipeline.encoders.animation.palette import Indices, Palette
from pipeline.encoders.segmented import Piece
from pipeline.job.job import FrameSpec
from pipeline.job.sink import Frame


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

    def pictures(self, spec: FrameSpec) -> Iterator[Frame]:
        """Each frame, shape (height, width, 3), or (…, 4) with alpha in a transparent film."""
        channels = 4 if spec.transparent else 3
        for colours in self._coloured(spec.height, spec.width):
            pixels = colours.view(np.uint8).reshape(spec.height, spec.width, 4)
            yield pixels[..., :channels].copy()

    def _coloured(self, height: int, width: int) -> Iterator[Colours]:
        """Each frame, shape (height, width); it is valid until the next one is read."""
        for piece, goes_on in zip(self._pieces, self._goes_on, strict=True):
            frame: Colours = np.full((height, width), NOTHING, np.uint32)
            pixels = frame.reshape(-1)
            for number, (positions, colours) in enumerate(FrameReader(piece)):
                pixels[positions] = colours
                if number or not goes_on:
                    yield frame

    def mapped(self, palette: Palette, height: int, width: int) -> Iterator[Indices]:
        """Each frame in the palette's colours; it is valid until the next one is read."""
        for piece, goes_on in zip(self._pieces, self._goes_on, strict=True):
            frame = np.full((height, width), palette.nothing, np.uint8)
            pixels = frame.reshape(-1)
            for number, (positions, colours) in enumerate(FrameReader(piece)):
                pixels[positions] = palette.indices(colours)
                if number or not goes_on:
                    yield frame

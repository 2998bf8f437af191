"""One film into several files: each frame is drawn once and handed to every encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from ..job import Picture
from ..region import Region
from ..sink import Frame, LiveSink
from .base import Encoder, Labels


class Fan:
    """Passes every frame on to several sinks; none of them may change it."""

    def __init__(self, sinks: Sequence[LiveSink]) -> None:
        self._sinks = sinks

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        for sink in self._sinks:
            sink.show(canvas, repeat, changed)


class Reduced:
    """Hands every `every`-th frame of the film to `encoder`, in the size of `picture`.

    Scaled are the premultiplied channels, each by itself: a soft edge keeps its colour.
    """

    def __init__(self, encoder: Encoder, picture: Picture, every: int) -> None:
        self._encoder, self._every = encoder, every
        self._size = picture.width, picture.height
        self._seen = 0

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        before = -(-self._seen // self._every)  # frames 0, every, 2 every, ... so far
        self._seen += repeat
        count = -(-self._seen // self._every) - before
        if count:
            # What changed since the last frame that was passed on is not worth keeping account of.
            self._encoder.show(self._scaled(canvas), count, Region(*self._size, full=True))

    def finish(self, labels: Labels) -> None:
        self._encoder.finish(labels)

    def abort(self) -> None:
        self._encoder.abort()

    def _scaled(self, frame: Frame) -> Frame:
        height, width = frame.shape[:2]
        if (width, height) == self._size:
            return frame
        # RGBX: for RGBA Pillow would divide by alpha. Hamming's filter does not ring: flat colours
        # stay flat, as a palette needs them.
        image = Image.frombuffer("RGBX", (width, height), frame, "raw", "RGBX", 0, 1)
        return np.array(image.resize(self._size, Image.Resampling.HAMMING))

"""The canvas as YUV 4:2:0. It is kept from frame to frame, and only what changed is converted."""

from __future__ import annotations

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from pipeline.job.region import Rectangle, Region
from pipeline.job.sink import Frame

# Without a flag some samples of swscale are off by one. ACCURATE_RND gives the same samples as this
# flag, and takes 40 % longer.
EXACT = Interpolation.BILINEAR | Interpolation.BITEXACT

# swscale writes whole vectors: at the end of a line, over the first pixels of the next one. That
# line is written later, unless another thread has already done it. So with several threads pixels
# are wrong where the width is no multiple of a vector, in other places each time.
ONE_THREAD = 1

# The chroma filter reaches this many pixels. So a changed pixel changes samples beside it, and a
# part must be converted with this margin to equal the same part of the whole.
REACH = 2
KEPT = 64  # converters, one for each size of a rectangle

Plane = npt.NDArray[np.uint8]


class YuvFrame:
    """A ``yuv420p`` frame (BT.709, limited range) that follows an RGBA canvas.

    The frame is written in place. This is correct only for an encoder that copies a frame before it
    returns, as libx264 does. An encoder that keeps a reference needs frames of its own.
    """

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self._size = width, height
        self._planes = arrays(self.frame)
        self._converters: dict[tuple[int, int], VideoReformatter] = {}

    def follow(self, canvas: Frame, changed: Region) -> None:
        """Convert the parts of `canvas` that lie in `changed`."""
        for rectangle in changed.rectangles():
            self._convert(canvas, self._grown(rectangle))

    def _grown(self, rectangle: Rectangle) -> Rectangle:
        left, top, right, bottom = rectangle
        width, height = self._size
        right, bottom = min(right + REACH, width), min(bottom + REACH, height)
        return max(left - REACH, 0), max(top - REACH, 0), right, bottom

    def _convert(self, canvas: Frame, rectangle: Rectangle) -> None:
        left, top, right, bottom = rectangle
        x, y, x_end, y_end = self._grown(rectangle)
        part = canvas[y:y_end, x:x_end]
        converted = self._converter(part).reformat(
            av.VideoFrame.from_numpy_buffer(part, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=EXACT,
            threads=ONE_THREAD,
        )
        for whole, new, half in zip(self._planes, arrays(converted), (1, 2, 2), strict=True):
            rows, columns = slice(top // half, bottom // half), slice(left // half, right // half)
            dy, dx = (top - y) // half, (left - x) // half
            target = whole[rows, columns]
            target[...] = new[dy : dy + target.shape[0], dx : dx + target.shape[1]]

    def _converter(self, part: Frame) -> VideoReformatter:
        """One converter for each size, since it is built again when its size changes."""
        if len(self._converters) >= KEPT:
            self._converters.clear()
        return self._converters.setdefault((part.shape[0], part.shape[1]), VideoReformatter())


def arrays(frame: av.VideoFrame) -> list[Plane]:
    """The frame's planes as arrays that share its memory, with the padding of the lines."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        for plane in frame.planes
    ]

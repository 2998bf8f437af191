"""A still as a PNG."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext

from pipeline.encoders.alpha import straight
from pipeline.encoders.base import Labels, io_errors
from pipeline.job.errors import WriteFailed
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame


class PngEncoder:
    """Keeps the latest frame and writes it as a PNG, with straight alpha if transparent."""

    def __init__(self, spec: FrameSpec, path: Path) -> None:
        self._alpha, self._path = spec.transparent, path
        self._frame: Frame | None = None

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._frame = canvas.copy()

    def finish(self, labels: Labels) -> None:
        assert self._frame is not None, "the pipeline checks that a frame was drawn"
        data = png_bytes(self._frame, self._alpha)
        with io_errors():
            self._path.write_bytes(data)

    def abort(self) -> None:
        self._frame = None


def png_bytes(frame: Frame, alpha: bool) -> bytes:
    """`frame` as a complete PNG file, without loss."""
    pixels = straight(frame) if alpha else np.ascontiguousarray(frame[..., :3])
    layout = "rgba" if alpha else "rgb24"
    context = CodecContext.create("png", "w")
    assert isinstance(context, VideoCodecContext)
    context.height, context.width = frame.shape[:2]
    context.pix_fmt, context.framerate = layout, Fraction(1)
    with io_errors():
        packets = context.encode(av.VideoFrame.from_ndarray(pixels, format=layout))
        packets += context.encode(None)
    if len(packets) != 1:
        raise WriteFailed("the PNG encoder gave no picture")
    return bytes(packets[0])

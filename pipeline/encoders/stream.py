"""One video stream in one container, on a constant frame grid, with deliberate colour tags."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.codec.context import ThreadType
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

from ..job import Picture
from ..sink import Frame
from .alpha import straight
from .base import Labels, io_errors

# Fixed, not the number of cores: the encoders' decisions depend on it, and equal jobs must give
# equal bytes on every machine.
THREADS = 4

# Without these flags swscale is off by up to two levels on flat colours.
EXACT = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


@dataclass(frozen=True, slots=True)
class Format:
    """Container, codec and pixel format; `alpha` asks for straight-alpha frames."""

    container: str
    codec: str
    pixels: str
    options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)
    alpha: bool = False


class VideoStream:
    """Encodes frames into a file of one stream: BT.709 matrix and tags, limited range."""

    def __init__(self, form: Format, picture: Picture, path: Path) -> None:
        self._form = form
        self._reformatter = VideoReformatter()
        self._tick = Fraction(1, picture.fps)
        self._frames = 0
        with io_errors():
            self._container = av.open(
                path, "w", format=form.container, container_options=dict(form.container_options)
            )
            stream = self._container.add_stream(
                form.codec, rate=picture.fps, options=dict(form.options)
            )
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, form.pixels
        stream.time_base = self._tick
        context = stream.codec_context
        context.thread_count = THREADS
        # PyAV's default is SLICE: x264 would cut each frame in bands, larger and hardly parallel.
        context.thread_type = ThreadType.AUTO
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        self._stream = stream

    def write(self, frame: Frame, repeat: int) -> None:
        """Encode `frame` at the next `repeat` places of the grid, converting it once."""
        converted = self._convert(straight(frame) if self._form.alpha else frame)
        with io_errors():
            for _ in range(repeat):
                converted.pts = self._frames
                self._frames += 1
                self._container.mux(self._stream.encode(converted))

    def finish(self, labels: Labels) -> None:
        """Drain the encoder and close the file."""
        with io_errors():
            if labels.title:
                self._container.metadata["title"] = labels.title
            self._container.mux(self._stream.encode(None))
            self._container.close()

    def abort(self) -> None:
        """Close without draining: what is still in the encoder is lost on purpose."""
        with suppress(Exception):
            self._container.close()

    def _convert(self, frame: Frame) -> av.VideoFrame:
        converted = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(frame, format="rgba"),
            format=self._form.pixels,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=EXACT,
        )
        converted.time_base = self._tick
        return converted

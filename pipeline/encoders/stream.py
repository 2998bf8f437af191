"""One video stream in one container, at a constant frame rate, with explicit colour tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.codec.context import ThreadType
from av.container import OutputContainer
from av.video.frame import PictureType
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    VideoReformatter,
)

from pipeline.encoders.alpha import straight
from pipeline.encoders.base import Labels, io_errors
from pipeline.encoders.h264.repeats import RepeatedFrames
from pipeline.encoders.yuv import EXACT, ONE_THREAD, YuvFrame
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame

# A fixed number, not that of the cores: the bytes depend on it, and must be the same on every
# machine.
THREADS = 4

NO_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """Container, codec and pixel format; `alpha` asks for straight-alpha frames.

    `copies` says that the codec copies a frame before it returns, so the frame may be used again.
    `repeats` says that we write repeated frames ourselves (only for H.264).
    """

    container: str
    codec: str
    pixels: str
    options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)
    alpha: bool = False
    copies: bool = False
    repeats: bool = False
    threads: int = THREADS


class VideoStream:
    """Encodes frames into a file with one stream: BT.709 matrix and tags, limited range."""

    def __init__(self, settings: StreamSettings, spec: FrameSpec, path: Path) -> None:
        self._settings = settings
        self._reformatter = VideoReformatter()
        self._converted: av.VideoFrame | None = None
        self._yuv = YuvFrame(spec.width, spec.height) if settings.copies else None
        self._tick = Fraction(1, spec.fps)
        self._frames = 0  # given to the encoder
        self._places = 0  # of the last frame, which was not given to the encoder yet
        self._key_frame = False  # whether that one must be a key frame
        with io_errors():
            self._container = av.open(
                path,
                "w",
                format=settings.container,
                container_options=dict(settings.container_options),
            )
            self._stream = _added(self._container, settings, spec)
            self._repeats = RepeatedFrames(self._stream, self._tick) if settings.repeats else None

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Encode `canvas` at the next `repeat` places of the film; only changes are converted."""
        if changed or key_frame or self._converted is None:
            self._give()
            self._key_frame = key_frame
            self._converted = self._convert(canvas, changed)
            self._converted.time_base = self._tick
        self._places += repeat

    def finish(self, labels: Labels = NO_LABELS) -> None:
        """Drain the encoder and close the file."""
        self._give()
        with io_errors():
            if labels.title:
                self._container.metadata["title"] = labels.title
            for packet in self._repeats.rest() if self._repeats else self._stream.encode(None):
                self._container.mux(packet)
            self._container.close()

    def abort(self) -> None:
        """Close without draining the encoder."""
        with suppress(Exception):
            self._container.close()

    def _give(self) -> None:
        """Give the frame to the encoder, now that it is known how long it is shown."""
        if self._converted is None:
            return
        with io_errors():
            for packet in self._encoded(self._converted, self._places):
                self._container.mux(packet)
        self._frames, self._places = self._frames + self._places, 0

    def _encoded(self, frame: av.VideoFrame, count: int) -> Iterator[av.Packet[Any]]:
        if self._repeats:
            yield from self._repeats.encoded(frame, self._frames, count, self._key_frame)
            return
        for number in range(count):
            first = self._key_frame and not number
            frame.pict_type = PictureType.I if first else PictureType.NONE
            frame.pts = self._frames + number
            yield from self._stream.encode(frame)

    def _convert(self, canvas: Frame, changed: Region) -> av.VideoFrame:
        if self._yuv is not None:
            self._yuv.follow(canvas, changed)
            return self._yuv.frame
        frame = straight(canvas) if self._settings.alpha else canvas
        return self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(frame, format="rgba"),
            format=self._settings.pixels,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=EXACT,
            threads=ONE_THREAD,
        )


def _added(container: OutputContainer, settings: StreamSettings, spec: FrameSpec) -> av.VideoStream:
    """A new video stream in `container`."""
    stream = container.add_stream(settings.codec, rate=spec.fps, options=dict(settings.options))
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height, stream.pix_fmt = spec.width, spec.height, settings.pixels
    stream.time_base = Fraction(1, spec.fps)
    context = stream.codec_context
    context.thread_count = settings.threads
    # PyAV's default is SLICE: x264 would cut each frame in bands. Files would be larger, and
    # encoding would hardly be parallel.
    context.thread_type = ThreadType.AUTO
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream

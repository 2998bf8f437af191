"""A segment of an animation: its frames, stored without loss until the film is complete."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PIL import ImageColor

from pipeline.encoders.alpha import hard_edged, matted, straight
from pipeline.encoders.animation.frame_store import Convert, FrameWriter
from pipeline.encoders.animation.resample import Resampled
from pipeline.encoders.segmented import Segment
from pipeline.job.encodings import Animation, Gif
from pipeline.job.job import FrameSpec
from pipeline.job.sink import Frame

# The length of a segment: at least so many drawn frames, since a fork costs time; and a multiple of
# so many seconds, to match the segments of an mp4 of the same frames. The bytes depend on neither.
FRAMES = 100
SECONDS = 2


def segment_frames(fps: int) -> int:
    """The number of drawn frames in a segment."""
    return -(-FRAMES // (SECONDS * fps)) * SECONDS * fps


def open_segment(
    encoding: Animation, drawn: FrameSpec, delivered: FrameSpec, path: Path
) -> Segment:
    """Stores a segment's frames in `path` and counts their colours.

    `drawn` is the format of the frames that come, `delivered` that of the file.
    """
    convert = _convert(encoding, delivered.transparent)
    writer = FrameWriter(path, delivered.width, delivered.height, convert)
    if delivered == drawn:
        return writer
    return Resampled(writer, drawn, delivered, encoding.every)


def _convert(encoding: Animation, transparent: bool) -> Convert:
    """From a drawn frame to what the file shows of it."""
    if not transparent:
        return _as_drawn
    if not isinstance(encoding, Gif):
        return straight
    if encoding.matte is None:
        return hard_edged
    red, green, blue = ImageColor.getrgb(encoding.matte)[:3]
    return partial(matted, colour=(red, green, blue))


def _as_drawn(frame: Frame) -> Frame:
    return frame

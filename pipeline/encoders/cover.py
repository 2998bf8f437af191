"""A film's cover: one of its pictures, which file managers and players show for the file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

import av
from av.container import OutputContainer
from av.stream import Disposition

from pipeline.encoders.segmented import Piece
from pipeline.encoders.yuv import ONE_THREAD

WIDTH = 1280  # pixels at most
_QUANTISER = 3  # of JPEG, from 2 (best) to 31


def picture_at(segments: Sequence[Piece], length: int, number: int) -> av.VideoFrame:
    """Frame `number` of a film whose segments have `length` frames each, the last one fewer."""
    segment, before = divmod(number, length)
    with av.open(segments[segment].open(), "r") as container:
        return next(islice(container.decode(video=0), before, None))


def add_cover(container: OutputContainer, picture: av.VideoFrame) -> av.Packet[Any]:
    """Add a stream for `picture`, as JPEG; return its packet, which is still to be muxed."""
    share = min(1.0, WIDTH / picture.width)
    size = {"width": round(picture.width * share), "height": round(picture.height * share)}
    stream = container.add_stream("mjpeg", rate=1)
    stream.width, stream.height, stream.pix_fmt = size["width"], size["height"], "yuvj420p"
    stream.disposition = Disposition.attached_pic
    coder = stream.codec_context
    coder.thread_count = 1  # the bytes are the same on every machine
    coder.qmin = coder.qmax = _QUANTISER
    still = picture.reformat(**size, format="yuvj420p", threads=ONE_THREAD)
    still.pts, still.time_base = 0, Fraction(1, 1)
    return next(iter(stream.encode(still)))


def is_cover(stream: av.VideoStream) -> bool:
    """Whether a stream of an opened file is its cover."""
    return bool(stream.disposition & Disposition.attached_pic)

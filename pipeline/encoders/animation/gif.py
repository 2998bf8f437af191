"""GIF from raw frames: one palette for the whole film, no dithering, exact delays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from pipeline.encoders.animation.join import JoinedFrames
from pipeline.encoders.animation.palette import Indices, Palette
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import Gif
from pipeline.job.job import FrameSpec

HUNDREDTH = Fraction(1, 100)  # of a second: the unit of a GIF's delays
LONGEST = 65535  # hundredths of a second that one delay can hold


def write_gif(segments: Sequence[Piece], path: Path, encoding: Gif, spec: FrameSpec) -> None:
    """Give the frames of `segments` one palette, and write them as a GIF to `path`.

    Equal frames in a row become one with a longer delay. Memory does not depend on the film's
    length. The frame rate must be one of `GIF_RATES`, which hundredths of a second hold exactly.
    """
    film = JoinedFrames(segments)
    palette = Palette(film.seen, encoding.colors, spec.transparent)
    delays = [repeat * 100 // spec.fps for repeat in film.repeats]
    shown = zip(film.mapped(palette, spec.height, spec.width), delays, strict=True)
    # libav computes a frame's delay from the start of the next one; for the last it must be set.
    last = _starts(0, delays[-1])[-1]
    options = {"loop": str(_repeats(encoding.loop)), "final_delay": str(delays[-1] - last)}
    with av.open(path, "w", format="gif", container_options=options) as container:
        stream = _stream(container, spec)
        for frame in _timed(shown, palette):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _repeats(plays: int) -> int:
    """What libav's ``loop`` means: plays after the first one; -1 for none, 0 for ever."""
    return plays - 1 if plays > 1 else -plays


def _stream(container: OutputContainer, spec: FrameSpec) -> av.VideoStream:
    stream = container.add_stream("gif", rate=100)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = spec.width, spec.height
    stream.pix_fmt, stream.time_base = "pal8", HUNDREDTH
    return stream


def _timed(shown: Iterable[tuple[Indices, int]], palette: Palette) -> Iterator[av.VideoFrame]:
    """Frames with their starts; one that lasts longer than the longest delay is repeated."""
    begun = 0
    for indices, delay in shown:
        for start in _starts(begun, delay):
            frame = palette.frame(indices)
            frame.pts, frame.time_base = start, HUNDREDTH
            yield frame
        begun += delay


def _starts(begun: int, delay: int) -> range:
    return range(begun, begun + delay, LONGEST)

"""One palette for a whole film, and frames put into its colours (libav's filters)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import av.error
from av.filter import Graph
from av.filter.context import FilterContext

from ..job import Picture
from ..sink import Frame

HUNDREDTH = Fraction(1, 100)  # of a second: the unit of a GIF's delays
OPAQUE = 128  # alpha from which a pixel is shown: in a GIF it is there or it is not


class PaletteMaker:
    """Median cut over the colours of all frames, each weighted by its number of pixels.

    The large flat colours of a film so come out exact; memory holds the distinct colours only.
    """

    def __init__(self, colors: int, picture: Picture) -> None:
        self._graph = Graph()
        self._source = _buffer(self._graph, picture.width, picture.height, "rgba")
        transparent = int(picture.transparent)
        maker = self._graph.add(
            "palettegen", f"max_colors={colors}:stats_mode=full:reserve_transparent={transparent}"
        )
        self._sink = self._graph.add("buffersink")
        self._source.link_to(maker)
        maker.link_to(self._sink)
        self._graph.configure()
        self._counted = 0

    def count(self, frame: Frame) -> None:
        """Take the colours of one more frame into account."""
        self._source.push(_timed(frame, self._counted))
        self._counted += 1

    def make(self) -> av.VideoFrame:
        """The palette, as a picture of 16 by 16 pixels."""
        self._source.push(None)
        palette = self._sink.pull()
        assert isinstance(palette, av.VideoFrame)
        palette.pts, palette.time_base = 0, HUNDREDTH
        return palette


class PaletteMapper:
    """Gives every pixel the palette's nearest colour; no dithering, which would crawl and bloat."""

    def __init__(self, palette: av.VideoFrame, picture: Picture) -> None:
        self._graph = Graph()
        self._source = _buffer(self._graph, picture.width, picture.height, "rgba")
        colours = _buffer(self._graph, 16, 16, palette.format.name)
        mapper = self._graph.add("paletteuse", f"dither=none:alpha_threshold={OPAQUE}")
        self._sink = self._graph.add("buffersink")
        self._source.link_to(mapper, 0, 0)
        colours.link_to(mapper, 0, 1)
        mapper.link_to(self._sink)
        self._graph.configure()
        colours.push(palette)
        colours.push(None)

    def map(self, frame: Frame, start: int) -> Iterator[av.VideoFrame]:
        """Put in a frame that starts at `start` hundredths; yield the pictures that are ready."""
        self._source.push(_timed(frame, start))
        yield from self._ready()

    def rest(self) -> Iterator[av.VideoFrame]:
        """The pictures that were still held back."""
        self._source.push(None)
        yield from self._ready()

    def _ready(self) -> Iterator[av.VideoFrame]:
        while True:
            try:
                picture = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(picture, av.VideoFrame)
            yield picture


def _buffer(graph: Graph, width: int, height: int, pixels: str) -> FilterContext:
    return graph.add_buffer(
        width=width, height=height, format=av.VideoFormat(pixels), time_base=HUNDREDTH
    )


def _timed(frame: Frame, start: int) -> av.VideoFrame:
    timed = av.VideoFrame.from_numpy_buffer(frame, format="rgba")
    timed.pts, timed.time_base = start, HUNDREDTH
    return timed

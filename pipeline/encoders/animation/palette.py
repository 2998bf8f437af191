"""One palette for a whole film, and the film's colours in it (with libav's filters)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.filter.context import FilterContext

from pipeline.encoders.alpha import OPAQUE
from pipeline.encoders.animation.histogram import Colours, Histogram

SIDE = 2048  # pixels: the width of a picture of colours
SAMPLE = SIDE * SIDE  # about so many pixels stand for all pixels of a film
ROUNDS = 2  # of Lloyd's algorithm: the first gains 1.8 dB, then 0.3 to 0.5, then 0.1 to 0.2

Indices = npt.NDArray[np.uint8]


class Palette:
    """At most `colors` colours for all that is `seen`, and for each seen colour the nearest one.

    Median cut and Lloyd's algorithm weight a colour by how much it is seen, so the large flat
    colours of a film are exact. There is no dithering: it would flicker and make large files.
    """

    def __init__(self, seen: Histogram, colors: int, transparent: bool) -> None:
        palette = _palette(_sample(seen), colors, transparent)
        for _ in range(ROUNDS):
            palette = _refined(seen, *_mapped(seen.colours, palette))
        places, self._entries = _mapped(seen.colours, palette)
        self._places: Indices = np.zeros(1 << 24, np.uint8)  # for each red, green and blue
        self._places[seen.colours & 0xFFFFFF] = places
        # The place for pixels that are not shown: their number is the lowest.
        self.nothing = int(places[0])
        self._transparent = transparent

    def indices(self, colours: Colours) -> Indices:
        """The places in the palette of colours that are in ``seen``."""
        found: Indices = self._places[colours & 0xFFFFFF]
        if self._transparent:
            found[colours == 0] = self.nothing
        return found

    def frame(self, indices: Indices) -> av.VideoFrame:
        """A picture with these colours."""
        both: Any = indices, self._entries  # PyAV's annotation does not allow pairs
        return av.VideoFrame.from_ndarray(both, format="pal8")


def _sample(seen: Histogram) -> Colours:
    """Each colour at least once, and otherwise in proportion to how much it is seen.

    The most frequent colour, the page, counts at most as much as all others together: otherwise too
    few pixels would be left to distinguish the weights of rare colours.
    """
    others = max(int(seen.weights.sum() - seen.weights.max()), 1)
    counts = (seen.weights * (SAMPLE // 2) // others).clip(1, SAMPLE // 2)
    return np.repeat(seen.colours, counts)


def _palette(pixels: Colours, colors: int, transparent: bool) -> av.VideoFrame:
    """The palette, as a picture of 16 by 16 pixels."""
    graph = Graph()
    options = f"max_colors={colors}:stats_mode=full:reserve_transparent={int(transparent)}"
    frame = _frame_of(pixels)
    source = _source(graph, frame)
    maker, sink = graph.add("palettegen", options), graph.add("buffersink")
    source.link_to(maker)
    maker.link_to(sink)
    return _drained(graph, {source: frame}, sink)


def _mapped(colours: Colours, palette: av.VideoFrame) -> tuple[Indices, Indices]:
    """For each of `colours` its place in the palette, and the palette's entries as ARGB."""
    graph = Graph()
    frame = _frame_of(colours)
    pixels, entries = _source(graph, frame), _source(graph, palette)
    mapper = graph.add("paletteuse", f"dither=none:alpha_threshold={OPAQUE}")
    sink = graph.add("buffersink")
    pixels.link_to(mapper, 0, 0)
    entries.link_to(mapper, 0, 1)
    mapper.link_to(sink)
    mapped = _drained(graph, {pixels: frame, entries: palette}, sink)
    places, found = mapped.to_ndarray()
    return places.ravel()[: len(colours)], found.reshape(-1, 4)


def _refined(seen: Histogram, places: Indices, entries: Indices) -> av.VideoFrame:
    """The palette after moving each entry to the mean of its colours (a step of Lloyd's)."""
    weights = np.bincount(places, seen.weights, len(entries))
    used = (weights > 0) & (entries[:, 0] > 0)  # not the one for pixels that are not shown
    moved = entries[:, ::-1].copy()  # from ARGB
    for channel, shift in enumerate((16, 8, 0)):
        values = seen.colours >> shift & 0xFF
        sums = np.bincount(places, seen.weights * values, len(entries))
        moved[used, channel] = np.rint(sums[used] / weights[used])
    return av.VideoFrame.from_ndarray(moved.reshape(16, 16, 4), format="bgra")


def _frame_of(pixels: Colours) -> av.VideoFrame:
    """A picture of all `pixels`; the last pixel fills the rest of the last line."""
    lines = np.full((-(-len(pixels) // SIDE), SIDE), pixels[-1], "<u4")
    lines.ravel()[: len(pixels)] = pixels
    frame = lines.view(np.uint8).reshape(*lines.shape, 4)
    return av.VideoFrame.from_ndarray(frame, format="rgba")


def _source(graph: Graph, frame: av.VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=Fraction(1),
    )


def _drained(
    graph: Graph, frames: dict[FilterContext, av.VideoFrame], sink: FilterContext
) -> av.VideoFrame:
    """The filter's output after each source has given its frame."""
    graph.configure()
    for source, frame in frames.items():
        frame.pts, frame.time_base = 0, Fraction(1)
        source.push(frame)
        source.push(None)
    made = sink.pull()
    assert isinstance(made, av.VideoFrame)
    return made

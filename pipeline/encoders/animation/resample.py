"""Makes fewer and smaller frames than were drawn. Only what changed is scaled."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from PIL import Image

from pipeline.encoders.segmented import Segment
from pipeline.job.job import FrameSpec
from pipeline.job.region import Rectangle, Region, Tiles
from pipeline.job.sink import Frame

BLOCK = 64  # pixels of a side of the block that is scaled at once: whole tiles
HAMMING = Image.Resampling.HAMMING


class Resampled:
    """Passes every `every`-th frame of a segment to `segment`, in the size of `delivered`."""

    def __init__(
        self, segment: Segment, drawn: FrameSpec, delivered: FrameSpec, every: int
    ) -> None:
        self._segment, self._every = segment, every
        self._scaled = Scaled(drawn, delivered) if _size(drawn) != _size(delivered) else None
        self._changed = Region(*_size(drawn), full=True)  # since the last frame passed on
        self._seen = 0

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        before = -(-self._seen // self._every)  # frames 0, every, 2 every, ... so far
        self._seen += repeat
        count = -(-self._seen // self._every) - before
        self._changed.add(changed)
        if count:
            self._pass_on(canvas, count)
            self._changed.mask[...] = False

    def finish(self) -> None:
        self._segment.finish()

    def abort(self) -> None:
        self._segment.abort()

    def _pass_on(self, canvas: Frame, repeat: int) -> None:
        if self._scaled is None:
            self._segment.show(canvas, repeat, self._changed)
        else:
            changed = self._scaled.follow(canvas, self._changed)
            self._segment.show(self._scaled.pixels, repeat, changed)


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the small picture: its place, and the place of its source in the large one."""

    tiles: Tiles
    rows: slice
    columns: slice
    source: tuple[float, float, float, float]


class Scaled:
    """`pixels` are kept equal to a canvas of another size, scaled.

    The premultiplied channels are scaled separately, so a soft edge keeps its colour. Scaling is
    done in blocks of a fixed grid, since a filter's rounding could depend on where a part begins.
    """

    def __init__(self, drawn: FrameSpec, delivered: FrameSpec) -> None:
        self._from, self._to = _size(drawn), _size(delivered)
        self.pixels: Frame = np.zeros((delivered.height, delivered.width, 4), np.uint8)
        starts = product(range(0, delivered.height, BLOCK), range(0, delivered.width, BLOCK))
        self._blocks = [self._block(x, y) for y, x in starts]

    def follow(self, canvas: Frame, changed: Region) -> Region:
        """Scale the pixels that depend on `canvas` in `changed`; return their region."""
        region = Region(*self._to)
        for rectangle in changed.rectangles():
            if (tiles := region.tiles(*self._reached(rectangle))) is not None:
                region.mask[tiles] = True
        # RGBX, since for RGBA Pillow would divide by alpha. Hamming's filter does not ring, so flat
        # colours stay flat, as a palette needs them.
        image = Image.frombuffer("RGBX", self._from, canvas, "raw", "RGBX", 0, 1)
        for block in self._blocks:
            if region.mask[block.tiles].any():
                target = self.pixels[block.rows, block.columns]
                size = target.shape[1], target.shape[0]
                target[...] = np.asarray(image.resize(size, HAMMING, block.source))
        return region

    def _block(self, x: int, y: int) -> _Block:
        (from_width, from_height), (width, height) = self._from, self._to
        right, bottom = min(x + BLOCK, width), min(y + BLOCK, height)
        tiles = Region(width, height).tiles(x, y, right, bottom)
        assert tiles is not None
        source = (
            x * from_width / width, y * from_height / height,
            right * from_width / width, bottom * from_height / height,
        )  # fmt: skip
        return _Block(tiles, slice(y, bottom), slice(x, right), source)

    def _reached(self, rectangle: Rectangle) -> tuple[float, float, float, float]:
        """The pixels that depend on a rectangle of the canvas, and perhaps a few more."""
        left, top, right, bottom = rectangle
        x, y = (a / b for a, b in zip(self._from, self._to, strict=True))
        # The filter reaches one pixel of the coarser picture.
        dx, dy = max(x, 1) + 1, max(y, 1) + 1
        return (left - dx) / x - 1, (top - dy) / y - 1, (right + dx) / x + 1, (bottom + dy) / y + 1


def _size(spec: FrameSpec) -> tuple[int, int]:
    return spec.width, spec.height

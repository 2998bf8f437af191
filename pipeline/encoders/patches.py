"""Pictures of which x264 codes only the macroblocks that changed; the others are skipped.

x264 takes milliseconds for a picture of 8160 macroblocks even if hardly any of them changed. So
those that did are laid below each other in a small picture, some in a row, which x264 codes without
looking at any other: each row is a slice, and nothing in it depends on anything outside of it. In
the film's own picture the slices keep their place, with slices of skipped macroblocks between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from ..region import TILE, Region
from .bits import units
from .h264 import IDR_SLICE, refreshed, stayed
from .parameters import Syntax, expect, picture_set
from .planes import Plane, arrays

# Macroblocks of a group, which lie in a row and are coded together: a part of the picture's width.
# With fewer there are more slices, each with some bytes and microseconds of its own.
GROUPS = range(8, 1, -1)
HEIGHTS = (16, 32, 48, 64, 96, 128)  # groups of the small pictures; opening x264 takes 3 ms

Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
SIDES = (TILE, TILE // 2, TILE // 2)  # samples of a macroblock's side in each plane


class Patches:
    """Puts pictures of one stream together from what `frame` holds then.

    Raises `Unforeseen` if that cannot be done: with CABAC, or where pictures change their order.
    """

    def __init__(self, frame: av.VideoFrame, options: Mapping[str, str], headers: bytes) -> None:
        self._syntax = Syntax.of(headers)
        expect("entropy_coding_mode_flag", not self._syntax.cabac)
        expect("pic_order_cnt_type", not self._syntax.order_bits)
        lines, columns = Region(frame.width, frame.height).mask.shape
        self._size = next((size for size in GROUPS if columns % size == 0), 0)
        expect("pic_width_in_mbs", self._size > 0)
        self._columns = columns
        self._options, self._headers = options, headers
        self._small: dict[int, _SmallPictures] = {}
        blank = [np.zeros((1, side, side * self._size), np.uint8) for side in SIDES]
        self._coder(HEIGHTS[0]).coded(blank)
        # The frame's planes have no samples beyond the picture's edge: these have.
        self._planes = arrays(frame)
        self._extent = frame.width, frame.height
        self._shown = [np.zeros((lines * side, columns * side), np.uint8) for side in SIDES]
        self._rows = self._places = np.zeros(0, np.intp)
        self._blocks: list[Plane] = []

    def few(self, changed: Region) -> bool:
        """Look at the frame, which differs from the last one in `changed` at most, or beside it.

        Returns whether so few groups of macroblocks are others that `picture` pays. The first group
        must not be among them: what begins with an intra slice libav takes for a whole picture, to
        which a player may jump.
        """
        rows, places = self._near(changed.mask).nonzero()
        blocks = [self._block(k, rows, places) for k in range(len(SIDES))]
        differs = np.zeros(len(rows), bool)
        for shown, block in zip(self._shown, blocks, strict=True):
            old = self._tiled(shown)[rows, places]
            # As numbers of eight samples: to compare these takes less time.
            differs |= (old.view(np.uint64) != block.view(np.uint64)).any(axis=(1, 2))
        self._rows, self._places = rows[differs], places[differs]
        self._blocks = [block[differs] for block in blocks]
        for shown, block in zip(self._shown, self._blocks, strict=True):
            self._tiled(shown)[self._rows, self._places] = block
        first = len(self._rows) > 0 and not (self._rows[0] or self._places[0])
        return len(self._rows) <= HEIGHTS[-1] and not first

    def picture(self, references: int) -> bytes:
        """The frame that was looked at last, as a byte stream.

        It follows `references` reference pictures since the IDR picture, that one included.
        """
        parts, end = [], 0
        firsts = (self._rows * self._columns + self._places * self._size).tolist()
        for first, unit in zip(firsts, self._coded(), strict=True):
            if end < first:
                parts.append(stayed(self._syntax, references, end, first - end))
            parts.append(refreshed(self._syntax, references, first, unit))
            end = first + self._size
        if end < self._syntax.macroblocks:
            parts.append(stayed(self._syntax, references, end, self._syntax.macroblocks - end))
        return b"".join(parts)

    def _near(self, mask: Mask) -> Mask:
        """Groups with macroblocks of `mask` or beside them: chroma changes there as well."""
        high = mask.copy()
        high[1:] |= mask[:-1]
        high[:-1] |= mask[1:]
        wide = high.copy()
        wide[:, 1:] |= high[:, :-1]
        wide[:, :-1] |= high[:, 1:]
        near: Mask = np.any(wide.reshape(len(wide), -1, self._size), axis=2)
        return near

    def _block(self, k: int, rows: Places, places: Places) -> Plane:
        """Plane `k` of the groups at these places."""
        side, width = SIDES[k], SIDES[k] * self._size
        plane = self._planes[k]
        right, bottom = (size * side // TILE for size in self._extent)
        whole = (rows < bottom // side) & (places < right // width)
        inner = _tiled(plane[: bottom // side * side, : right // width * width], side, width)
        if whole.all():
            return inner[rows, places]
        block = np.zeros((len(rows), side, width), np.uint8)
        block[whole] = inner[rows[whole], places[whole]]
        for n in np.flatnonzero(~whole).tolist():  # at an edge within a macroblock
            y, x = int(rows[n]) * side, int(places[n]) * width
            part = plane[y : min(y + side, bottom), x : min(x + width, right)]
            block[n, : part.shape[0], : part.shape[1]] = part
        return block

    def _tiled(self, plane: Plane) -> Plane:
        """`plane`, which is whole macroblocks, by rows and places of groups."""
        side = plane.shape[1] // self._columns
        return _tiled(plane, side, side * self._size)

    def _coded(self) -> list[bytes]:
        """A slice for each of the groups."""
        count = len(self._rows)
        if not count:
            return []
        coder = self._coder(next(height for height in HEIGHTS if height >= count))
        return coder.coded(self._blocks)[:count]

    def _coder(self, height: int) -> _SmallPictures:
        if height not in self._small:
            self._small[height] = _SmallPictures(self._size, height, self._options)
            same = picture_set(self._small[height].headers) == picture_set(self._headers)
            expect("the small pictures' parameter set", same)
        return self._small[height]


class _SmallPictures:
    """Codes pictures of `height` groups of `size` macroblocks, each group a slice of its own."""

    def __init__(self, size: int, height: int, options: Mapping[str, str]) -> None:
        self._frame = av.VideoFrame(size * TILE, height * TILE, "yuv420p")
        self._frame.pict_type, self._frame.pts = PictureType.I, -1
        self._planes = arrays(self._frame)
        context = VideoCodecContext.create("libx264", "w")
        assert isinstance(context, VideoCodecContext)
        context.width, context.height = self._frame.width, self._frame.height
        context.pix_fmt, context.time_base = "yuv420p", Fraction(1, 60)
        context.thread_count = 1
        context.options = {
            **options,
            "flags": "+global_header",
            "x264-params": f"{options['x264-params']}:slice-max-mbs={size}",
        }
        context.open()
        self._context = context
        self.headers = context.extradata or b""

    def coded(self, blocks: list[Plane]) -> list[bytes]:
        """The slices of a picture that begins with these groups; what comes after them is left."""
        for plane, block in zip(self._planes, blocks, strict=True):
            lines = plane[: len(block) * block.shape[1], : block.shape[2]]
            lines[...] = block.reshape(lines.shape)
        self._frame.pts = (self._frame.pts or 0) + 1
        stream = b"".join(bytes(packet) for packet in self._context.encode(self._frame))
        slices = [unit for unit in units(stream) if unit[0] & 31 == IDR_SLICE]
        expect("a small picture", len(slices) * TILE == self._frame.height)
        return slices


def _tiled(plane: Plane, height: int, width: int) -> Plane:
    """(rows, columns, height, width): the blocks of a plane, in place."""
    blocks = plane.reshape(len(plane) // height, height, plane.shape[1] // width, width)
    return blocks.swapaxes(1, 2)

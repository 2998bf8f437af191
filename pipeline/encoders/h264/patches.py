"""Pictures of which only the macroblocks that changed are written, by ourselves and as they are.

x264 takes milliseconds for a picture of 8160 macroblocks even if hardly any of them changed. To
write those that did without compression (I_PCM), and skip the others, takes next to nothing.
"""

from __future__ import annotations

import av
import numpy as np
import numpy.typing as npt

from pipeline.encoders.h264.parameters import Syntax, expect
from pipeline.encoders.h264.slices import PCM_SIZE, patched, skipped
from pipeline.encoders.yuv import Plane, arrays
from pipeline.job.region import TILE, Places, Region

GROUPS = range(8, 0, -1)  # macroblocks that are compared at once: a part of the picture's width
MOST = 600  # macroblocks: with more, x264's milliseconds spare too many bytes

Mask = npt.NDArray[np.bool_]
SIDES = (TILE, TILE // 2, TILE // 2)  # samples of a macroblock's side in each plane
NOTHING = 128  # beyond the picture's edge; not 0, which would have to be escaped


class Patches:
    """Puts pictures of one stream together from what `frame` holds then.

    Raises `Unforeseen` if that cannot be done: with CABAC, or where pictures change their order.
    """

    def __init__(self, frame: av.VideoFrame, syntax: Syntax) -> None:
        expect("entropy_coding_mode_flag", not syntax.cabac)
        expect("pic_order_cnt_type", not syntax.order_bits)
        self._syntax = syntax
        lines, columns = Region(frame.width, frame.height).mask.shape
        self._size = next(size for size in GROUPS if columns % size == 0)
        self._columns = columns
        self._planes = arrays(frame)
        self._extent = frame.width, frame.height
        # By rows and places of groups. The frame's planes end at the picture's edge: these do not.
        places = lines, columns // self._size
        self._shown = [
            np.full((*places, side, side * self._size), NOTHING, np.uint8) for side in SIDES
        ]
        self._macroblocks: list[int] = []
        self._samples = np.zeros((0, PCM_SIZE), np.uint8)

    def few(self, changed: Region) -> bool:
        """Look at the frame, which differs from the last one in `changed` at most, or beside it.

        Returns whether so few macroblocks are others that `picture` pays.
        """
        rows, places = self._near(changed.mask).nonzero()
        blocks = [self._block(k, rows, places) for k in range(len(SIDES))]
        differs = np.zeros((len(rows), self._size), bool)
        for shown, block in zip(self._shown, blocks, strict=True):
            # As numbers of eight samples: to compare these takes less time.
            words = shown[rows, places].view(np.uint64) != block.view(np.uint64)
            columns = words.any(axis=1)
            shape = len(rows), self._size, columns.shape[1] // self._size
            differs |= columns.reshape(shape).any(axis=2)
            shown[rows, places] = block
        firsts = rows * self._columns + places * self._size
        self._macroblocks = (firsts[:, None] + np.arange(self._size))[differs].tolist()
        count = len(self._macroblocks)
        if count > MOST:
            return False
        parts = [
            block.reshape(len(rows), side, self._size, side).swapaxes(1, 2)[differs]
            for side, block in zip(SIDES, blocks, strict=True)
        ]
        flat = [part.reshape(count, side**2) for part, side in zip(parts, SIDES, strict=True)]
        self._samples = np.hstack(flat)
        return bool(self._samples.all())

    def picture(self, references: int) -> bytes:
        """The frame that was looked at last, as a byte stream.

        It follows `references` reference pictures since the IDR picture, that one included.
        """
        if not self._macroblocks:
            return skipped(self._syntax, references, 0)
        return patched(self._syntax, references, self._macroblocks, self._samples.tobytes())

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
        block = np.full((len(rows), side, width), NOTHING, np.uint8)
        block[whole] = inner[rows[whole], places[whole]]
        for n in np.flatnonzero(~whole).tolist():  # at an edge within a macroblock
            y, x = int(rows[n]) * side, int(places[n]) * width
            part = plane[y : min(y + side, bottom), x : min(x + width, right)]
            block[n, : part.shape[0], : part.shape[1]] = part
        return block


def _tiled(plane: Plane, height: int, width: int) -> Plane:
    """(rows, columns, height, width): the blocks of a plane, in place."""
    blocks = plane.reshape(len(plane) // height, height, plane.shape[1] // width, width)
    return blocks.swapaxes(1, 2)

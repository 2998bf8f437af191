"""A part of a picture as a set of tiles, such as the pixels that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

TILE = 16  # pixels of a tile's side; even, so that a tile holds whole 4:2:0 chroma samples

Places = npt.NDArray[np.intp]
Tiles = tuple[slice, slice] | tuple[Places, Places]
"""Rows and columns of tiles, as a block or one by one: an index into a region's mask."""

Rectangle = tuple[int, int, int, int]
"""left, top, right, bottom in pixels, the latter two exclusive."""


class Region:
    """A set of tiles of a picture of `width` by `height` pixels."""

    def __init__(self, width: int, height: int, full: bool = False) -> None:
        self.width, self.height = width, height
        shape = (-(-height // TILE), -(-width // TILE))
        self.mask: npt.NDArray[np.bool_] = np.full(shape, full)

    def __bool__(self) -> bool:
        return bool(self.mask.any())

    def copy(self) -> Region:
        """An independent region of the same tiles."""
        other = Region(self.width, self.height)
        other.mask[...] = self.mask
        return other

    def add(self, part: Region) -> None:
        """Add the tiles of `part`, a region of the same picture."""
        self.mask |= part.mask

    def tiles(self, left: float, top: float, right: float, bottom: float) -> Tiles | None:
        """The block of tiles that covers a box given in pixels; None outside the picture."""
        # Clamped before int(): the box may have any float, also inf.
        x0, x1 = max(left, 0.0), min(right, float(self.width))
        y0, y1 = max(top, 0.0), min(bottom, float(self.height))
        if not (x0 < x1 and y0 < y1):
            return None
        rows = slice(int(y0) // TILE, -int(-y1 // TILE))
        return rows, slice(int(x0) // TILE, -int(-x1 // TILE))

    def united(self, boxes: Iterable[Sequence[float]]) -> Tiles | None:
        """The tiles that cover boxes given in pixels; None outside the picture."""
        union = Region(self.width, self.height)
        for box in boxes:
            if (tiles := self.tiles(*box)) is not None:
                union.mask[tiles] = True
        rows, columns = union.mask.nonzero()
        return (rows, columns) if len(rows) else None

    def rectangles(self) -> list[Rectangle]:
        """Disjoint rectangles that cover the region exactly, cut at the picture's edges."""
        found: list[Rectangle] = []
        open_runs: dict[tuple[int, int], int] = {}  # columns of a run -> its first row
        same = np.zeros(len(self.mask) + 1, bool)  # as the row above: no rectangle ends or begins
        same[1:-1] = (self.mask[1:] == self.mask[:-1]).all(axis=1)
        for row in np.flatnonzero(~same).tolist():
            runs = self._runs(row) if row < len(self.mask) else []
            for run in [run for run in open_runs if run not in runs]:
                found.append(self._pixels(run, open_runs.pop(run), row))
            for run in runs:
                open_runs.setdefault(run, row)
        return found

    def _runs(self, row: int) -> list[tuple[int, int]]:
        """First and (exclusive) last columns of the runs of tiles in a row."""
        line = np.zeros(self.mask.shape[1] + 2, bool)
        line[1:-1] = self.mask[row]
        edges = np.flatnonzero(line[1:] != line[:-1]).tolist()
        return list(zip(edges[::2], edges[1::2], strict=True))

    def _pixels(self, columns: tuple[int, int], first: int, end: int) -> Rectangle:
        right, bottom = min(columns[1] * TILE, self.width), min(end * TILE, self.height)
        return columns[0] * TILE, first * TILE, right, bottom

"""Which segments of a long path are needed to draw all that it covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

CELL = 0.01  # units; about a pixel at 1080p, and thinner than any line
_OFFSET, _BITS = 1 << 20, 21  # three cell numbers in one integer: coordinates up to 10⁴ units
_AT_ONCE = 1_000_000  # samples along segments that are held in memory


def covering(starts: Values, stops: Values) -> npt.NDArray[np.intp]:
    """The indices, rising, of the segments that enter a cell where no earlier segment was.

    ``starts`` and ``stops`` are (n, 3), in units of the frame. What any of the n segments covers
    is within 2 · CELL of a returned segment that is not later, and no more segments are returned
    than there are cells.
    """
    if not len(starts):
        return np.zeros(0, dtype=np.intp)
    way = stops - starts
    counts = np.ceil(np.abs(way).max(axis=1) / (CELL / 2)).astype(np.intp) + 2
    ends = np.cumsum(counts)
    known, found = np.zeros(0, dtype=np.int64), [np.zeros(0, dtype=np.intp)]
    first = 0
    while first < len(starts):
        done = ends[first] - counts[first]
        last = max(first + 1, int(np.searchsorted(ends, done + _AT_ONCE)))
        owners = np.repeat(np.arange(first, last), counts[first:last])
        within = np.arange(len(owners)) - (ends[owners] - counts[owners] - done)
        shares = within / (counts[owners] - 1)
        cells, where = np.unique(_cells(starts[owners] + shares[:, None] * way[owners]), True)
        new = ~np.isin(cells, known, assume_unique=True)
        found.append(np.unique(owners[where[new]]))
        known = np.concatenate([known, cells[new]])
        first = last
    return np.concatenate(found)


def _cells(places: Values) -> npt.NDArray[np.int64]:
    """One number for the cell of each place (n, 3)."""
    x, y, z = np.floor(places / CELL).astype(np.int64).T + _OFFSET
    cells: npt.NDArray[np.int64] = (x << 2 * _BITS) | (y << _BITS) | z
    return cells

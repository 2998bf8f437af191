"""Polygons and lines cut at the edges of a box or at a line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.stage.page.layout import Box

Values = npt.NDArray[np.float64]


def half_plane(polygon: Values, axis: int, bound: float, side: float) -> Values:
    """The part of a convex polygon (n, d) where ``side`` · (coordinate − bound) ≥ 0.

    Sutherland–Hodgman.
    """
    if len(polygon) < 3:
        return polygon[:0]
    off = side * (polygon[:, axis] - bound)
    if off.min() >= 0:
        return polygon
    after, next_off = np.roll(polygon, -1, axis=0), np.roll(off, -1)
    crossed = np.flatnonzero((off >= 0) != (next_off >= 0))
    share = (off[crossed] / (off[crossed] - next_off[crossed]))[:, None]
    added = polygon[crossed] + share * (after[crossed] - polygon[crossed])
    kept = np.flatnonzero(off >= 0)
    order = np.argsort(np.concatenate([kept, crossed + 0.5]), kind="stable")
    found: Values = np.concatenate([polygon[kept], added])[order]
    return found


def polygon_in(polygon: Values, box: Box) -> Values:
    """The part of a convex polygon (n, d) in ``box``."""
    for axis, low, high in ((0, box.left, box.right), (1, box.bottom, box.top)):
        polygon = half_plane(half_plane(polygon, axis, low, 1.0), axis, high, -1.0)
    return polygon


def segments_in(starts: Values, stops: Values, box: Box) -> tuple[Values, Values]:
    """The parts of segments (n, 3) in ``box`` (Liang–Barsky)."""
    way = stops - starts
    first, last = np.zeros(len(way)), np.ones(len(way))
    with np.errstate(divide="ignore", invalid="ignore"):
        for axis, low, high in ((0, box.left, box.right), (1, box.bottom, box.top)):
            near, far = (
                (low - starts[:, axis]) / way[:, axis],
                (high - starts[:, axis]) / way[:, axis],
            )
            level = way[:, axis] == 0
            within = (starts[:, axis] >= low) & (starts[:, axis] <= high)
            first = np.maximum(
                first, np.where(level, np.where(within, 0, 2), np.minimum(near, far))
            )
            last = np.minimum(last, np.where(level, 1, np.maximum(near, far)))
    kept = first < last
    begin, end = first[kept, None], last[kept, None]
    return starts[kept] + begin * way[kept], starts[kept] + end * way[kept]


def chord(polygon: Values, axis: int, value: float) -> Values:
    """The two places (2, 2) where a line of one coordinate crosses a convex polygon, or none."""
    after = np.roll(polygon, -1, axis=0)
    off, next_off = polygon[:, axis] - value, after[:, axis] - value
    crossed = np.flatnonzero((off >= 0) != (next_off >= 0))
    share = (off[crossed] / (off[crossed] - next_off[crossed]))[:, None]
    found: Values = polygon[crossed] + share * (after[crossed] - polygon[crossed])
    return found[:2] if len(found) > 1 else found[:0]

"""Which parts of a VMobject are visible, and which tiles it can touch."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import Camera
from manim.constants import LineJointType

from pipeline.job.region import Region, Tiles

# A mitred corner reaches up to ten half line widths (cairo's miter limit), a square cap 1.42.
MITER, CAP = 10.0, 1.5
SOFT = 2.0  # pixels beyond the outline: antialiasing, and cairo's rounding to 1/256 pixel

# Cairo's fixed-point numbers end at 8 million pixels, and some of its sums before: it may draw a
# longer path anywhere. So a path that reaches FAR pixels out of the picture may touch all of it.
FAR = 150_000

# A long line touches few of the tiles in the box around it. If the box has LONG tiles or more,
# the line is cut into PIECES pieces with a box each. More pieces cost as much time as they save.
LONG, PIECES = 200, 8

Points = npt.NDArray[np.float64]

VisibleParts = tuple[bool, bool, bool]
"""Whether the stroke behind the fill, the fill and the stroke are visible."""

FILL_ALONE: VisibleParts = (False, True, False)


def visible_parts(mobject: VMobject) -> VisibleParts:
    """The visible parts of `mobject`: not transparent, and for a stroke with a width."""
    behind, width = mobject.get_stroke_width(True), mobject.get_stroke_width()
    return (
        bool(behind) and _visible(mobject.get_stroke_rgbas(True)),
        _visible(mobject.get_fill_rgbas()),
        bool(width) and _visible(mobject.get_stroke_rgbas()),
    )


def _visible(rgbas: npt.ArrayLike) -> bool:
    return bool(np.asarray(rgbas)[:, 3].any())


def extent_of(
    mobject: VMobject, parts: VisibleParts, matrix: Any, camera: Camera, page: Region
) -> Tiles | None:
    """The tiles in which `mobject`, with `parts` visible, can change a pixel; None if in none.

    The hull of the control points, transformed by cairo's `matrix`, contains the curves. Corners
    and caps of the stroke reach beyond it.
    """
    points, (behind, filled, line) = mobject.points, parts
    if len(points) < mobject.n_points_per_cubic_curve or not any(parts):
        return None
    width = max(
        mobject.get_stroke_width() if line else 0, mobject.get_stroke_width(True) if behind else 0
    )
    reach = width * camera.cairo_line_width_multiple / 2 * (MITER if _mitred(mobject) else CAP)
    dx, dy = abs(matrix.xx) * reach + SOFT, abs(matrix.yy) * reach + SOFT

    # Plain numbers: for a single box NumPy takes twice as long.
    (x0, y0), (x1, y1) = points[:, :2].min(axis=0).tolist(), points[:, :2].max(axis=0).tolist()
    left, right = sorted((matrix.xx * x0 + matrix.x0, matrix.xx * x1 + matrix.x0))
    top, bottom = sorted((matrix.yy * y0 + matrix.y0, matrix.yy * y1 + matrix.y0))
    if max(-left, right, -top, bottom, dx, dy) > FAR:
        return page.tiles(0.0, 0.0, page.width, page.height)
    tiles = page.tiles(left - dx, top - dy, right + dx, bottom + dy)
    if tiles is None or filled or page.mask[tiles].size < LONG:
        return tiles
    if mobject.n_points_per_cubic_curve != 4 or len(points) % 4:
        return tiles
    hulls = _pieces(points.reshape(-1, 4, 3)[..., :2])
    hulls = hulls * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)
    margin = np.array([dx, dy])
    boxes = np.hstack([hulls.min(axis=1) - margin, hulls.max(axis=1) + margin])
    return page.united(boxes.tolist())


def _pieces(curves: Points) -> Points:
    """(pieces, points, 2): the hulls of the parts of an outline of `curves` (curves, 4, 2)."""
    parts = -(-PIECES // len(curves))
    if parts > 1:
        return (_PARTS[parts] @ curves[:, None]).reshape(-1, 4, 2)
    together = -(-len(curves) // PIECES)
    last = np.repeat(curves[-1:], -len(curves) % together, axis=0)
    return np.concatenate([curves, last]).reshape(-1, together * 4, 2)


def _parts(count: int) -> Points:
    """(count, 4, 4): matrices from a cubic curve's control points to those of its equal parts.

    They follow from the curve's blossom f, a polynomial of degree one in each argument: the control
    points of the part from a to b are f(a,a,a), f(a,a,b), f(a,b,b) and f(b,b,b).
    """
    found = np.empty((count, 4, 4))
    for part in range(count):
        for k in range(4):
            weights = np.ones(1)
            for end in range(3):
                at = (part + (end < k)) / count
                weights = np.convolve(weights, [1 - at, at])
            found[part, k] = weights
    return found


_PARTS = {count: _parts(count) for count in range(2, PIECES + 1)}


def _mitred(mobject: VMobject) -> bool:
    """Whether the stroke may have pointed corners; a single open curve has none."""
    points, step = mobject.points, mobject.n_points_per_cubic_curve
    cornered = len(points) > step or mobject.consider_points_equals_2d(points[0], points[-1])
    return cornered and mobject.joint_type in (LineJointType.AUTO, LineJointType.MITER)

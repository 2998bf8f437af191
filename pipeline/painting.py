"""One VMobject as cairo draws it: what it depends on, where it can leave ink, how it is painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import Camera
from manim.constants import LineJointType

from .region import Region, Tiles
from .subpaths import subpaths

Fingerprint = tuple[Any, ...]
Subpath = tuple[list[float], list[list[float]], bool]  # start, curves of six numbers, closed?

# A mitred corner reaches ten half line widths far (cairo's miter limit), a square cap 1.42.
MITER, CAP = 10.0, 1.5
SOFT = 2.0  # pixels beyond the outline: antialiasing, and cairo's rounding to 1/256 pixel


def fingerprint(mobject: VMobject) -> Fingerprint:
    """Everything that manim's camera reads of `mobject` as it paints it.

    Two mobjects of equal fingerprints leave equal pixels under one transformation. The contents
    of the arrays are copied: updaters change points in place, so an array's identity says nothing.
    A gradient runs between points that depend on the *submobjects* too: they are part of it.
    """
    fill, line = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    behind = mobject.get_stroke_width(True)
    back = mobject.get_stroke_rgbas(True) if behind else None
    shaded = len(fill) != 1 or len(line) != 1 or (back is not None and len(back) != 1)
    return (
        mobject.points.tobytes(),
        _bytes(fill),
        _bytes(line),
        mobject.get_stroke_width(),
        behind,
        None if back is None else _bytes(back),
        mobject.joint_type,
        mobject.cap_style,
        mobject.tolerance_for_point_equality,
        mobject.n_points_per_cubic_curve,
        np.array(mobject.get_gradient_start_and_end_points()).tobytes() if shaded else None,
    )


def _bytes(values: npt.ArrayLike) -> bytes:
    return np.asarray(values).tobytes()


@dataclass(slots=True, eq=False)
class Item:
    """A VMobject with its fingerprint and the tiles it may touch (None: it shows nothing)."""

    mobject: VMobject
    print: Fingerprint
    tiles: Tiles | None
    _path: list[Subpath] | None = field(default=None)

    def follow(self, before: Item) -> None:
        """Take over the outline of the same mobject's last item, if only its colours changed."""
        old, new = before.print, self.print
        if before.mobject is self.mobject and old[0] == new[0] and old[-3:-1] == new[-3:-1]:
            self._path = before._path

    def paint(self, camera: Camera, context: Any) -> None:
        """Paint it whole, as `Camera.display_vectorized` does; `context` is cairo's."""
        if self._path is None:
            self._path = _outline(self.mobject)
        context.new_path()
        move, curve = context.move_to, context.curve_to
        for start, curves, closed in self._path:
            context.new_sub_path()
            move(*start)
            for numbers in curves:
                curve(*numbers)
            if closed:
                context.close_path()
        if self._path:
            camera.apply_stroke(context, self.mobject, background=True)
            camera.apply_fill(context, self.mobject)
            camera.apply_stroke(context, self.mobject)


# The methods that divide a mobject's points, which are not in its fingerprint.
OUTLINE = ("consider_points_equals_2d", "get_subpath_split_indices_from_points")


def _outline(mobject: VMobject) -> list[Subpath]:
    """The mobject's subpaths as plain numbers; manim asks NumPy for each coordinate in turn."""
    points, step = mobject.points, mobject.n_points_per_cubic_curve
    found: list[Subpath] = []
    for first, end in _subpaths(mobject, points, step):
        if end - first < step:
            continue
        part = points[first : first + (end - first) // step * step, :2]
        curves = part.reshape(-1, step * 2)[:, 2:8].tolist()
        closed = bool(mobject.consider_points_equals_2d(points[first], points[end - 1]))
        found.append((part[0].tolist(), curves, closed))
    return found


def _subpaths(mobject: VMobject, points: Any, step: int) -> list[tuple[int, int]]:
    """First and end index of each subpath, as manim divides them in two dimensions."""
    if len(points) < step or len(points) % step:
        found = mobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist()
        return [(first, end) for first, end in found]
    return subpaths(points, step, 2, mobject.consider_points_equals_2d)


def tiles_of(mobject: VMobject, matrix: Any, camera: Camera, page: Region) -> Tiles | None:
    """The tiles in which `mobject` can change a pixel under cairo's `matrix`.

    The control points' hull holds the curves; corners and caps of the stroke stand out from it.
    """
    points = mobject.points
    width = max(mobject.get_stroke_width(), mobject.get_stroke_width(True))
    if len(points) < mobject.n_points_per_cubic_curve or not (width or _filled(mobject)):
        return None
    reach = width * camera.cairo_line_width_multiple / 2 * (MITER if _mitred(mobject) else CAP)
    (x0, y0), (x1, y1) = points[:, :2].min(axis=0).tolist(), points[:, :2].max(axis=0).tolist()
    left, right = sorted((matrix.xx * x0 + matrix.x0, matrix.xx * x1 + matrix.x0))
    top, bottom = sorted((matrix.yy * y0 + matrix.y0, matrix.yy * y1 + matrix.y0))
    dx, dy = abs(matrix.xx) * reach + SOFT, abs(matrix.yy) * reach + SOFT
    return page.tiles(left - dx, top - dy, right + dx, bottom + dy)


def _mitred(mobject: VMobject) -> bool:
    """Whether the stroke may have pointed corners; within one open curve it has none."""
    points, step = mobject.points, mobject.n_points_per_cubic_curve
    cornered = len(points) > step or mobject.consider_points_equals_2d(points[0], points[-1])
    return cornered and mobject.joint_type in (LineJointType.AUTO, LineJointType.MITER)


def _filled(mobject: VMobject) -> bool:
    return bool(np.asarray(mobject.get_fill_rgbas())[:, 3].any())

"""One VMobject as cairo draws it: its fingerprint, its extent, how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import VMobject
from manim.camera.camera import Camera

from pipeline.drawing.repaint.extent import FILL_ALONE, VisibleParts
from pipeline.drawing.repaint.mask import Mask, is_translucent
from pipeline.drawing.repaint.subpaths import subpaths
from pipeline.job.region import Tiles

Subpath = tuple[list[float], list[list[float]], bool]  # start, curves of six numbers, closed?


class Fingerprint(NamedTuple):
    """What a mobject's pixels depend on: the values that give its shape, and its colours."""

    shape: tuple[Any, ...]
    colours: tuple[Any, ...]


def fingerprint_of(mobject: VMobject) -> Fingerprint:
    """Everything that manim's camera reads of `mobject` when it paints it.

    Two mobjects with equal fingerprints give equal pixels under the same transformation. The
    contents of the arrays are copied: updaters change arrays in place, so comparing identities is
    not enough. The two end points of a gradient are included: they depend on the *submobjects* too.
    """
    fill, line = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    behind = mobject.get_stroke_width(True)
    back = mobject.get_stroke_rgbas(True) if behind else None
    shaded = len(fill) != 1 or len(line) != 1 or (back is not None and len(back) != 1)
    shape = (
        mobject.points.tobytes(),
        mobject.get_stroke_width(),
        behind,
        mobject.joint_type,
        mobject.cap_style,
        mobject.tolerance_for_point_equality,
        mobject.n_points_per_cubic_curve,
    )
    gradient = np.array(mobject.get_gradient_start_and_end_points()).tobytes() if shaded else None
    behind_fill = None if back is None else _bytes(back)
    return Fingerprint(shape, (_bytes(fill), _bytes(line), behind_fill, gradient))


def _bytes(values: npt.ArrayLike) -> bytes:
    return np.asarray(values).tobytes()


@dataclass(slots=True, eq=False)
class Item:
    """A VMobject with its fingerprint and the tiles it may touch (None: it is not visible)."""

    mobject: VMobject
    fingerprint: Fingerprint
    parts: VisibleParts
    tiles: Tiles | None
    path: list[Subpath] | None = None  # the outline, made when it is first painted
    _mask: Mask | None = None
    _recoloured: bool = False

    def recoloured(self, fingerprint: Fingerprint) -> Item:
        """The same mobject with other colours, under the same transformation."""
        return Item(self.mobject, fingerprint, self.parts, self.tiles, self.path, self._mask, True)

    def paint(self, camera: Camera, context: Any) -> None:
        """Paint all of it, as `Camera.display_vectorized` does; `context` is cairo's."""
        if self._painted_by_mask(camera, context):
            return
        self._trace(context)
        if self.path:
            camera.apply_stroke(context, self.mobject, background=True)
            camera.apply_fill(context, self.mobject)
            camera.apply_stroke(context, self.mobject)

    def _painted_by_mask(self, camera: Camera, context: Any) -> bool:
        """Paint through the stored mask if only a fill's colour changed; False if impossible."""
        if not self._recoloured or self.parts != FILL_ALONE or not is_translucent(self.mobject):
            return False
        if self._mask is None:
            self._trace(context)
            self._mask = Mask(context)
        return self._mask.paint(camera, context, self.mobject)

    def _trace(self, context: Any) -> None:
        """Set the path of `context` to the outline."""
        if self.path is None:
            self.path = _outline(self.mobject)
        context.new_path()
        move, curve = context.move_to, context.curve_to
        for start, curves, closed in self.path:
            context.new_sub_path()
            move(*start)
            for numbers in curves:
                curve(*numbers)
            if closed:
                context.close_path()


# The methods that divide a mobject's points; they are not part of its fingerprint.
OUTLINE = ("consider_points_equals_2d", "get_subpath_split_indices_from_points")


def _outline(mobject: VMobject) -> list[Subpath]:
    """The mobject's subpaths as plain numbers; manim reads each coordinate from NumPy, slowly."""
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

"""Faster versions of functions of manim, for scenes that build everything again for each frame.

In such a scene (`always_redraw`, `DecimalNumber`) manim spends most of the time in four places:

- It copies values that nothing changes: an SVG path of a hundred objects for each digit.
- It compares points with `numpy.allclose`, which takes 40 µs for three numbers.
- It collects the anchors of a shape one by one to find where the shape ends.
- To give two shapes the same number of curves, it also divides the one that has enough already.

The results are the same.
"""

from __future__ import annotations

import copy
import math
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from manim import CapStyleType, LineJointType, ManimColor, Mobject, VMobject
from svgelements import Path

from pipeline.drawing.repaint.subpaths import subpaths

# Types of values that copies may share, since they never change. manim reads the path of an SVG
# once, to make a mobject. Subclasses of ManimColor, for other color spaces, can change (`HSV.hue`).
SHARED = frozenset(
    {type(None), bool, int, float, str, np.float64, type(pathlib.Path())}
    | {CapStyleType, LineJointType, ManimColor, Path}
)

RELATIVE = 1e-5  # as in numpy.isclose

_copied, _close = Mobject.__deepcopy__, VMobject.consider_points_equals
_boundary, _anchors = VMobject.get_points_defining_boundary, VMobject.get_anchors
_inserted, _divided = VMobject.insert_n_curves_to_point_list, VMobject.get_subpaths_from_points


@contextmanager
def shortcuts() -> Iterator[None]:
    """Within the block, manim uses these versions."""
    ours: dict[tuple[type[Mobject], str], object] = {
        (Mobject, "__deepcopy__"): copied,
        (VMobject, "consider_points_equals"): close,
        (VMobject, "get_points_defining_boundary"): boundary,
        (VMobject, "insert_n_curves_to_point_list"): inserted,
        (VMobject, "get_subpaths_from_points"): divided,
    }
    theirs = {(kind, name): getattr(kind, name) for kind, name in ours}
    for (kind, name), method in ours.items():
        setattr(kind, name, method)
    try:
        yield
    finally:
        for (kind, name), method in theirs.items():
            setattr(kind, name, method)


def copied(self: Mobject, memo: dict[int, Any]) -> Mobject:
    """`Mobject.__deepcopy__`; values of the types `SHARED` are not copied."""
    new = type(self).__new__(type(self))
    memo[id(self)] = new
    attributes = vars(new)
    for name, value in vars(self).items():
        kind = type(value)
        if kind not in SHARED:
            if kind is np.ndarray and not value.dtype.hasobject:
                known = memo.get(id(value))
                if known is None:
                    known = memo[id(value)] = value.copy(order="K")
                value = known
            else:
                value = copy.deepcopy(value, memo)
        attributes[name] = value
    new.original_id = str(id(self))
    return new


def close(self: VMobject, p0: Any, p1: Any) -> bool:
    """`VMobject.consider_points_equals`, with the same arithmetic in plain numbers."""
    if not (_are_points(p0) and _are_points(p1) and p1.ndim == 1):
        return _close(self, p0, p1)
    tolerance, second = self.tolerance_for_point_equality, p1.tolist()
    for first in [p0.tolist()] if p0.ndim == 1 else p0.tolist():
        for a, b in zip(first, second, strict=True):
            if a != b:
                apart = abs(a - b)
                if not (apart <= tolerance + RELATIVE * abs(b) and math.isfinite(apart)):
                    return False
    return True


def boundary(self: VMobject) -> Any:
    """`VMobject.get_points_defining_boundary`: both ends of each curve of the whole family."""
    found = []
    part: Any  # all are VMobjects; manim's annotation does not say so
    for part in self.get_family():
        points, step = part.points, part.n_points_per_cubic_curve
        if type(part).get_anchors is not _anchors or len(points) % step:
            return _boundary(self)
        ends = np.empty((2 * (len(points) // step), 3))
        ends[0::2], ends[1::2] = points[0::step], points[step - 1 :: step]
        found.append(ends)
    whole = np.concatenate(found)
    return whole if len(whole) else _boundary(self)


def inserted(self: VMobject, n: int, points: Any) -> Any:
    """`VMobject.insert_n_curves_to_point_list`: inserting no curve leaves the path as it is."""
    if n != 0 or not (_are_points(points) and points.ndim == 2 and len(points) > 1):
        return _inserted(self, n, points)
    return points[: len(points) - len(points) % self.n_points_per_cubic_curve].copy()


def divided(self: VMobject, points: Any) -> list[Any]:
    """`VMobject.get_subpaths_from_points`, without comparing the points of every joint."""
    step = self.n_points_per_cubic_curve
    if not _are_points(points) or len(points) < step or len(points) % step:
        return _divided(self, points)
    found = subpaths(points, step, 3, self.consider_points_equals)
    return [points[first:end] for first, end in found]


def _are_points(value: Any) -> bool:
    """Whether `value` is one point, or an array with a point in each row."""
    if type(value) is not np.ndarray or value.ndim > 2:
        return False
    return bool(value.shape[-1:] == (3,) and value.dtype.char == "d")

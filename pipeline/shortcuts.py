"""Shorter ways through manim's own code, for scenes that build everything anew for each frame.

Of such a scene (`always_redraw`, `DecimalNumber`) manim spends most of the time in three places: it
copies what nobody alters, an SVG path of a hundred objects for each digit; it compares points with
`numpy.allclose`, which takes 40 µs for three numbers; and it collects a shape's anchors one by one
whenever it is asked where the shape ends. What comes out is the same.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from manim import ManimColor, Mobject, VMobject
from svgelements import Path

# What a copy may share. manim reads an SVG's path once, when it makes a mobject of it. Colors of
# other color spaces, which are subclasses, can be altered (`HSV.hue`).
SHARED = frozenset({type(None), bool, int, float, str, ManimColor, Path})

RELATIVE = 1e-5  # as in numpy.isclose

_copied, _close = Mobject.__deepcopy__, VMobject.consider_points_equals
_boundary, _anchors = VMobject.get_points_defining_boundary, VMobject.get_anchors


@contextmanager
def shortcuts() -> Iterator[None]:
    """Let manim take them until the block ends."""
    Mobject.__deepcopy__ = copied  # type: ignore[assignment, method-assign]
    VMobject.consider_points_equals = close  # type: ignore[method-assign]
    VMobject.get_points_defining_boundary = boundary  # type: ignore[method-assign]
    try:
        yield
    finally:
        Mobject.__deepcopy__ = _copied  # type: ignore[method-assign]
        VMobject.consider_points_equals = _close  # type: ignore[method-assign]
        VMobject.get_points_defining_boundary = _boundary  # type: ignore[method-assign]


def copied(self: Mobject, memo: dict[int, Any]) -> Mobject:
    """`Mobject.__deepcopy__`, but for what is shared."""
    new = type(self).__new__(type(self))
    memo[id(self)] = new
    for name, value in vars(self).items():
        if type(value) is np.ndarray and not value.dtype.hasobject:
            known = memo.get(id(value))
            if known is None:
                known = memo[id(value)] = value.copy(order="K")
            value = known
        elif type(value) not in SHARED:
            value = copy.deepcopy(value, memo)
        setattr(new, name, value)
    new.original_id = str(id(self))
    return new


def close(self: VMobject, p0: Any, p1: Any) -> bool:
    """`VMobject.consider_points_equals`: for two points by the same arithmetic, one by one."""
    if not (_is_point(p0) and _is_point(p1)):
        return _close(self, p0, p1)
    tolerance = self.tolerance_for_point_equality
    for a, b in zip(p0.tolist(), p1.tolist(), strict=True):
        if a != b:
            apart = abs(a - b)
            if not (apart <= tolerance + RELATIVE * abs(b) and math.isfinite(apart)):
                return False
    return True


def boundary(self: VMobject) -> Any:
    """`VMobject.get_points_defining_boundary`: both ends of each curve, of all that is drawn."""
    found = []
    part: Any  # VMobjects all of them, which manim's annotation does not say
    for part in self.get_family():
        points, step = part.points, part.n_points_per_cubic_curve
        if type(part).get_anchors is not _anchors or len(points) % step:
            return _boundary(self)
        ends = np.empty((2 * (len(points) // step), 3))
        ends[0::2], ends[1::2] = points[0::step], points[step - 1 :: step]
        found.append(ends)
    whole = np.concatenate(found)
    return whole if len(whole) else _boundary(self)


def _is_point(value: Any) -> bool:
    return type(value) is np.ndarray and value.shape == (3,) and value.dtype.char == "d"

"""Where a descent on a curve with two valleys is: settled in one, on the plateau, elsewhere."""

from enum import IntEnum

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.objectives.curves import Curve

WITHIN = 0.05
"""At most so far from a minimum counts as settled."""
NEAR_FLAT = 0.5
"""At most so far from a plateau's middle counts as on the plateau."""


class Fate(IntEnum):
    """Where a point is."""

    DEEP = 0
    SHALLOW = 1
    PLATEAU = 2
    ELSEWHERE = 3
    GONE = 4


def fates(curve: Curve, ws: FloatArray) -> IntArray:
    """The `Fate` of each w, in the shape of ws; nan stands for a descent that has diverged.

    The curve has two minima, of which the first is the deep one.
    """
    found = np.full(ws.shape, Fate.ELSEWHERE, dtype=np.int32)
    for place in curve.flats:
        found[np.abs(ws - place) <= NEAR_FLAT] = Fate.PLATEAU
    for place, fate in zip(curve.minima, (Fate.DEEP, Fate.SHALLOW), strict=True):
        found[np.abs(ws - place) <= WITHIN] = fate
    found[np.isnan(ws)] = Fate.GONE
    return found


def tally(found: IntArray) -> tuple[int, ...]:
    """How many points have each `Fate`, in its order."""
    return tuple(np.bincount(found, minlength=len(Fate)).tolist())

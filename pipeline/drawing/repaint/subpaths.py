"""Where one subpath of a VMobject ends and the next begins, as manim divides its points."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np


def subpaths(
    points: Any, step: int, dimensions: int, equal: Callable[[Any, Any], bool]
) -> list[tuple[int, int]]:
    """First and end index of each subpath of `points`, an array of whole curves of `step` rows.

    Nearly everywhere a curve ends exactly where the next begins: there the path goes on. Only at
    the few other places `equal`, manim's own comparison with its tolerance, decides.
    """
    count = len(points)
    ends = points[step - 1 : count - 1 : step, :dimensions]
    starts = points[step:count:step, :dimensions]
    gaps = ((np.flatnonzero((ends != starts).any(axis=1)) + 1) * step).tolist()
    cuts = [0, *(k for k in gaps if not equal(points[k - 1], points[k])), count]
    return list(pairwise(cuts))

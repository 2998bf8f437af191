"""`first_arrival`: the one meaning of "arrived" in all films."""

import numpy as np
from numpy.typing import ArrayLike


def first_arrival(values: ArrayLike, goal: float) -> int | None:
    """The first k with ``values[k] <= goal``; None if there is none.

    ``values``, shape (T+1,), are the costs of a trace or its distances from a minimum; k = 0 is the
    start, so k is the number of updates until the arrival. What happens later does not matter: a
    descent that has arrived may leave again. nan is not an arrival.
    """
    there = np.flatnonzero(np.asarray(values, dtype=np.float64) <= goal)
    return int(there[0]) if there.size else None

"""The two array types of this package, and how an array is frozen."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


_Array = TypeVar("_Array", bound=npt.NDArray[Any])


def frozen(values: npt.ArrayLike) -> FloatArray:
    """Return values as a read-only float array; an array that others may change is copied."""
    array = np.asarray(values, dtype=np.float64)
    return sealed(array.copy()) if array.flags.writeable else array


def sealed(array: _Array) -> _Array:
    """Make an array that its caller has just built read-only, without a copy."""
    array.flags.writeable = False
    return array

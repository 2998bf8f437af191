"""Where w is best, for captions: what only rounding keeps from 0 counts as 0."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdcore.data import Dataset
from gdcore.least_squares import LeastSquares

Values = npt.NDArray[np.float64]

_ROUNDING = 1e-12  # relative, as in `Dataset.exact`


def residuals(data: Dataset, w: float) -> Values:
    """w·xᵢ − yᵢ, shape (n,); 0 where only rounding keeps it from 0."""
    found: Values = w * data.x - data.y
    return np.where(np.abs(found) <= _ROUNDING * np.abs(data.y), 0.0, found)


def is_calm(objective: LeastSquares) -> bool:
    """Whether no sample's gradient moves w at the minimiser of ŷ = w·x: there is no noise."""
    left = residuals(objective.data, float(objective.minimiser()[0]))
    return not (left * objective.data.x).any()


def is_minimum(objective: LeastSquares, w: float) -> bool:
    """Whether ``w`` is the minimiser of ŷ = w·x, up to the rounding errors of its sums."""
    return abs(w - float(objective.minimiser()[0])) <= rounding(objective.data)


def rounding(data: Dataset) -> float:
    """Distances from the minimiser of ŷ = w·x below this are rounding errors of its sums."""
    x, y = data.x, data.y
    square = float(x @ x)
    # Squares that are 0 have no minimiser; the data are refused elsewhere.
    return _ROUNDING * float(np.abs(x) @ np.abs(y)) / square if square else 0.0

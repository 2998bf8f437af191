"""The x for which the films predict."""

from __future__ import annotations

import math

import numpy as np

from gdcore.data import Dataset
from scenes.stage.plots.ticks import nice_step


def query(data: Dataset) -> float:
    """An x beyond the samples at which the films predict: 4 for the lecture's 1, 2, 3."""
    largest = float(np.max(np.abs(data.x)))
    if largest == 0:
        return 1.0
    step = nice_step(largest, 4)
    side = 1.0 if float(data.x[np.argmax(np.abs(data.x))]) > 0 else -1.0
    return side * step * (math.floor(largest / step + 1e-9) + 1)

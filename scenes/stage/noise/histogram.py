"""In which bar of a histogram a visit counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

BINS = 41
"""Bars: odd, so that one is in the middle."""


def bins(w: Values, low: float, high: float) -> npt.NDArray[np.intp]:
    """The bar of each visit, from 1 to BINS; 0 and BINS + 1 lie outside [low, high]."""
    return np.digitize(w, np.linspace(low, high, BINS + 1))


def share_of_most_visited(w: Values, low: float, high: float) -> float:
    """The largest share of visits that one bar of a histogram over [low, high] gets."""
    counts = np.bincount(bins(w, low, high), minlength=BINS + 2)[1:-1]
    return float(counts.max()) / max(len(w), 1)

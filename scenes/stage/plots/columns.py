"""The pixel columns of the picture, and the corners of a curve that decide what is drawn in each.

A curve through very many corners is drawn through some of them. In each column of pixels these are
the first, the last, the least and the greatest: then it covers the same pixels as the whole curve
(M4, after Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time Series Data
Aggregation", PVLDB 7(10), 2014).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import config

Values = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


def pixel() -> float:
    """The width of a pixel of the picture that is being made, in units."""
    return float(config.frame_width) / int(config.pixel_width)


def columns(places: Values) -> Indices:
    """The column of pixels in which each x (in units) lies; the picture's left edge begins 0."""
    return np.floor((places + float(config.frame_width) / 2) / pixel()).astype(np.int64)


def telling(of: Indices, values: Values) -> Indices:
    """Indices of the first, last, least and greatest of the ``values`` in each column, in order.

    ``of`` (n,) are the columns of the ``values`` (n,); they do not fall.
    """
    if len(of) <= 2:
        return np.arange(len(of), dtype=np.int64)
    starts = np.flatnonzero(np.diff(of, prepend=of[0] - 1))
    stops = np.append(starts[1:], len(of)) - 1
    rising = np.lexsort((values, of))  # column by column, from the least to the greatest value
    return np.unique(np.concatenate([starts, stops, rising[starts], rising[stops]]))

"""Where noise leaves w: the region of confusion and the exact ±σ band, shaded."""

from __future__ import annotations

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import Points, rectangle


def region(trace: Trace) -> tuple[float, float]:
    """The least and the largest of the samples' own minimisers."""
    assert isinstance(trace.objective, LeastSquares)
    return region_of_confusion(trace.objective)


def upright(plot: Plot, low: float, high: float) -> Points:
    """Bézier points of the part of a plot with x in [low, high]; (0, 3) if it shows none."""
    low, high = max(low, plot.x.low), min(high, plot.x.high)
    if not low < high:
        return np.zeros((0, 3))
    left, right = plot.at(low, plot.y.low)[0], plot.at(high, plot.y.low)[0]
    return rectangle(left, plot.inner.bottom, right, plot.inner.top)


def level(plot: Plot, low: float, high: float) -> Points:
    """Bézier points of the part of a plot with y in [low, high]; (0, 3) if it shows none."""
    low, high = max(low, plot.y.low), min(high, plot.y.high)
    if not low < high:
        return np.zeros((0, 3))
    bottom, top = plot.at(plot.x.low, low)[1], plot.at(plot.x.low, high)[1]
    return rectangle(plot.inner.left, bottom, plot.inner.right, top)

"""Room beside a curve, for the picture that it came from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.stage.page.layout import Box
from scenes.stage.plots.plot import Plot

_FROM, _HIGH = 0.44, 0.62  # of the plotting area: where the corner begins, and its height
_CLEAR = 0.5  # heights of a capital between the corner and the curve


def free_corner(plot: Plot, xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]) -> Box | None:
    """The upper right corner of ``plot``, or the lower one, if the curve is not there."""
    inner, clear = plot.inner, _CLEAR * plot.scale_.label
    left = inner.left + _FROM * inner.width
    upper = Box(left, inner.top - _HIGH * inner.height, inner.right, inner.top)
    lower = Box(left, inner.bottom + clear, inner.right, inner.bottom + _HIGH * inner.height)
    high = np.interp(left, *plot.map(xs, np.minimum(ys, 2 * plot.y.high))[:, :2].T)
    places = plot.map(xs, np.minimum(ys, 2 * plot.y.high))
    heights = np.append(places[places[:, 0] >= left, 1], high)
    shown = heights[heights <= inner.top]
    if (shown < upper.bottom - clear).all():
        return upper
    return lower if (heights > lower.top + clear).all() else None

"""Axes of a data plot with room for the squares on its residuals, whatever the data."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdcore.data import Dataset
from scenes.stage.layout import Box, Scale
from scenes.stage.plot import Axis

Values = npt.NDArray[np.float64]

_PAD = 0.06
_SHARE = 0.75  # of the plot's width that the widest squares may take
_STRETCHES = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)  # of the y axis, if that keeps the squares apart


def square_axes(
    data: Dataset, slopes: list[float], way: float, box: Box, scale: Scale
) -> tuple[Axis, Axis]:
    """Axes that hold the samples, the lines ŷ = w·x there and their squares, for all ``slopes``.

    ``way``: see :func:`scenes.stage.tiles.squares`.
    """
    residuals = np.outer(slopes, data.x) - data.y
    below, above = (-residuals).max(axis=0).clip(0), residuals.max(axis=0).clip(0)
    left, right = (below, above) if way > 0 else (above, below)
    values = np.concatenate([[0.0], data.y, (data.y + residuals).ravel()])
    low, high = _padded(float(values.min()), float(values.max()))
    # The plot's own margins are not known yet: take the squares too large, never too small.
    width, height = box.width - 7 * scale.small, box.height - 2.8 * scale.small
    widest = (left.max() + right.max()) * height / (high - low)
    least = max(1.0, widest / (_SHARE * width))
    tries = _STRETCHES if len(slopes) == 1 else ()
    for stretch in (*tries, 1.0):
        unit = height / (high - low) / (stretch * least)
        x_low, x_high = _spread(data.x, left * unit, right * unit, width)
        across = unit * (x_high - x_low) / width
        if _apart(data.x - left * across, data.x + right * across, data.y, data.y + residuals[0]):
            break
    low, high = low * stretch * least, high * stretch * least
    return Axis(*_padded(x_low, x_high), "x"), Axis(low, high, "y")


def _apart(left: Values, right: Values, foot: Values, top: Values) -> bool:
    """Whether no two rectangles overlap."""
    foot, top = np.minimum(foot, top), np.maximum(foot, top)
    across = (left[:, None] < right) & (left < right[:, None])
    upward = (foot[:, None] < top) & (foot < top[:, None])
    return not bool((across & upward & ~np.eye(len(left), dtype=bool)).any())


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = _PAD * ((high - low) or 1.0)
    return (low - pad if low < 0 else 0.0), (high + pad if high > 0 or low == 0 else 0.0)


def _spread(x: Values, left: Values, right: Values, width: float) -> tuple[float, float]:
    """The x range over ``width`` units where x_i has ``left`` and ``right`` units beside it."""
    low, high = min(0.0, float(x.min())), max(0.0, float(x.max()))
    for _ in range(80):  # a contraction, since left + right take at most _SHARE of the width
        per_unit = (high - low) * (1 + _PAD) / width
        low = min(0.0, float((x - left * per_unit).min()))
        high = max(0.0, float((x + right * per_unit).max()))
    return low, high

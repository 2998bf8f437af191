"""Axes of a data plot with room for the squares on its residuals, whatever the data."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gdcore.data import Dataset
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.plot import Axis

Values = npt.NDArray[np.float64]

_PAD = 0.06
_WIDEST = 2.2  # largest width of the plot in widths of the samples, for squares beside them
_STRETCHES = tuple(1.1**k for k in range(60))  # a longer y axis makes the squares smaller


def square_axes(
    data: Dataset, slopes: list[float], way: float, width: float, height: float
) -> tuple[Axis, Axis]:
    """Axes with room for the samples, the lines ŷ = w·x and their squares, for all ``slopes``.

    ``width`` and ``height`` are those of the plotting area; for ``way`` see
    ``tiles.squares``. One slope: the squares are kept apart, if that costs little.
    """
    residuals = np.outer(slopes, data.x) - data.y
    below, above = (-residuals).max(axis=0).clip(0), residuals.max(axis=0).clip(0)
    left, right = (below, above) if way > 0 else (above, below)
    values = np.concatenate([[0.0], data.y, (data.y + residuals).ravel()])
    low, high = _padded(float(values.min()), float(values.max()))
    found: list[tuple[float, float, float]] = []
    for stretch in _STRETCHES:
        unit = height / (high - low) / stretch
        ends = _spread(data.x, left * unit, right * unit, width)
        if ends is None or (found and stretch > 1.75 * found[0][0]):
            continue
        found.append((stretch, *ends))
        across = unit * (ends[1] - ends[0]) * (1 + 2 * _PAD) / width
        x_sides = data.x - left * across, data.x + right * across
        if len(slopes) > 1 or _apart(*x_sides, data.y, residuals[0]):
            break
    else:
        del found[1:]
    stretch, x_low, x_high = found[-1]
    x_name, y_name = column_names(data)
    return Axis(*_padded(x_low, x_high), x_name), Axis(low * stretch, high * stretch, y_name)


def _apart(left: Values, right: Values, y: Values, residual: Values) -> bool:
    """Whether no two squares overlap."""
    foot, top = np.minimum(y, y + residual), np.maximum(y, y + residual)
    across = (left[:, None] < right) & (left < right[:, None])
    upward = (foot[:, None] < top) & (foot < top[:, None])
    return not bool((across & upward & ~np.eye(len(left), dtype=bool)).any())


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = _PAD * ((high - low) or 1.0)
    return (low - pad if low < 0 else 0.0), (high + pad if high > 0 or low == 0 else 0.0)


def _spread(x: Values, left: Values, right: Values, width: float) -> tuple[float, float] | None:
    """The x range for ``width`` units, with ``left`` and ``right`` units of room beside each x.

    None if the samples would take too small a part of it.
    """
    low, high = first = min(0.0, float(x.min())), max(0.0, float(x.max()))
    for _ in range(60):
        per_unit = (high - low) * (1 + _PAD) / width
        low = min(0.0, float((x - left * per_unit).min()))
        high = max(0.0, float((x + right * per_unit).max()))
        if high - low > _WIDEST * (first[1] - first[0]):
            return None
    return low, high

"""The contour map of a landscape of two weights, large enough for the start of a descent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.landscapes import Landscape
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.contours import ContourMap, Height, Values
from scenes.stage.plots.plot import Axis

_PAD = 0.08  # share of the range added beyond a start outside the landscape's window


def landscape_map(
    landscape: Landscape, start: Sequence[float], box: Box, theme: Theme, scale: Scale
) -> ContourMap:
    """The landscape's window, and the start, as a contour map in ``box``."""
    left, right, bottom, top = landscape.window
    x, y = _around(left, right, start[0]), _around(bottom, top, start[1])

    bowl = bool(landscape.minima)
    return ContourMap(
        height_of(landscape), Axis(*x, "w"), Axis(*y, "b"), box, theme, scale, bowl=bowl
    )


def height_of(landscape: Landscape) -> Height:
    """J of a landscape for arrays of w and b."""

    def height(w: Values, b: Values) -> Values:
        thetas = np.stack([w.ravel(), b.ravel()], axis=1)
        return np.asarray(landscape.costs(thetas)).reshape(w.shape)

    return height


def _around(low: float, high: float, place: float) -> tuple[float, float]:
    if low < place < high:
        return low, high
    low, high = min(low, place), max(high, place)
    pad = _PAD * (high - low)
    return (low - pad if place <= low else low), (high + pad if place >= high else high)

"""The part of a parabola that a plot shows, so that the descent on it can be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.stage.descent.parabola import Quadratic
from scenes.stage.plots.plot import Axis

_STEPS_TO_SEE, _AT_MOST = 3, 12.0  # for a diverging descent: updates; distances of the start
# Shares of |w*|, or of the distance at which J is twice its least if that is more, so that no unit
# of the data matters: rounding errors, and what no axis can show.
_ROUNDING, _UNSEEN = 1e-12, 1e-9


def w_range(
    curve: Quadratic, w: npt.NDArray[np.float64], margin: float = 1.35
) -> tuple[float, float]:
    """An interval around the minimiser with the whole descent, or its first steps if it is wild."""
    walk = np.abs(w - curve.minimiser)
    start, scale = float(walk[0]), max(abs(curve.minimiser), curve.reach(2 * curve.lowest))
    wild = float(walk.max()) > 4 * max(start, _ROUNDING * scale)
    reach = float(walk.max())
    if wild:
        reach = min(float(walk[: _STEPS_TO_SEE + 1].max()), _AT_MOST * start or reach)
    sides = w[: _STEPS_TO_SEE + 1] if wild else w
    both = bool((sides < curve.minimiser).any() and (sides > curve.minimiser).any())
    if reach <= _UNSEEN * scale:
        reach = abs(curve.minimiser) / 2 or 1.0
    reach *= 1.15 if both else margin
    return curve.minimiser - reach, curve.minimiser + reach


def cost_axis(curve: Quadratic, low: float, high: float, name: str, color: str) -> Axis:
    """The y axis for ``curve`` over [low, high]: from 0, unless that would flatten the curve."""
    top = max(curve(low), curve(high), curve.lowest)
    rise = top - curve.lowest
    if rise <= 0:
        return Axis(0.0, 2 * top or 1.0, name, None, color)
    if curve.lowest > 3 * rise:
        return Axis(curve.lowest - 0.08 * rise, top + 0.04 * rise, name, None, color)
    return Axis(0.0, top + 0.04 * rise, name, None, color)


def walk_range(curve: Quadratic, w: npt.NDArray[np.float64]) -> tuple[float, float]:
    """An interval close around the descent and the minimiser."""
    low, high = w_range(curve, w)
    seen = w[(w >= low) & (w <= high)]
    places = [*map(float, seen), curve.minimiser]
    least, most = min(places), max(places)
    span = (most - least) or high - low
    # A little room before the start, and more beyond the minimum to show the other arm.
    before, beyond = 0.14 * span, 0.34 * span
    start_left = float(w[0]) <= curve.minimiser
    return (least - before, most + beyond) if start_left else (least - beyond, most + before)


def loss_axis(top: float, name: str, color: str) -> Axis:
    """A y axis from 0 to a little above ``top``."""
    return Axis(0.0, 1.12 * top if top > 0 else 1.0, name, None, color)

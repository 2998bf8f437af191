"""Which part of the (w, b) plane a map shows: the descents and their goal, to scale if possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from gdcore.outcome import goal_of
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot

Values = npt.NDArray[np.float64]

_FARTHEST = 1.6  # places farther out are not shown; in distances of the start from the goal
_PAD = 0.16
_STRETCH = 5.0  # a map to scale is at most this many times wider or taller than the descents


@dataclass(frozen=True)
class Window:
    """The axes of a map of (w, b); ``true`` if a unit of w is as long as a unit of b."""

    w: Axis
    b: Axis
    true: bool


def plane_window(traces: Sequence[Trace], box: Box, theme: Theme, scale: Scale) -> Window:
    """The axes of a map in ``box`` that shows these descents from one start."""
    objective = traces[0].objective
    assert isinstance(objective, LeastSquares)
    start = np.array(traces[0].theta[0])
    goal = goal_of(objective, start)
    low, high = _needed(traces, start, goal)
    wide = Window(_axis(low[0], high[0], "w", theme), _axis(low[1], high[1], "b", theme), False)
    tried = wide
    for _ in range(6):  # the tick numbers' width depends on the range, and the range on that width
        inner = Plot(box, tried.w, tried.b, theme, scale).inner
        unit = min(inner.width / (high[0] - low[0]), inner.height / (high[1] - low[1]))
        half = np.array([inner.width, inner.height]) / unit / 2
        if (2 * half > _STRETCH * (high - low)).any():
            return wide
        middle = (low + high) / 2
        first, last = middle - half, middle + half
        w, b = _axis(first[0], last[0], "w", theme), _axis(first[1], last[1], "b", theme)
        following = Window(w, b, True)
        if following == tried:
            return following
        tried = following
    return wide


def _axis(low: float, high: float, name: str, theme: Theme) -> Axis:
    return Axis(float(low), float(high), name, None, theme.point)


def _needed(traces: Sequence[Trace], start: Values, goal: Values) -> tuple[Values, Values]:
    away = np.abs(start - goal)
    rest = 1e-9 * np.maximum(np.abs(goal), 1e-300)
    if (away <= rest).all():  # at rest there is only the bowl to see
        reach = np.where(goal != 0, np.abs(goal) / 2, 0.0)
        reach = np.where(reach > 0, reach, reach.max() or 1.0)
        return goal - reach, goal + reach
    near = np.maximum(away, 0.25 * away.max() * (away <= rest))
    places = [start[None], goal[None]]
    for trace in traces:
        with np.errstate(over="ignore", invalid="ignore"):
            seen = (np.abs(trace.theta - goal) <= _FARTHEST * near).all(axis=1)
        places.append(trace.theta[seen])
    found = np.concatenate(places)
    low, high = found.min(axis=0), found.max(axis=0)
    span = np.maximum(high - low, 0.25 * (high - low).max() * (high - low <= rest))
    middle = (low + high) / 2
    return middle - (0.5 + _PAD) * span, middle + (0.5 + _PAD) * span

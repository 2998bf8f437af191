"""Which part of the (w, b) plane a map shows: the descents and their goal, to scale if possible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.maps.conics import Conics
from scenes.stage.maps.plane_chart import PlaneChart, Window, weight_names
from scenes.stage.page.layout import Box, Scale

Values = npt.NDArray[np.float64]

_FARTHEST = 1.6  # places farther out are not shown; in distances of the start from the goal
_PAD = 0.16
_STRETCH = 5.0  # a map to scale is at most this many times wider or taller than the descents


def plane_window(
    traces: Sequence[Trace], conics: Conics, box: Box, theme: Theme, scale: Scale
) -> Window:
    """The window of a map in ``box`` that shows these descents from one start."""
    low, high = _needed(traces, np.array(traces[0].theta[0]), conics.goal)
    names = weight_names(theme, scale)
    tried = Window((low[0], high[0]), (low[1], high[1]), False)
    for _ in range(4):  # the numbers' width depends on the range, and the range on that width
        inner = PlaneChart(conics, tried, box, names, theme, scale).inner
        free = np.array([inner.width, inner.height])
        unit = (free / (high - low)).min()
        half = free / unit / 2
        true = bool((2 * half <= _STRETCH * (high - low)).all())
        half = half if true else (high - low) / 2
        first, last = (((low + high) / 2 + side * half).tolist() for side in (-1, 1))
        following = Window((first[0], last[0]), (first[1], last[1]), true)
        if following == tried:
            break
        tried = following
    return tried


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

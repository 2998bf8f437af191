"""How a rate is chosen: the same descent with one rate of the grid after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.races import GRID
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.films.optimizers.racers import Racer, run
from scenes.stage.maps.trail import cut
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

BELOW = 7
"""So many smaller rates are tried, then a larger one, then the best one."""


class Trials(VGroup):
    """The paths of the racers at rates of the grid around their best ones, one at a time."""

    def __init__(
        self, plot: Plot, lesson: Lesson, racers: Sequence[Racer], colors: Sequence[str]
    ) -> None:
        super().__init__(*(VMobject(color=c, stroke_width=3.5, fill_opacity=0) for c in colors))
        self.rates = [rates_around(racer.rate) for racer in racers]
        self._points = [
            [_drawn(plot, tried(run(lesson, racer, rate))) for rate in rates]
            for racer, rates in zip(racers, self.rates, strict=True)
        ]

    @property
    def count(self) -> int:
        """How many rates each racer tries; the last is its best one."""
        return len(self.rates[0])

    def attempt(self, trial: float) -> list[float]:
        """Show a trial, from 0 to ``count``; returns the racers' rates in it."""
        k = min(int(trial), self.count - 1)
        for line, points in zip(self, self._points, strict=True):
            line.points = points[k]
        return [rates[k] for rates in self.rates]


def rates_around(best: float) -> list[float]:
    """Rates of the grid from below the best one, the one above it, and then the best one."""
    k = GRID.index(best)
    below = [GRID[max(i, 0)] for i in range(k - BELOW, k)]
    return [*below, GRID[min(k + 1, len(GRID) - 1)], best]


def tried(trace: Trace) -> Values:
    """The places of a descent, to the one at which J is above its start: then the rate is out."""
    above = np.flatnonzero(~(trace.cost <= trace.cost[0]))
    last = int(above[0]) if len(above) else trace.updates
    return np.asarray(trace.theta[: last + 1])


def _drawn(plot: Plot, way: Values) -> Values:
    starts, stops, _ = cut(plot, way[:-1], way[1:])
    return separate(plot.map(*starts.T), plot.map(*stops.T))

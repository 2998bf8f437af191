"""What noise adds to the parabolas: their minima, the region between them, the band, the visits."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace
from scenes.catalogue.noisy import spread
from scenes.stage.descent.moving_parabolas import MovingParabolas
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.noise.confusion import upright
from scenes.stage.noise.spreads import late_deviation
from scenes.stage.plots.shapes import discs

_SIGMAS, _TOO_NEAR, _MOST = 12.0, 0.005, 0.9
_ROUNDING = 1e-9
_CELL = 0.45  # radii of the point between two marks of visited places


class NoiseMarks:
    """``region`` and ``band`` beneath the parabolas; ``minima`` and ``visits`` on top of them."""

    def __init__(self, field: MovingParabolas, trace: Trace) -> None:
        theme, plot = field.theme, field.plot
        self.field, self.trace, self.spread = field, trace, spread(trace)
        self.share = 0.0
        self.region = VMobject(color=theme.muted, fill_opacity=0.22, stroke_width=0)
        self.band = VMobject(color=theme.good, fill_opacity=0.35, stroke_width=0)
        self.visits = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self.minima = VGroup()
        for i in range(len(field.losses)):
            self.minima.add(VMobject(color=theme.sample(i), fill_opacity=1, stroke_width=0))
        self._plot, self._t = plot, -1.0
        self._places, self._updates = np.zeros((0, 3)), np.zeros(0, dtype=np.int64)

    def lay(self, objective: LeastSquares) -> None:
        """Draw them for these data on the plot as it is now."""
        self.region.points = upright(self._plot, *region_of_confusion(objective))
        self.widen(self.share)
        for dot, loss in zip(self.minima, self.field.losses, strict=True):
            seen = loss.curvature > 0 and self._plot.contains(loss.minimiser, 0.0)
            dot.points = np.zeros((0, 3))
            if seen:
                at = self._plot.at(loss.minimiser, 0.0)
                dot.points = discs(at[None], 0.62 * self.field.radius)
        self._find_visits()

    def widen(self, share: float) -> None:
        """Show this share of the band's width."""
        self.share = share
        if self.spread is not None:
            mean, half = self.spread.mean, share * self.spread.std
            self.band.points = upright(self._plot, mean - half, mean + half)

    def _find_visits(self) -> None:
        """The first visit to each of the cells along w."""
        x, cost, w = self._plot.x, cost_curve(_data_of(self.trace)), self.trace.w
        seen = np.flatnonzero((w >= x.low) & (w <= x.high))
        heights = cost.lowest + cost.curvature / 2 * (w[seen] - cost.minimiser) ** 2
        seen, heights = seen[heights <= self._plot.y.high], heights[heights <= self._plot.y.high]
        places = self._plot.map(w[seen], heights)
        cells = np.floor(places[:, 0] / (_CELL * self.field.radius))
        first = np.sort(np.unique(cells, return_index=True)[1])
        self._places, self._updates = places[first], seen[first]
        self.visit(self._t)

    def visit(self, t: float) -> None:
        """Show where w has been up to ``t``; nowhere before 0."""
        self._t = t
        count = int(np.searchsorted(self._updates, math.floor(t + 1e-9), side="right"))
        self.visits.points = discs(self._places[: count if t >= 0 else 0], 0.5 * self.field.radius)


def close_up(trace: Trace) -> tuple[float, float]:
    """The part of the w axis where the samples disagree."""
    center, reach = _center(trace), _reach(trace)
    return center - 1.6 * reach, center + 1.6 * reach


def _reach(trace: Trace) -> float:
    """How far the plot reaches around w*, so that the samples' minima or σ can be seen.

    Of many samples it leaves out a tenth of the minima: a sample with x near 0 has it anywhere.
    """
    data = _data_of(trace).data
    x, y = data.x, data.y
    away = np.abs(y[x != 0] / x[x != 0] - _center(trace))
    reach = float(np.quantile(away, _MOST, method="higher"))
    found = spread(trace)
    std = found.std if found is not None else late_deviation(trace.w)
    center = abs(_center(trace))
    if reach <= _ROUNDING * center:  # the samples with x other than 0 agree on w
        return center / 2 or 1.0
    if _SIGMAS * std < _TOO_NEAR * reach:
        return reach or 1.0
    return min(reach, _SIGMAS * std)


def _center(trace: Trace) -> float:
    return cost_curve(_data_of(trace)).minimiser


def _data_of(trace: Trace) -> LeastSquares:
    assert isinstance(trace.objective, LeastSquares)
    return trace.objective

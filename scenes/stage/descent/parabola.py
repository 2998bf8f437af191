"""The parabola of a cost or of a sample's loss, drawn as a single Bézier curve."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from scenes.stage.plots.plot import Plot

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Quadratic:
    """f(w) = lowest + curvature/2 · (w − minimiser)²; curvature 0 is a constant."""

    minimiser: float
    curvature: float
    lowest: float

    def __call__(self, w: float) -> float:
        """The value at ``w``; infinite beyond the range of a double."""
        away = float(w) - self.minimiser  # a NumPy float would warn of an overflow
        return self.lowest + self.curvature / 2 * (away * away)  # ** would raise beyond 1e308

    def slope(self, w: float) -> float:
        """The derivative at ``w``."""
        return self.curvature * (w - self.minimiser)

    def reach(self, value: float) -> float:
        """How far from the minimiser f stays at or below ``value``; infinite for a constant."""
        if value < self.lowest:
            return 0.0
        if self.curvature == 0:
            return math.inf
        return math.sqrt(2 * (value - self.lowest) / self.curvature)

    def curve(self, plot: Plot, low: float = -math.inf, high: float = math.inf) -> Points:
        """Bézier points (4, 3) of the part within ``plot`` and [low, high]; (0, 3) if none is."""
        reach = self.reach(plot.y.high)
        a = max(plot.x.low, low, self.minimiser - reach)
        b = min(plot.x.high, high, self.minimiser + reach)
        if not a < b or self.lowest > plot.y.high:
            return np.zeros((0, 3))
        # The control point of a parabola is where its end tangents meet; manim needs a cubic curve.
        middle = (a + b) / 2
        control = plot.at(middle, self(a) + self.slope(a) * (middle - a))
        start, stop = plot.at(a, self(a)), plot.at(b, self(b))
        return np.array(
            [start, start + (control - start) * 2 / 3, stop + (control - stop) * 2 / 3, stop]
        )


def cost_curve(objective: LeastSquares) -> Quadratic:
    """The cost J over w of a model without bias; needs an x other than 0 in the data."""
    w = float(objective.minimiser()[0])
    return Quadratic(w, float(objective.curvature), float(objective.cost(np.array([w]))))


def loss_curve(objective: LeastSquares, index: int) -> Quadratic:
    """The loss of sample ``index`` over w; a constant where x = 0."""
    curvature = float(objective.sample_curvature(index))
    if curvature == 0:
        return Quadratic(0.0, 0.0, float(objective.loss(np.array([0.0]), index)))
    return Quadratic(float(objective.sample_minimiser(index)), curvature, 0.0)


def mean_curve(curves: list[Quadratic]) -> Quadratic:
    """The mean of some curves: what a mini-batch sees."""
    curvature = sum(curve.curvature for curve in curves) / len(curves)
    if curvature == 0:
        return Quadratic(0.0, 0.0, sum(curve(0.0) for curve in curves) / len(curves))
    w = sum(curve.curvature * curve.minimiser for curve in curves) / len(curves) / curvature
    return Quadratic(w, curvature, sum(curve(w) for curve in curves) / len(curves))


def blend(start: Quadratic, stop: Quadratic, amount: float) -> Quadratic:
    """(1 − amount)·start + amount·stop, itself a quadratic."""
    curvature = (1 - amount) * start.curvature + amount * stop.curvature
    if curvature == 0:
        return Quadratic(0.0, 0.0, (1 - amount) * start(0.0) + amount * stop(0.0))
    pull = (1 - amount) * start.curvature * start.minimiser
    w = (pull + amount * stop.curvature * stop.minimiser) / curvature
    return Quadratic(w, curvature, (1 - amount) * start(w) + amount * stop(w))

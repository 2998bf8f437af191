"""The three parametrisations that the film `scaling` compares, and how far each descent comes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.dataset import Dataset
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.studies.scaling import Scaling, centred, standardised
from gdcore.theory import condition_number
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson

Values = npt.NDArray[np.float64]

SHARE = 0.5
"""Of 1/L, in each parametrisation: an update halves the distance across the valley."""
NEAR = 0.01
"""Share of a distance that is left; with less, that way is done."""
_SAME = 1e-9  # relative; what differs by less is equal but for rounding


@dataclass(frozen=True)
class Parametrisation:
    """Least squares on the scaled inputs, and the descent of a lesson there."""

    lesson: Lesson
    scaling: Scaling

    @cached_property
    def objective(self) -> LeastSquares:
        """The cost of a place (w, b) on the plane of the scaled inputs."""
        return LeastSquares(self.scaling.data(self.lesson.data), bias=True)

    @property
    def rate(self) -> float:
        """The learning rate, `SHARE`/L."""
        return SHARE / self.objective.curvature

    @cached_property
    def kappa(self) -> float:
        """The condition number of the cost, at least 1."""
        return max(1.0, condition_number(self.objective))

    @cached_property
    def trace(self) -> Trace:
        """Batch descent from the lesson's line."""
        start = self.scaling.scaled([self.lesson.w0, self.lesson.b0])
        return descend(
            self.objective,
            start.tolist(),
            lr=self.rate,
            epochs=self.lesson.epochs,
            order="batch",
        )

    @property
    def round(self) -> bool:
        """Whether the contours are circles."""
        return self.kappa <= 1 + _SAME

    @property
    def along(self) -> float:
        """The share of the way along the valley that the descent does.

        In the direction of the least curvature an update multiplies the distance by
        `1 - SHARE/kappa`. Of a tiny share the trace itself keeps no digit.
        """
        return -math.expm1(self.lesson.epochs * math.log1p(-SHARE / self.kappa))

    @cached_property
    def excess(self) -> tuple[float, float]:
        """What the cost of the start is above the least: its parts across and along the valley."""
        matrix = self.objective.hessian / 2
        away = self.trace.theta[0] - self.objective.minimiser()
        turn = math.atan2(2 * matrix[0, 1], matrix[0, 0] - matrix[1, 1]) / 2
        across = away[0] * math.cos(turn) + away[1] * math.sin(turn)
        steep = self.objective.curvature / 2 * across * across
        return steep, max(0.0, float(away @ matrix @ away) - steep)


@dataclass(frozen=True)
class Facts:
    """What the film shows and says of a lesson."""

    lesson: Lesson

    @property
    def data(self) -> Dataset:
        """The samples as they were given."""
        return self.lesson.data

    @cached_property
    def standard(self) -> Scaling:
        """The map to mean 0 and standard deviation 1."""
        return standardised(self.data)

    @property
    def mean(self) -> float:
        """The mean of x."""
        return self.standard.shift

    @property
    def spread(self) -> float:
        """The standard deviation of x."""
        return self.standard.scale

    @cached_property
    def given(self) -> Parametrisation:
        """The inputs as they are."""
        return Parametrisation(self.lesson, Scaling())

    @cached_property
    def centred(self) -> Parametrisation:
        """The inputs less their mean."""
        return Parametrisation(self.lesson, centred(self.data))

    @cached_property
    def standardised(self) -> Parametrisation:
        """The inputs less their mean, divided by their standard deviation."""
        return Parametrisation(self.lesson, self.standard)

    @property
    def start(self) -> Values:
        """The first line (w, b)."""
        return np.array([self.lesson.w0, self.lesson.b0])

    @cached_property
    def goal(self) -> Values:
        """The best line, as a place (2,) on the plane of the standardised inputs."""
        return self.standardised.objective.minimiser()

    @cached_property
    def least(self) -> float:
        """The least cost."""
        return self.standardised.objective.cost(self.goal)

    @cached_property
    def away(self) -> float:
        """The distance from the start to the minimum on the plane of the standardised inputs."""
        return float(np.hypot(*(self.standard.scaled(self.start) - self.goal)))

    @property
    def at_rest(self) -> bool:
        """Whether the start is the minimum."""
        size = np.abs([*self.standard.scaled(self.start), *self.goal]).max()
        return self.away <= _SAME * float(size)

    @property
    def centred_already(self) -> bool:
        """Whether the mean of x is 0."""
        return abs(self.mean) <= _SAME * self.spread

    @property
    def unit_already(self) -> bool:
        """Whether the standard deviation of x is 1."""
        return abs(self.spread - 1) <= _SAME

    @cached_property
    def halvings(self) -> int:
        """After so many updates the distance across the valley is below `NEAR` of the first."""
        return math.floor(math.log(NEAR) / math.log(1 - SHARE)) + 1

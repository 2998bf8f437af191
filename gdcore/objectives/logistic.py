"""Logistic regression: the probability that a sample is of class 1, and its cross-entropy loss."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.dataset import DataError, Dataset
from gdcore.message import Message
from gdcore.objective import Objective


@dataclass(frozen=True)
class Logistic(Objective):
    """The mean cross-entropy of `p = 1/(1 + exp(-(w*x + b)))`; theta is (w,), or (w, b) with bias.

        loss_i = log(1 + exp(z_i)) - y_i*z_i,   z_i = w*x_i + b

    Its slope in z_i is `p_i - y_i`. The cost is convex. Raises DataError if a y is not 0 or 1.
    """

    data: Dataset
    bias: bool = False
    _xs: list[float] = field(init=False, repr=False, compare=False)
    _ys: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_xs", self.data.x.tolist())
        object.__setattr__(self, "_ys", self.data.y.tolist())
        if not set(self._ys) <= {0.0, 1.0}:
            message = "{name}: a logistic loss needs classes, each y 0 or 1"
            raise DataError(Message(message, name=self.data.name))

    @property
    def d(self) -> int:
        """1, or 2 with a bias."""
        return 1 + self.bias

    @property
    def n(self) -> int:
        """The number of samples."""
        return self.data.n

    @property
    def exact(self) -> bool:
        """False: no finite theta brings a loss to its lower bound 0."""
        return False

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The gradient of the mean loss of some samples (None: all), in plain floats."""
        looked_at = range(self.n) if samples is None else samples
        slope = offset = 0.0
        for i in looked_at:
            x = self._xs[i]
            wrong = _probability(theta[0] * x + (theta[1] if self.bias else 0.0)) - self._ys[i]
            slope += wrong * x
            offset += wrong
        count = len(looked_at)
        return (slope / count, offset / count) if self.bias else (slope / count,)

    def costs(self, thetas: FloatArray) -> FloatArray:
        """J at each row of thetas (k, d)."""
        total = np.zeros(len(thetas))
        for x, y in zip(self._xs, self._ys, strict=True):
            total += self._loss(thetas, x, y)
        return total / self.n

    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The mean loss of row k's samples (k, m; -1 is padding) at row k of thetas."""
        total = np.zeros(len(thetas))
        for column in samples.T:
            part = self._loss(thetas, self.data.x[column], self.data.y[column])
            total += np.where(column >= 0, part, 0.0)
        counts: IntArray = np.count_nonzero(samples >= 0, axis=1).astype(np.int32)
        return total / counts

    def _loss(self, thetas: FloatArray, x: float | FloatArray, y: float | FloatArray) -> FloatArray:
        with np.errstate(over="ignore", invalid="ignore"):
            z = thetas[:, 0] * x + (thetas[:, 1] if self.bias else 0.0)
            loss: FloatArray = np.logaddexp(0.0, z) - y * z
        return loss


def _probability(z: float) -> float:
    """`1/(1 + exp(-z))`, for any z."""
    if z >= 0:
        return 1 / (1 + exp(-z))
    grown = exp(z)
    return grown / (1 + grown)

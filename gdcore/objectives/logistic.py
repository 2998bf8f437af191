"""Logistic regression: the probability that a sample is of class 1, and its cross-entropy loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.dataset import DataError
from gdcore.message import Message
from gdcore.objectives.sampled import SampledLoss


@dataclass(frozen=True)
class Logistic(SampledLoss):
    """The mean cross-entropy of `p = 1/(1 + exp(-(w*x + b)))`; theta is (w,), or (w, b) with bias.

        loss_i = log(1 + exp(z_i)) - y_i*z_i,   z_i = w*x_i + b

    Its slope in z_i is `p_i - y_i`. The cost is convex. Raises DataError if a y is not 0 or 1.
    """

    bias: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not set(self._ys) <= {0.0, 1.0}:
            message = "{name}: a logistic loss needs classes, each y 0 or 1"
            raise DataError(Message(message, name=self.data.name))

    @property
    def d(self) -> int:
        """1, or 2 with a bias."""
        return 1 + self.bias

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

    def loss_of(
        self, thetas: FloatArray, x: float | FloatArray, y: float | FloatArray
    ) -> FloatArray:
        """The cross-entropy at each row of thetas (k, d)."""
        z = thetas[:, 0] * x + (thetas[:, 1] if self.bias else 0.0)
        loss: FloatArray = np.logaddexp(0.0, z) - y * z
        return loss


def _probability(z: float) -> float:
    """`1/(1 + exp(-z))`, for any z."""
    if z >= 0:
        return 1 / (1 + exp(-z))
    grown = exp(z)
    return grown / (1 + grown)

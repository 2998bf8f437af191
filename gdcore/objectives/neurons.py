"""A network of two neurons: the smallest model whose cost is not convex."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import tanh

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.objectives.sampled import SampledLoss


@dataclass(frozen=True)
class TwoNeurons(SampledLoss):
    """The mean squared error of `v1*tanh(u1*x) + v2*tanh(u2*x)`; theta is (u1, u2, v1, v2).

        d loss_i / d u_j = 2*r_i*v_j*x_i*(1 - h_j^2),   d loss_i / d v_j = 2*r_i*h_j

    with `h_j = tanh(u_j*x_i)` and the residual `r_i = v1*h_1 + v2*h_2 - y_i`. Swapping the neurons,
    or turning the signs of both weights of one, changes nothing: so each minimum has twins.
    """

    @property
    def d(self) -> int:
        """Four weights."""
        return 4

    @property
    def exact(self) -> bool:
        """False: whether some theta fits all samples is not known."""
        return False

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The gradient of the mean loss of some samples (None: all), in plain floats."""
        u1, u2, v1, v2 = theta
        looked_at = range(self.n) if samples is None else samples
        totals = [0.0, 0.0, 0.0, 0.0]
        for i in looked_at:
            x = self._xs[i]
            one, two = tanh(u1 * x), tanh(u2 * x)
            residual = 2 * (v1 * one + v2 * two - self._ys[i])
            totals[0] += residual * v1 * x * (1 - one * one)
            totals[1] += residual * v2 * x * (1 - two * two)
            totals[2] += residual * one
            totals[3] += residual * two
        return [total / len(looked_at) for total in totals]

    def loss_of(
        self, thetas: FloatArray, x: float | FloatArray, y: float | FloatArray
    ) -> FloatArray:
        """The squared residual at each row of thetas (k, 4)."""
        u1, u2, v1, v2 = thetas.T
        residual: FloatArray = v1 * np.tanh(u1 * x) + v2 * np.tanh(u2 * x) - y
        return np.square(residual)

"""A network of two neurons: the smallest model whose cost is not convex."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import tanh

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.dataset import Dataset
from gdcore.objective import Objective


@dataclass(frozen=True)
class TwoNeurons(Objective):
    """The mean squared error of `v1*tanh(u1*x) + v2*tanh(u2*x)`; theta is (u1, u2, v1, v2).

        d loss_i / d u_j = 2*r_i*v_j*x_i*(1 - h_j^2),   d loss_i / d v_j = 2*r_i*h_j

    with `h_j = tanh(u_j*x_i)` and the residual `r_i = v1*h_1 + v2*h_2 - y_i`. Swapping the neurons,
    or turning the signs of both weights of one, changes nothing: so each minimum has twins.
    """

    data: Dataset
    _xs: list[float] = field(init=False, repr=False, compare=False)
    _ys: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_xs", self.data.x.tolist())
        object.__setattr__(self, "_ys", self.data.y.tolist())

    @property
    def d(self) -> int:
        """Four weights."""
        return 4

    @property
    def n(self) -> int:
        """The number of samples."""
        return self.data.n

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

    def costs(self, thetas: FloatArray) -> FloatArray:
        """J at each row of thetas (k, 4)."""
        with np.errstate(over="ignore"):
            total = np.zeros(len(thetas))
            for x, y in zip(self._xs, self._ys, strict=True):
                total += np.square(_predict(thetas, x) - y)
        return total / self.n

    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The mean loss of row k's samples (k, m; -1 is padding) at row k of thetas."""
        total = np.zeros(len(thetas))
        with np.errstate(over="ignore"):
            for column in samples.T:
                residual = _predict(thetas, self.data.x[column]) - self.data.y[column]
                total += np.where(column >= 0, np.square(residual), 0.0)
        counts: IntArray = np.count_nonzero(samples >= 0, axis=1).astype(np.int32)
        return total / counts


def _predict(thetas: FloatArray, x: float | FloatArray) -> FloatArray:
    u1, u2, v1, v2 = thetas.T
    predicted: FloatArray = v1 * np.tanh(u1 * x) + v2 * np.tanh(u2 * x)
    return predicted

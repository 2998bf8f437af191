"""Least squares for `y = w*x` and `y = w*x + b`: the mean squared error (MSE) and the losses.

    loss_i = (w*x_i + b - y_i)^2        d loss_i/dw = 2*x_i*(w*x_i + b - y_i)
    J      = mean of loss_i             d loss_i/db = 2*(w*x_i + b - y_i)

Sums run in the order of the samples and are divided at the end, as in the lecture's programs, so
that every digit is the same. Computing in chunks or in vectors changes no digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.objectives.sampled import SampledLoss

_FEW = 64  # up to here a plain loop is faster than NumPy
_MUCH = 3 * 10**8  # sample losses; past it `costs` uses the parabola itself


@dataclass(frozen=True)
class LeastSquares(SampledLoss):
    """The least-squares cost of a data set; theta is (w,), or (w, b) with a bias."""

    bias: bool = False

    @property
    def d(self) -> int:
        """1, or 2 with a bias."""
        return 2 if self.bias else 1

    @cached_property
    def exact(self) -> bool:
        """Whether the model fits every sample, to 1e-12 of the largest |y| (`Dataset.exact`)."""
        if not self.bias:
            return self.data.exact
        w, b = self._stationary.tolist()
        residual = w * self.data.x + b - self.data.y
        return bool(np.all(np.abs(residual) <= 1e-12 * np.max(np.abs(self.data.y), initial=0)))

    @cached_property
    def hessian(self) -> FloatArray:
        """The constant second derivative of J, shape (d, d)."""
        square, mean = float(np.mean(self.data.x**2)), float(np.mean(self.data.x))
        rows = [[square, mean], [mean, 1.0]] if self.bias else [[square]]
        return 2 * np.array(rows)

    @cached_property
    def curvature(self) -> float:
        """L, the largest eigenvalue of the Hessian: `2*mean(x^2)` without a bias."""
        return float(np.linalg.eigvalsh(self.hessian)[-1]) if self.bias else self.hessian.item()

    def sample_curvature(self, i: int) -> float:
        """The curvature of loss_i along its gradient: `2*x_i^2`, with a bias `2*(x_i^2 + 1)`."""
        return 2 * (self._xs[i] * self._xs[i] + self.bias)

    def minimiser(self) -> FloatArray:
        """The theta (d,) of least cost; nan if it is not unique (all x equal, or 0)."""
        unique = np.ptp(self.data.x) > 0 if self.bias else self.curvature > 0
        return self._stationary.copy() if unique else np.full(self.d, np.nan)

    def sample_minimiser(self, i: int) -> float:
        """The w at which loss_i is 0, y_i/x_i; nan when x_i is 0, or with a bias (a line)."""
        return self._ys[i] / self._xs[i] if self._xs[i] and not self.bias else float("nan")

    def cost_at(self, ws: FloatArray) -> FloatArray:
        """J over an array of w of any shape, for the model without a bias (curve drawing)."""
        ws = np.asarray(ws, dtype=np.float64)
        return self.costs(ws.reshape(-1, 1)).reshape(ws.shape)

    def loss_at(self, ws: FloatArray, i: int) -> FloatArray:
        """loss_i over an array of w of any shape, for the model without a bias."""
        ws = np.asarray(ws, dtype=np.float64)
        samples = np.full((ws.size, 1), i, dtype=np.int32)
        return self.losses(ws.reshape(-1, 1), samples).reshape(ws.shape)

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The gradient of the mean loss of some samples (None: all), in plain floats."""
        if samples is not None and len(samples) == 1:
            i = samples[0]
            x = self._xs[i]
            if self.bias:
                residual = x * theta[0] + theta[1] - self._ys[i]
                return 2 * x * residual, 2 * residual
            return (2 * x * (x * theta[0] - self._ys[i]),)
        count = self.n if samples is None else len(samples)
        summed = self._looped if count <= _FEW else self._summed
        return [total / count for total in summed(theta, samples)]

    def _looped(self, theta: Sequence[float], samples: Sequence[int] | None) -> list[float]:
        xs, ys = self._xs, self._ys
        if samples is not None:
            xs, ys = [xs[i] for i in samples], [ys[i] for i in samples]
        w, slope, offset = theta[0], 0.0, 0.0
        if not self.bias:
            for x, y in zip(xs, ys, strict=True):
                slope += 2 * x * (x * w - y)
            return [slope]
        for x, y in zip(xs, ys, strict=True):
            residual = x * w + theta[1] - y
            slope += 2 * x * residual
            offset += 2 * residual
        return [slope, offset]

    def _summed(self, theta: Sequence[float], samples: Sequence[int] | None) -> list[float]:
        x, y = self.data.x, self.data.y
        if samples is not None:
            x, y = x[list(samples)], y[list(samples)]
        residual = x * theta[0] + (theta[1] if self.bias else 0.0) - y
        terms = [2 * x * residual, 2 * residual] if self.bias else [2 * x * residual]
        # `accumulate` adds from left to right; `sum` adds in pairs, which changes the last digits.
        return [float(np.add.accumulate(term)[-1]) for term in terms]

    def costs(self, thetas: FloatArray) -> FloatArray:
        """J at each row of thetas (k, d).

        Beyond 3e8 sample losses (k times n) it is `J* + (theta-theta*)' H (theta-theta*)/2`: the
        same number to about 12 digits, in a time that does not depend on n.
        """
        if len(thetas) * self.n <= _MUCH:
            return super().costs(thetas)
        lowest = float(self.costs(self._stationary.reshape(1, -1))[0])
        with np.errstate(over="ignore", invalid="ignore"):
            away = thetas - self._stationary
            rise = np.einsum("ki,ij,kj->k", away, self.hessian / 2, away)
            return lowest + np.where(np.isnan(rise), np.inf, rise)

    def loss_of(
        self, thetas: FloatArray, x: float | FloatArray, y: float | FloatArray
    ) -> FloatArray:
        """The squared residual at each row of thetas (k, d)."""
        predicted = x * thetas[:, 0]
        residual: FloatArray = (predicted + thetas[:, 1] if self.bias else predicted) - y
        return np.square(residual)

    @cached_property
    def _stationary(self) -> FloatArray:
        """A theta where the gradient is zero: the minimiser, or one of them."""
        x, y = self.data.x, self.data.y
        if not self.bias:
            square = float(x @ x)
            return np.array([float(x @ y) / square if square > 0 else 0.0])
        x_mean, y_mean = float(np.mean(x)), float(np.mean(y))
        spread = float((x - x_mean) @ (x - x_mean))
        w = float((x - x_mean) @ (y - y_mean)) / spread if np.ptp(x) > 0 and spread > 0 else 0.0
        return np.array([w, y_mean - w * x_mean])

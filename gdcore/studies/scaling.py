"""Shifted and scaled inputs, and what that does to the plane of the weights (w, b).

With `x = shift + scale*z` the line `y = w*x + b` is `y = w'*z + b'`, where

    w' = scale*w,   b' = b + shift*w

So each line has a place on both planes, with the same cost. With shift = mean(x) the Hessian of the
cost is diagonal: `2*[[var(z), 0], [0, 1]]`. With scale = std(x) as well it is `2*I`, and the
contours of the cost are circles.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gdcore.arrays import FloatArray
from gdcore.dataset import Dataset


@dataclass(frozen=True)
class Scaling:
    """The map `z = (x - shift)/scale`. Raises ValueError if scale is not above 0."""

    shift: float = 0.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(f"scale must be above 0, not {self.scale!r}")

    def data(self, data: Dataset) -> Dataset:
        """The samples (z_i, y_i)."""
        return replace(data, x=(data.x - self.shift) / self.scale)

    def scaled(self, weights: npt.ArrayLike) -> FloatArray:
        """The places (..., 2) of lines (w, b) on the plane of the scaled inputs."""
        w, b = np.moveaxis(np.asarray(weights, dtype=np.float64), -1, 0)
        return np.stack([self.scale * w, b + self.shift * w], axis=-1)

    def plain(self, weights: npt.ArrayLike) -> FloatArray:
        """The places (..., 2) on the plane of the inputs as they were; the inverse of `scaled`."""
        w, b = np.moveaxis(np.asarray(weights, dtype=np.float64), -1, 0)
        return np.stack([w / self.scale, b - self.shift * w / self.scale], axis=-1)


def centred(data: Dataset) -> Scaling:
    """Subtract the mean of x."""
    return Scaling(float(np.mean(data.x)))


def standardised(data: Dataset) -> Scaling:
    """Subtract the mean of x, and divide by its standard deviation (that of the n samples).

    Raises ValueError if all x are equal: they have no deviation.
    """
    spread = float(np.std(data.x))
    if np.ptp(data.x) == 0 or not spread > 0:
        raise ValueError("all x are equal, so there is no deviation to divide by")
    return Scaling(float(np.mean(data.x)), spread)

"""A function with losses that differ from it by a slope each: gradients with honest noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.objective import Objective
from gdcore.objectives.curves import Curve


@dataclass(frozen=True)
class Tilted(Objective):
    """Losses `f(w) + c_i*w` of one weight whose mean is the curve f; the tilts c_i add up to 0.

    The gradient of a loss that is drawn at random is the slope of f plus noise: c_i, with mean 0.

    Raises ValueError for tilts whose sum is not 0.
    """

    curve: Curve
    tilts: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.tilts or sum(self.tilts) != 0:
            raise ValueError(f"the sum of the tilts must be 0, not that of {self.tilts!r}")

    @property
    def d(self) -> int:
        """One parameter."""
        return 1

    @property
    def n(self) -> int:
        """The number of tilts."""
        return len(self.tilts)

    @property
    def exact(self) -> bool:
        """Whether there is no noise."""
        return not any(self.tilts)

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The slope of f and the mean tilt of some losses (None: all), in plain floats."""
        (slope,) = self.curve.mean_gradient(theta)
        if samples is None:
            return (slope,)
        return (slope + sum(self.tilts[i] for i in samples) / len(samples),)

    def costs(self, thetas: FloatArray) -> FloatArray:
        """The curve's value at each row of thetas (k, 1); inf beyond range."""
        return self.curve.costs(thetas)

    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The mean loss of row k's samples (k, m; -1 is padding) at row k of thetas."""
        tilts = np.where(samples >= 0, np.array(self.tilts)[samples], 0.0)
        mean = tilts.sum(axis=1) / np.count_nonzero(samples >= 0, axis=1)
        with np.errstate(over="ignore", invalid="ignore"):
            values = self.curve.costs(thetas) + mean * thetas[:, 0]
        return np.where(np.isfinite(values), values, np.inf)

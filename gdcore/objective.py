"""`Objective`: what is minimised, a mean of n losses of d parameters."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from gdcore.arrays import FloatArray, IntArray


class Objective(ABC):
    """The cost J(theta) = mean of loss_i(theta), i = 0..n-1, theta of shape (d,).

    A subclass defines `mean_gradient`, `costs` and `losses`; the other methods use these.
    """

    @property
    @abstractmethod
    def d(self) -> int:
        """The number of parameters."""

    @property
    @abstractmethod
    def n(self) -> int:
        """The number of losses (samples)."""

    @property
    @abstractmethod
    def exact(self) -> bool:
        """Whether one theta minimises every loss at once."""

    @abstractmethod
    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The gradient of the mean loss of some samples (None: of all, that of the cost).

        It takes and returns plain floats, which makes the loop of the descent quick.
        """

    @abstractmethod
    def costs(self, thetas: FloatArray) -> FloatArray:
        """The cost at each row of thetas (k, d), as shape (k,); beyond range it is inf."""

    @abstractmethod
    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The mean loss of row k's samples (k, m; -1 is padding) at row k of thetas, (k,)."""

    def cost(self, theta: ArrayLike) -> float:
        """J(theta)."""
        return float(self.costs(self._row(theta))[0])

    def loss(self, theta: ArrayLike, i: int) -> float:
        """The loss of sample i."""
        return float(self.losses(self._row(theta), np.array([[i]], dtype=np.int32))[0])

    def gradient(self, theta: ArrayLike) -> FloatArray:
        """The gradient of J, shape (d,)."""
        return np.array(self.mean_gradient(self._row(theta)[0].tolist()))

    def sample_gradient(self, theta: ArrayLike, i: int) -> FloatArray:
        """The gradient of the loss of sample i, shape (d,)."""
        return np.array(self.mean_gradient(self._row(theta)[0].tolist(), (i,)))

    def _row(self, theta: ArrayLike) -> FloatArray:
        return np.asarray(theta, dtype=np.float64).reshape(1, self.d)


class SingleLoss(Objective):
    """A function that is no mean over samples: it has one loss, which is its cost."""

    @property
    def n(self) -> int:
        """One loss: the function itself."""
        return 1

    @property
    def exact(self) -> bool:
        """True: there is only one loss."""
        return True

    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The same as `costs`."""
        return self.costs(thetas)

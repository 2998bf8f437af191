"""`SampledLoss`: a cost that is the mean over the samples of a data set."""

from abc import abstractmethod
from dataclasses import dataclass, field

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.dataset import Dataset
from gdcore.objective import Objective

_CHUNK = 8192  # rows at a time: the scratch arrays stay in the processor's cache


@dataclass(frozen=True)
class SampledLoss(Objective):
    """The mean of one loss for each sample (x_i, y_i); a subclass says what the loss is."""

    data: Dataset
    _xs: list[float] = field(init=False, repr=False, compare=False)
    _ys: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_xs", self.data.x.tolist())
        object.__setattr__(self, "_ys", self.data.y.tolist())

    @property
    def n(self) -> int:
        """The number of samples."""
        return self.data.n

    @abstractmethod
    def loss_of(
        self, thetas: FloatArray, x: float | FloatArray, y: float | FloatArray
    ) -> FloatArray:
        """The loss of a sample, or of one sample for each row, at each row of thetas (k, d)."""

    def costs(self, thetas: FloatArray) -> FloatArray:
        """J at each row of thetas (k, d)."""
        total = np.zeros(len(thetas))
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(thetas), _CHUNK):
                part = slice(start, start + _CHUNK)
                for x, y in zip(self._xs, self._ys, strict=True):
                    total[part] += self.loss_of(thetas[part], x, y)
        return total / self.n

    def losses(self, thetas: FloatArray, samples: IntArray) -> FloatArray:
        """The mean loss of row k's samples (k, m; -1 is padding) at row k of thetas."""
        total = np.zeros(len(thetas))
        with np.errstate(over="ignore", invalid="ignore"):
            for column in samples.T:
                found = self.loss_of(thetas, self.data.x[column], self.data.y[column])
                total += np.where(column >= 0, found, 0.0)
        counts: IntArray = np.count_nonzero(samples >= 0, axis=1).astype(np.int32)
        return total / counts

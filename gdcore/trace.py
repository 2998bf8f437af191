"""`Trace`: all that one descent did. Its shapes and indexing are stated here, once."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from gdcore.arrays import FloatArray, IntArray, sealed
from gdcore.message import Message
from gdcore.objective import Objective
from gdcore.rules import Rule
from gdcore.schedules import Schedule


@dataclass(frozen=True)
class Trace:
    """A finished descent of T updates on d parameters; every array is read-only.

    Update k = 0..T-1 leads from theta[k] to theta[k+1]; updates and epochs count from 0.

        theta       (T+1, d)  theta[0] is the start, theta[-1] the end
        samples     (T, m)    indices of the samples looked at, padded with -1
        gradient    (T, d)    gradient of their mean loss at theta[k]
        rate        (T,)      learning rate
        epoch       (T,)      epoch
        loss        (T,)      their mean loss before the update, at theta[k]
        loss_after  (T,)      the same samples' mean loss after it, at theta[k+1]
        cost        (T+1,)    J at theta[k]

    A diverging descent ends before the first update whose result is not finite or beyond 1e300.
    `diverged_at` is the number of that update: it is T, since the update is not stored. It is None
    if the descent did not diverge. theta and gradient are always finite; losses and costs beyond
    the range of a double are inf.

    Memory: `36 + 16*d + 4*m` bytes per update, 56 for w alone with one sample. Full batch:
    `20 + 16*d`, since its samples and losses are views of other arrays.

    The fields before `theta` are what was asked for; they alone make two traces equal.
    """

    objective: Objective
    start: tuple[float, ...]
    lr: float
    epochs: int
    order: str
    batch_size: int
    rule: Rule
    schedule: Schedule
    seed: int
    theta: FloatArray = field(repr=False, compare=False)
    samples: IntArray = field(repr=False, compare=False)
    gradient: FloatArray = field(repr=False, compare=False)
    rate: FloatArray = field(repr=False, compare=False)
    epoch: IntArray = field(repr=False, compare=False)
    loss: FloatArray = field(repr=False, compare=False)
    loss_after: FloatArray = field(repr=False, compare=False)
    cost: FloatArray = field(repr=False, compare=False)
    updates_per_epoch: int = field(repr=False, compare=False)
    diverged_at: int | None = field(repr=False, compare=False)

    def __setstate__(self, state: dict[str, object]) -> None:
        # Unpickled arrays are writable, whatever they were.
        arrays = (value for value in state.values() if isinstance(value, np.ndarray))
        self.__dict__.update(state)
        for array in arrays:
            sealed(array)

    @property
    def updates(self) -> int:
        """T, the number of updates made."""
        return len(self.gradient)

    @property
    def w(self) -> FloatArray:
        """The first parameter, shape (T+1,)."""
        return self.theta[:, 0]

    @property
    def b(self) -> FloatArray | None:
        """The second parameter, shape (T+1,); None if there is none."""
        return self.theta[:, 1] if self.theta.shape[1] > 1 else None

    @property
    def stopped(self) -> Message:
        """How it stopped: "finished" or "diverged at update n"."""
        if self.diverged_at is None:
            return Message("finished")
        return Message("diverged at update {n}", n=self.diverged_at)

    @cached_property
    def sample_gradients(self) -> npt.NDArray[np.int64]:
        """How many samples' gradients had been computed on arrival at theta[k], shape (T+1,)."""
        if self.order == "batch":
            return sealed(np.arange(self.updates + 1, dtype=np.int64) * self.objective.n)
        counts = np.count_nonzero(self.samples >= 0, axis=1)
        return sealed(np.concatenate(([0], np.cumsum(counts, dtype=np.int64))))

    @cached_property
    def key(self) -> str:
        """A digest of what was asked for, the same in every process (see `Dataset.key`)."""
        return sha256(repr(self).encode()).hexdigest()

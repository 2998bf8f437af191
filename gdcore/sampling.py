"""Which samples each update looks at: all, or some of them in an order."""

from dataclasses import dataclass

import numpy as np

from gdcore.arrays import IntArray, sealed
from gdcore.spec import nearest

ORDERS = ("batch", "in-order", "shuffled", "random")


@dataclass(frozen=True)
class Sampling:
    """The order of the samples, the size of a batch, and the seed of the random orders.

    - `batch`: all samples at every update; batch_size and seed are not used.
    - `in-order`: 0, 1, 2, ... in every epoch.
    - `shuffled`: a new permutation for every epoch.
    - `random`: n independent uniform draws, with replacement, for every epoch.

    The last three are cut into batches of batch_size; the last batch of an epoch may be smaller.
    """

    order: str = "batch"
    batch_size: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"unknown order {self.order!r}; {nearest(str(self.order), [*ORDERS])}")
        for name, least in (("batch_size", 1), ("seed", 0)):
            value = getattr(self, name)
            if not isinstance(value, int | np.integer) or value < least:
                raise ValueError(f"{name} must be a whole number >= {least}, not {value!r}")

    def updates_per_epoch(self, n: int) -> int:
        """The number of updates in an epoch over n samples."""
        return 1 if self.order == "batch" else -(-n // self.batch_size)

    def draw(self, n: int, epochs: int) -> IntArray:
        """The indices for each update, read-only, shape (updates, m), padded with -1.

        m is the batch size, at most n. With order `batch` the repeated rows take no memory.
        """
        everything = np.arange(n, dtype=np.int32)
        if self.order == "batch":
            return np.broadcast_to(everything, (epochs, n))
        generator = np.random.default_rng(self.seed)
        if self.order == "random":
            drawn = generator.integers(n, size=(epochs, n), dtype=np.int32)
        else:
            drawn = np.tile(everything, (epochs, 1))
        if self.order == "shuffled":
            generator.permuted(drawn, axis=1, out=drawn)
        m = min(self.batch_size, n)
        padding = np.full((epochs, -n % m), -1, dtype=np.int32)
        whole = np.hstack([drawn, padding]) if padding.size else drawn
        return sealed(whole.reshape(-1, m))

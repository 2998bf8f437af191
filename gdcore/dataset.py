"""`Dataset`: the samples (x_i, y_i) of one lesson, checked once and frozen."""

import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from gdcore.arrays import FloatArray, frozen
from gdcore.message import Message

MAX_SAMPLES = 100_000
LARGEST = 1e60  # so that sums of x**4 stay finite
_EXACT = 1e-12  # relative: some thousand times the rounding error of y = w*x


class DataError(ValueError):
    """Data that cannot be used. The text is one line that says where and why."""


def plain_name(text: str) -> str:
    """A name as one line: no control characters, single spaces, letters in composed form.

    Marks that turn the direction of writing, and what no standard defines, go as well.
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    kept = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", kept).split())


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Samples x, y: read-only float64 arrays of shape (n,), 1 <= n <= 100,000.

    `name` is what a message calls the data. `seed` is the seed of the generator; None if there
    was none. `notices` are remarks of the file reader. `x_name` and `y_name` are what x and y
    measure, with the unit ("weight [kg]"); "" if nobody said. `file` is the name of the file that
    the samples were read from; "" if there was none. `source` is its path. Two
    data sets with the same content are equal; notices and source do not count.

    Raises DataError if x or y is empty, if their lengths differ, or if a value is not finite or
    beyond 1e60.
    """

    x: FloatArray
    y: FloatArray
    name: str = "data"
    seed: int | None = None
    notices: tuple[str, ...] = field(default=())
    x_name: str = ""
    y_name: str = ""
    file: str = ""
    source: Path | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for axis in ("x", "y"):
            object.__setattr__(self, axis, frozen(getattr(self, axis)))
        for text in ("x_name", "y_name", "file"):
            object.__setattr__(self, text, plain_name(getattr(self, text)))
        if self.x.ndim != 1 or self.x.shape != self.y.shape:
            raise DataError(
                Message(
                    "x and y must be of one length, not {x}, {y}", x=self.x.shape, y=self.y.shape
                )
            )
        if not 1 <= self.n <= MAX_SAMPLES:
            raise DataError(
                Message(
                    "a data set holds 1 to {most:,} samples, not {n:,}", most=MAX_SAMPLES, n=self.n
                )
            )
        for axis, values in (("x", self.x), ("y", self.y)):
            wrong = np.flatnonzero(~(np.abs(values) <= LARGEST))
            if wrong.size:
                value = float(values[wrong[0]])
                message = (
                    "sample {number}: {axis} = {value!r} is not a number within -{most:g}..{most:g}"
                )
                number = int(wrong[0]) + 1
                raise DataError(
                    Message(message, number=number, axis=axis, value=value, most=LARGEST)
                )

    @property
    def n(self) -> int:
        """The number of samples."""
        return self.x.size

    @cached_property
    def exact(self) -> bool:
        """Whether one line `y = w*x` fits every sample, to 1e-12 of each y_i."""
        square = float(self.x @ self.x)
        w = float(self.x @ self.y) / square if square > 0 else 0.0
        return bool(np.all(np.abs(w * self.x - self.y) <= _EXACT * np.abs(self.y)))

    def named(self, x_name: str, y_name: str) -> "Dataset":
        """The same samples under these axis names; "" keeps the name that there is."""
        return replace(self, x_name=x_name or self.x_name, y_name=y_name or self.y_name)

    def has_samples_of(self, other: "Dataset") -> bool:
        """Whether the samples are the same ones, in the same order, whatever they are called."""
        return np.array_equal(self.x, other.x) and np.array_equal(self.y, other.y)

    @cached_property
    def key(self) -> str:
        """A digest of the whole content (samples, names, seed): the same in every process."""
        names = (self.name, self.x_name, self.y_name, self.file)
        digest = sha256(repr((*names, self.seed, self.n)).encode("utf-8", "surrogatepass"))
        digest.update(self.x.astype("<f8").tobytes() + self.y.astype("<f8").tobytes())
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Dataset(name={self.name!r}, n={self.n}, seed={self.seed}, key={self.key[:32]!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Through the constructor: an unpickled array would be writable.
        names = (self.x_name, self.y_name, self.file)
        return Dataset, (self.x, self.y, self.name, self.seed, self.notices, *names)

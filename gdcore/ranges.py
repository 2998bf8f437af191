"""A range of allowed numbers: whether a number lies in it, and how to say it in words."""

from dataclasses import dataclass
from functools import reduce
from math import inf, isfinite

from gdcore.message import Message


@dataclass(frozen=True, kw_only=True)
class Range:
    """The finite numbers that are allowed. The values `above` and `below` are excluded.

    `whole` allows whole numbers only.
    """

    least: float = -inf
    most: float = inf
    above: float = -inf
    below: float = inf
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether the number lies within the range; infinity and NaN never do."""
        inside = self.least <= value <= self.most and self.above < value < self.below
        return inside and not (self.whole and value != int(value))

    def check(self, name: str, value: float) -> float:
        """Return the value, or raise a ValueError that names the number and its range."""
        if not self.holds(value):
            raise ValueError(
                Message(
                    "{name} must be {range}, not {value!r}",
                    name=name,
                    range=self.range,
                    value=value,
                )
            )
        return value

    @property
    def range(self) -> Message:
        """The range in words, such as ``a whole number >= 1 and <= 100``."""
        signs = ((">=", self.least), (">", self.above), ("<=", self.most), ("<", self.below))
        found = [f"{sign} {bound:g}" for sign, bound in signs if isfinite(bound)]
        if not found:
            return Message("a whole number" if self.whole else "a finite number")
        bounds = reduce(_and, found)
        if self.whole:
            return Message("a whole number {bounds}", bounds=bounds)
        return Message("a finite number {bounds}", bounds=bounds)


def _and(first: str, second: str) -> str:
    return Message("{first} and {second}", first=first, second=second)

"""A range of allowed numbers: whether a number lies in it, and how to say it in words."""

from dataclasses import dataclass
from math import inf, isfinite


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
            raise ValueError(f"{name} must be {self.range}, not {value!r}")
        return value

    @property
    def range(self) -> str:
        """The range in words, such as ``a whole number >= 1 and <= 100``."""
        signs = ((">=", self.least), (">", self.above), ("<=", self.most), ("<", self.below))
        bounds = [f"{sign} {bound:g}" for sign, bound in signs if isfinite(bound)]
        kind = "a whole number" if self.whole else "a finite number"
        return " ".join([kind, " and ".join(bounds)]).strip()

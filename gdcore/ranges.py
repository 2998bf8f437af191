"""A range of allowed numbers: whether a number lies in it, and how to say it in words."""

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Range:
    """The finite numbers from `low` to `high`; `low` itself is left out when `above` is true.

    `whole` allows whole numbers only.
    """

    low: float
    high: float
    above: bool = False
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether the number lies within the range; infinity and NaN never do."""
        if not isfinite(value) or (self.whole and value != int(value)):
            return False
        return self.low <= value <= self.high and not (self.above and value == self.low)

    @property
    def words(self) -> str:
        """The range in words, such as ``a whole number from 1 to 10000``."""
        kind = "a whole number" if self.whole else "a number"
        low, high = (f"{bound:g}".replace("e+0", "e") for bound in (self.low, self.high))
        if self.above:
            return f"{kind} above {low} and at most {high}"
        return f"{kind} from {low} to {high}"

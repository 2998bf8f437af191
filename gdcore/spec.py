"""Text such as "momentum:momentum=0.9": a name, then its numbers, checked against a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf, isfinite

Settings = tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Range:
    """The numbers that are allowed; `above` and `below` are themselves excluded."""

    least: float = -inf
    most: float = inf
    above: float = -inf
    below: float = inf
    whole: bool = False

    def check(self, name: str, value: float) -> float:
        """Return the value, or raise a ValueError that names the number and its range."""
        inside = self.least <= value <= self.most and self.above < value < self.below
        if not isfinite(value) or not inside or (self.whole and value != int(value)):
            raise ValueError(f"{name} must be {self.range}, not {value!r}")
        return value

    @property
    def range(self) -> str:
        """The allowed range in words."""
        signs = ((">=", self.least), (">", self.above), ("<=", self.most), ("<", self.below))
        bounds = [f"{sign} {bound:g}" for sign, bound in signs if isfinite(bound)]
        kind = "a whole number" if self.whole else "a finite number"
        return " ".join([kind, " and ".join(bounds)]).strip()


@dataclass(frozen=True)
class Number(Range):
    """A setting: its default and its allowed range."""

    default: float


def nearest(name: str, known: list[str]) -> str:
    """Return a hint that names the nearest known name, or else all of them."""
    near = get_close_matches(name.lower(), known, n=1)
    return f"did you mean {near[0]!r}?" if near else "known: " + ", ".join(known)


def parse_spec(
    text: str, kind: str, table: Mapping[str, Mapping[str, Number]]
) -> tuple[str, Settings]:
    """Read "name" or "name:key=value,key=value" against a table of names and their numbers.

    Returns the name and every setting, those left out at their defaults. Raises ValueError for
    an unknown name or key (with the nearest one), or for a value outside its range.
    """
    name, _, rest = text.strip().partition(":")
    if name not in table:
        raise ValueError(f"unknown {kind} {name!r}; {nearest(name, list(table))}")
    numbers = table[name]
    values = {key: number.default for key, number in numbers.items()}
    for part in rest.split(",") if rest.strip() else []:
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise ValueError(f"{kind} {name}: {part.strip()!r} is not of the form key=value")
        if key not in numbers:
            hint = nearest(key, list(numbers)) if numbers else "it takes no settings"
            raise ValueError(f"{kind} {name} has no setting {key!r}; {hint}")
        values[key] = numbers[key].check(f"{kind} {name}: {key}", _number(kind, name, key, value))
    return name, tuple(values.items())


def spell(name: str, settings: Settings) -> str:
    """Write a name and its settings as the text that `parse_spec` reads."""
    numbers = ",".join(f"{key}={value!r}" for key, value in settings)
    return f"{name}:{numbers}" if numbers else name


def _number(kind: str, name: str, key: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"{kind} {name}: {key} must be a number, not {value!r}") from None

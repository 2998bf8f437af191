"""Text such as "momentum:momentum=0.9": a name, then its numbers, checked against a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from gdcore.message import Message
from gdcore.near_miss import did_you_mean
from gdcore.ranges import Range

Settings = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Number(Range):
    """A setting: its default and its allowed range."""

    default: float


def nearest(name: str, known: list[str]) -> Message:
    """Return a hint that names the nearest known name, or else all of them."""
    return did_you_mean(name, known) or Message("known: {names}", names=", ".join(known))


def parse_spec(
    text: str, kind: str, table: Mapping[str, Mapping[str, Number]]
) -> tuple[str, Settings]:
    """Read "name" or "name:key=value,key=value" against a table of names and their numbers.

    `kind` is what the name is called in errors.

    Returns the name and every setting; settings that are left out get their defaults. Raises
    ValueError for an unknown name or key (with the nearest one), or for a value outside its range.
    """
    name, _, rest = text.strip().partition(":")
    if name not in table:
        raise ValueError(
            Message(
                "unknown {kind} {name!r}; {hint}",
                kind=kind,
                name=name,
                hint=nearest(name, list(table)),
            )
        )
    numbers = table[name]
    values = {key: number.default for key, number in numbers.items()}
    for part in rest.split(",") if rest.strip() else []:
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise ValueError(
                Message(
                    "{kind} {name}: {part!r} is not of the form key=value",
                    kind=kind,
                    name=name,
                    part=part.strip(),
                )
            )
        if key not in numbers:
            hint = nearest(key, list(numbers)) if numbers else Message("it takes no settings")
            raise ValueError(
                Message(
                    "{kind} {name} has no setting {key!r}; {hint}",
                    kind=kind,
                    name=name,
                    key=key,
                    hint=hint,
                )
            )
        values[key] = numbers[key].check(
            Message("{kind} {name}: {key}", kind=kind, name=name, key=key),
            _number(kind, name, key, value),
        )
    return name, tuple(values.items())


def spell(name: str, settings: Settings) -> str:
    """Write a name and its settings as the text that `parse_spec` reads."""
    numbers = ",".join(f"{key}={value!r}" for key, value in settings)
    return f"{name}:{numbers}" if numbers else name


def _number(kind: str, name: str, key: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ValueError(
            Message(
                "{kind} {name}: {key} must be a number, not {value!r}",
                kind=kind,
                name=name,
                key=key,
                value=value,
            )
        ) from None

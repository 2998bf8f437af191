"""Knobs: what can be chosen. Each is declared once, as a field of `Lesson` or `Telling`.

The command's options, the checks and the documents follow from these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from gdcore.dataset import plain_name
from gdcore.message import Message
from gdcore.ranges import Range

T = TypeVar("T")


class KnobError(ValueError):
    """A knob has a value that is out of range, or that makes no sense for the film.

    ``knob`` is the field's name in `Lesson` or `Telling`.
    """

    def __init__(self, knob: str, message: str) -> None:
        super().__init__(message)
        self.knob = knob


@dataclass(frozen=True)
class Choice:
    """One of a few names."""

    names: tuple[str, ...]

    def check(self, name: str, value: str) -> None:
        """Raise a ValueError that names the knob if the value is not one of the names."""
        if value not in self.names:
            raise ValueError(
                Message(
                    "{name} must be one of {names}, not {value!r}",
                    name=name,
                    names=", ".join(self.names),
                    value=value,
                )
            )


@dataclass(frozen=True)
class Spelled:
    """A text that ``parse`` reads, such as ``adam:beta1=0.8``; it begins with one of ``names``."""

    parse: Callable[[str], object]
    names: tuple[str, ...]

    def check(self, name: str, value: str) -> None:
        """Raise the parser's ValueError for a text that it does not read."""
        self.parse(value)


@dataclass(frozen=True)
class Samples:
    """Data: a text that `gdcore.data.parse_data` reads; ``names`` are the data sets it knows."""

    names: tuple[str, ...] = ("lecture", "noisy", "heights", "random")

    def check(self, name: str, value: object) -> None:
        """Accept everything: a `Dataset` was checked when it was made."""


@dataclass(frozen=True)
class Words:
    """A text to be shown as it is, such as the name of an axis."""

    def check(self, name: str, value: str) -> None:
        """Raise a ValueError that names the knob for a text of which nothing can be shown."""
        if value and not plain_name(value):
            message = "{name} must hold a letter, a digit or a sign, not {value!r}"
            raise ValueError(Message(message, name=name, value=value))


@dataclass(frozen=True)
class Shown:
    """Whether a part of the picture is shown: the option ``--no-NAME`` leaves it out."""

    def check(self, name: str, value: object) -> None:
        """Accept everything: what counts is whether it is true."""


@dataclass(frozen=True)
class Several:
    """Several values of one kind."""

    kind: Range | Spelled

    def check(self, name: str, value: tuple[Any, ...]) -> None:
        """Raise ValueError for the first value that is not of the kind."""
        for each in value:
            self.kind.check(name, each)


Kind = Range | Choice | Spelled | Samples | Words | Shown | Several


@dataclass(frozen=True)
class Knob:
    """The values that a knob takes, and its help in English.

    The help may name the bounds ``{least}``, ``{most}`` and ``{above}`` of a range, or the
    ``{names}`` of a choice. ``metavar`` stands for its value in a help text. ``varies`` says that
    a film may have another default than the field's.
    """

    kind: Kind
    help: str
    metavar: str | None = None
    varies: bool = False

    @property
    def said(self) -> Message:
        """The help, with the bounds or names of the kind."""
        kind = self.kind.kind if isinstance(self.kind, Several) else self.kind
        if isinstance(kind, Range):
            return Message(self.help, least=kind.least, most=kind.most, above=kind.above)
        if isinstance(kind, (Words, Shown)):
            return Message(self.help)
        return Message(self.help, names=", ".join(kind.names))


def knob(
    default: T, kind: Kind, help: str, *, metavar: str | None = None, varies: bool = False
) -> T:
    """A field of a dataclass that is a knob; the default None leaves the choice to the film."""
    return field(default=default, metadata={"knob": Knob(kind, help, metavar, varies)})


def knobs_of(holder: Any) -> Mapping[str, Knob]:
    """The knobs that a dataclass (or a value of it) declares, by name, in order."""
    declared = fields(holder)
    return {each.name: each.metadata["knob"] for each in declared if "knob" in each.metadata}


def option_of(name: str, kind: Kind) -> str:
    """The option for a knob: ``--batch-size``, or ``--no-captions`` for a part that is shown."""
    return f"--{'no-' if isinstance(kind, Shown) else ''}{name.replace('_', '-')}"


def check_knobs(chosen: Any) -> None:
    """Raise `KnobError` for the first knob of ``chosen`` whose value is not of its kind."""
    for name, declared in knobs_of(chosen).items():
        value = getattr(chosen, name)
        if value is None:
            continue
        try:
            declared.kind.check(name, value)
        except ValueError as error:
            raise KnobError(name, *error.args) from error

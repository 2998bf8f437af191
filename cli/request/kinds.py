"""The types of the options: numbers in a range, known names, texts that gdcore reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar

import click
from click.shell_completion import CompletionItem

from cli.console.failures import BadData, BadValue, hint, one_line
from cli.console.language import say
from cli.lecture.script_reading import Script, script_in
from gdcore.ranges import Range


def option_name(param: click.Parameter | None) -> str:
    """An option as the user types it, ``--batch-size``; an argument as in the help, ``FILM``."""
    if param is None:
        return say("value")
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return say(param.metavar or param.human_readable_name).rstrip(".")


class Number(click.ParamType[float]):
    """A finite number within a range."""

    name = "number"

    def __init__(self, allowed: Range):
        self.allowed = allowed

    @property
    def range(self) -> str:
        """The allowed range in words."""
        allowed = self.allowed
        least, most = _short(allowed.least), _short(allowed.most)
        if isfinite(allowed.above):
            above = _short(allowed.above)
            return say("a number above {above} and at most {most}", above=above, most=most)
        if allowed.whole:
            return say("a whole number from {least} to {most}", least=least, most=most)
        return say("a number from {least} to {most}", least=least, most=most)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | int:
        """Return the number, or raise BadValue naming the option and the range."""
        number = self._read(value)
        if number is None or not self.allowed.holds(number):
            message = say("must be {range}, not {value!r}", range=self.range, value=value)
            raise BadValue(option_name(param), message)
        return number

    def _read(self, value: Any) -> float | int | None:
        try:
            return int(value) if self.allowed.whole else float(value)
        except (ValueError, OverflowError):
            return None

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The value as the help shows it."""
        return "N" if self.allowed.whole else "X"


def between(least: float, most: float, whole: bool = False) -> Number:
    """A number from ``least`` to ``most``."""
    return Number(Range(least=least, most=most, whole=whole))


def _short(bound: float) -> str:
    return f"{bound:g}".replace("e+0", "e")


class OneOf(click.ParamType[str]):
    """One of a few names, in upper or lower case; the error for another name shows the nearest."""

    name = "name"

    def __init__(self, names: Iterable[str], aliases: dict[str, str] | None = None):
        self.names, self.aliases = tuple(names), aliases or {}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or raise BadValue with the nearest one and all of them."""
        word = str(value).strip()
        folded = {name.casefold(): name for name in self.names}
        folded |= {alias.casefold(): name for alias, name in self.aliases.items()}
        if word.casefold() not in folded:
            names = ", ".join(self.names)
            message = say("must be one of {names}, not {value!r}", names=names, value=word)
            raise BadValue(option_name(param), message + hint(word, self.names))
        return folded[word.casefold()]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The names that begin with what has been typed."""
        return [CompletionItem(name) for name in self.names if name.startswith(incomplete)]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The names as the help shows them."""
        return f"[{'|'.join(self.names)}]" if param.metavar is None else None


class Colour(click.ParamType[str]):
    """A colour as ``#rrggbb``."""

    name = "colour"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the colour in lower case, or raise BadValue."""
        word = str(value).strip().lower()
        if not re.fullmatch("#[0-9a-f]{6}", word):
            message = say(
                "must be a colour such as {example}, not {value!r}", example="#fdf6e3", value=value
            )
            raise BadValue(option_name(param), message)
        return word


class ByteCount(click.ParamType[int]):
    """A size of a file, as ``5MB`` or ``800 kB``, in powers of ten as file managers count."""

    name = "size"
    _UNITS: ClassVar = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
    _FORM = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg])b?", re.IGNORECASE)

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes, or raise BadValue."""
        if isinstance(value, int):
            return value
        match = self._FORM.fullmatch(str(value).strip())
        found = 0.0 if match is None else float(match[1]) * self._UNITS[match[2].lower()]
        if not self.least <= found < 1e12:
            message = say(
                "must be a size such as {example}, at least {least} kB, not {value!r}",
                example="5MB",
                least=self.least // 1000,
                value=value,
            )
            raise BadValue(option_name(param), message)
        return int(found)


class Several(click.ParamType[tuple[Any, ...]]):
    """Some values of one kind, separated by commas or spaces.

    A comma before a setting, as in ``adam:beta1=0.8,beta2=0.9``, belongs to the value.
    """

    _BETWEEN = re.compile(r"[\s,]+(?![\s,]|\w+=)")

    def __init__(self, kind: click.ParamType[Any]):
        self.kind, self.name = kind, f"{kind.name}s"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """Return the values; raises the kind's error for the first wrong one."""
        parts = self._BETWEEN.split(value.strip()) if isinstance(value, str) else value
        kept = [self.kind.convert(part, param, ctx) for part in parts if part != ""]
        if not kept:
            message = say("needs one value or more, not {value!r}", value=value)
            raise BadValue(option_name(param), message)
        return tuple(kept)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The kind's completions for the value that is being typed."""
        before, mark, word = incomplete.rpartition(",")
        offered = self.kind.shell_complete(ctx, param, word)
        return [CompletionItem(before + mark + item.value) for item in offered]


class Spelled(click.ParamType[object]):
    """A text that one of gdcore's parsers reads, such as ``momentum:momentum=0.9``.

    ``data`` says that the text is samples: they may come from a file, and errors are BadData.
    """

    name = "text"

    def __init__(self, parse: Callable[[str], object], names: Sequence[str], data: bool = False):
        self.parse, self.names, self.data = parse, names, data

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the parser's value; a ValueError becomes an error that names the option."""
        try:
            return self.parse(value)
        except ValueError as error:
            if self.data:
                raise BadData(f"{option_name(param)}: {one_line(error)}") from error
            raise BadValue(f"{option_name(param)}:", one_line(error)) from error

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The names that begin with what has been typed; for data also files."""
        found = [CompletionItem(name) for name in self.names if name.startswith(incomplete)]
        if self.data and not found:
            found.append(CompletionItem(incomplete, type="file"))
        return found


class ScriptFile(click.ParamType[Script]):
    """A file with a script; errors in it are BadData."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Script:
        """Return the script; raises what `script_in` raises."""
        return value if isinstance(value, Script) else script_in(Path(value))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Files."""
        return [CompletionItem(incomplete, type="file")]

"""Errors of the command line: one line that names the thing and the remedy, and an exit code."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from exit_codes import BAD_DATA


class BadData(click.ClickException):
    """The samples asked for cannot be read: exit code 65."""

    exit_code = BAD_DATA


class BadValue(click.UsageError):
    """An option or argument has a value that is out of range: exit code 2."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name} {message}")


def one_line(error: BaseException) -> str:
    """What an exception says, on one line; its type's name when it says nothing."""
    text = error.format_message() if isinstance(error, click.ClickException) else str(error)
    return " ".join(text.split()) or type(error).__name__


def hint(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'batch'?`` with the most similar of ``known``, or nothing."""
    if word[:1].isdigit():
        return ""  # no number is near another
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.5)
    return f"; did you mean {folded[near[0]]!r}?" if near else ""


def listed(names: Iterable[str]) -> str:
    """``(there is: batch, sgd)``."""
    return f"(there is: {', '.join(names)})"

"""Errors of the command line: one line that says what is wrong and what to do; an exit code."""

from __future__ import annotations

from collections.abc import Iterable

import click

from exit_codes import BAD_DATA
from gdcore.near_miss import did_you_mean
from pipeline import NotFound


class BadData(click.ClickException):
    """The given samples cannot be read: exit code 65."""

    exit_code = BAD_DATA


class BadValue(click.UsageError):
    """An option or argument has a value that is out of range: exit code 2."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name} {message}")


def one_line(error: BaseException) -> str:
    """The message of an exception on one line; the name of its type if it has no message."""
    text = error.format_message() if isinstance(error, click.ClickException) else str(error)
    if isinstance(error, NotFound):
        text += hint(error.name, error.known)
    return " ".join(text.split()) or type(error).__name__


def hint(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'batch'?`` with the most similar of ``known``, or nothing."""
    if word[:1].isdigit():
        return ""  # no hint for numbers
    question = did_you_mean(word, known)
    return f"; {question}" if question else ""


def listed(names: Iterable[str]) -> str:
    """``(there is: batch, sgd)``."""
    return f"(there is: {', '.join(names)})"

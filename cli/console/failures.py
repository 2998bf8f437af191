"""Errors of the command line: one line that says what is wrong and what to do; an exit code."""

from __future__ import annotations

from collections.abc import Iterable

import click

from cli.console.language import closed_up, say
from exit_codes import BAD_DATA
from gdcore.message import Message
from gdcore.near_miss import did_you_mean
from pipeline import NotFound

FILM = Message("FILM:")


class BadData(click.ClickException):
    """The given samples cannot be read: exit code 65."""

    exit_code = BAD_DATA


class BadValue(click.UsageError):
    """An option or argument has a value that is out of range: exit code 2."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{say(name)} {message}")


def one_line(error: BaseException) -> str:
    """The message of an exception, in the user's language and on one line.

    It is the name of the exception's type if it has no message.
    """
    if isinstance(error, click.MissingParameter):
        text = _missing(error)
    else:
        text = error.format_message() if isinstance(error, click.ClickException) else _said(error)
    if isinstance(error, NotFound):
        text += hint(error.name, error.known)
    return closed_up(" ".join(text.split())) or type(error).__name__


def _said(error: BaseException) -> str:
    """The message: errors of the pipeline have a template themselves, those of gdcore hold one."""
    held = error.args[0] if error.args else None
    return say(held if hasattr(held, "template") else error)


def _missing(error: click.MissingParameter) -> str:
    param = error.param
    assert param is not None and error.ctx is not None
    name = param.make_metavar(error.ctx).rstrip(".")
    known = param.type.get_missing_message(param=param, ctx=error.ctx) or ""
    return say("missing argument {name}{known}", name=name, known=known)


def hint(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'batch'?`` with the most similar of ``known``, or nothing."""
    if word[:1].isdigit():
        return ""  # no hint for numbers
    question = did_you_mean(word, known)
    return say("; {question}", question=question) if question else ""


def listed(names: Iterable[str]) -> str:
    """`` (there is: batch, sgd)``, with a space before it in English."""
    return say(" (there is: {names})", names=", ".join(names))

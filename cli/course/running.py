"""Runs a command of a course within this process, as if it were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cli.console.app import App
from cli.console.streams import captured
from cli.course.products import COMMANDS

Words = tuple[str, ...]
"""A command line, without `gd`."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, what it made, and what it said.

    ``document`` is what ``--json`` printed, empty for a command without this option; ``paths`` are
    what the others printed.
    """

    exit_code: int
    document: dict[str, Any]
    paths: tuple[Path, ...]
    notes: tuple[str, ...]


def run(words: Sequence[str], **extra: Any) -> Outcome:
    """Run a command line without `gd`, such as ``("gif", "batch")``.

    `extra` are options by their names in the code, as ``dry_run=True``; those that the command does
    not have are left out. Raises what the command raises.
    """
    name, *rest = words
    command = COMMANDS[name]
    settings = {param.name: param for param in command.params if isinstance(param, click.Option)}
    for key, value in {"as_json": True, **extra}.items():
        if key in settings and value not in (None, False):
            word = max(settings[key].opts, key=len)
            rest.append(word if value is True else f"{word}={value}")
    before, App.words = App.words, words  # a deck notes the command that it was made by
    with captured() as said:
        try:
            with command.make_context(name, rest) as context:
                command.invoke(context)
                code = 0
        except click.exceptions.Exit as ended:
            code = ended.exit_code
        finally:
            App.words = before
    document = said.documents[0] if said.documents else {}
    return Outcome(code, document, tuple(said.paths), tuple(said.notes))

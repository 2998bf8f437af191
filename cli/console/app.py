"""The group of commands. An error is shown as one line and sets the exit code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from cli.console.failures import one_line
from cli.console.help import Command, option, translate_click
from cli.console.installation import version
from cli.console.language import asked_language, say, speak
from cli.console.signals import unwind
from cli.console.streams import leave, make_tolerant, note, put
from cli.console.time_limit import TimedOut
from exit_codes import INTERNAL, INTERRUPTED
from pipeline import Stopped

PROGRAM = "gd"
DEBUG = "--debug"
COMPLETE_VARIABLE = "_GD_COMPLETE"


class Verbs(Mapping[str, click.Command]):
    """The verbs in their order, from ``module:name``. A verb is imported when it is asked for.

    So what one verb needs costs the others no time at their start.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def __getitem__(self, verb: str) -> click.Command:
        module, _, name = self._places[verb].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class App(Command, click.Group):
    """A click group with errors of one line and the exit codes of sysexits.h."""

    debug = False  # set before parsing, since parsing may fail
    words: Sequence[str] = ()  # of the command line, without the program

    def main(self, args: Sequence[str] | None = None, *_: Any, **settings: Any) -> Any:
        """Run the command in ``args`` and exit."""
        make_tolerant()
        unwind()
        words = list(sys.argv[1:] if args is None else args)
        translate_click()
        speak(asked_language(words))
        App.words, App.debug = words, DEBUG in words
        settings |= {"prog_name": PROGRAM, "complete_var": COMPLETE_VARIABLE}
        settings["standalone_mode"] = False
        try:
            code = super().main(words, **settings)
        except Stopped as stopped:
            code = 128 + stopped.number
            if code == INTERRUPTED:
                note(say("Interrupted."))
        except Exception as error:
            code = _report(error, debug=self.debug)
        code = code if isinstance(code, int) else 0
        if TimedOut.happened:  # Python would wait for the threads of that scene
            leave(code)
        sys.exit(code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of their definition."""
        return list(self.commands)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        put(f"{PROGRAM} {version()}")
        ctx.exit()


version_option = option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="Print the version and exit.",
)  # fmt: skip


def _report(error: Exception, debug: bool) -> int:
    """Print what went wrong; return the exit code."""
    if debug:
        note(traceback.format_exc().rstrip())
    if isinstance(error, click.Abort):
        note(say("Interrupted."))
        return INTERRUPTED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    if isinstance(code := getattr(error, "exit_code", None), int):  # ours and the pipeline's
        note(say("Error: {message}", message=one_line(error)))
        return code
    fault = f"{type(error).__name__}: {one_line(error)}"
    hint = "a fault in this program" if debug else "a fault in this program; --debug shows where"
    note(say("Error: {message}", message=f"{fault} ({say(hint)})"))
    return INTERNAL

"""The options that several commands share, as decorators that pass frozen values to them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar, cast

import click

from cli.console.app import DEBUG
from cli.console.help import option
from cli.console.language import spoken
from cli.request import kinds
from cli.request.lessons import asked_for
from gdcore.data import parse_data
from gdcore.message import Message
from gdcore.ranges import Range
from scenes import Lesson, Telling
from scenes.catalogue.knobs import (
    Choice,
    Kind,
    Knob,
    Several,
    Shown,
    Spelled,
    Words,
    knobs_of,
    option_of,
)
from scenes.locales import LANGUAGES

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]
SCRIPT = "script"
_OF_THE_PICTURE = ("theme", "captions")  # what is seen, not said


def _type_of(kind: Kind) -> click.ParamType[Any]:
    """The click type that reads the values of a knob of this kind."""
    match kind:
        case Range():
            return kinds.Number(kind)
        case Choice():
            return kinds.OneOf(kind.names)
        case Spelled():
            return kinds.Spelled(kind.parse, kind.names)
        case Several():
            return kinds.Several(_type_of(kind.kind))
        case Words():
            return click.STRING
        case Shown():
            return click.BOOL
    return kinds.Spelled(parse_data, kind.names, data=True)


def _option(name: str, knob: Knob, **settings: Any) -> Option:
    words, kind = option_of(name, knob.kind), _type_of(knob.kind)
    if isinstance(knob.kind, Shown):
        settings["flag_value"] = False
    return option(words, name, type=kind, metavar=knob.metavar, help=knob.said, **settings)


def _lesson_options() -> Iterator[Option]:
    """An option for each knob of a lesson. Only given values are passed on: films choose others."""
    plain = Lesson()
    for name, knob in knobs_of(Lesson).items():
        default = getattr(getattr(plain, name), "name", getattr(plain, name))
        shown = None if default in (None, (), "") else str(default)
        own = Message("{default}, or the film's own", default=shown) if knob.varies else shown
        yield _option(name, knob, show_default=own)


def _telling_options(themed: bool) -> Iterator[Option]:
    plain = Telling()
    for name, knob in knobs_of(Telling).items():
        default = getattr(plain, name)
        if name == "lang":
            yield _option(name, knob, default=spoken, show_default=Message("from the locale"))
        elif name not in _OF_THE_PICTURE or themed:
            shown = default is not None and not isinstance(knob.kind, Shown)
            yield _option(name, knob, default=default, show_default=shown)


debug_option = option(
    DEBUG,
    is_flag=True,
    expose_value=False,
    help="After an error, show the traceback. Also say what manim's own camera had to draw, and "
    "why a film was not kept in the cache.",
)
lang_option = option(
    "--lang", type=kinds.OneOf(LANGUAGES), default=spoken, expose_value=False,
    show_default=Message("from the locale"),
    help=Message("Language of help and messages: {names}.", names=", ".join(LANGUAGES)),
)  # fmt: skip
script_option = option(
    "--script", SCRIPT, type=kinds.ScriptFile(), metavar="FILE",
    help="A script of `gd script`, edited: it says what is spoken, and the notes.",
)  # fmt: skip
quiet_option = option("--quiet", is_flag=True, help="Print only errors on standard error.")


def json_option(help: str) -> Callable[[Command], Command]:
    """``--json``, with its help: one JSON document on standard output."""
    return option("--json", "as_json", is_flag=True, help=help)


def lesson_options(telling: bool = True, themed: bool = True) -> Callable[[Command], Command]:
    """The knobs of a film; the command gets those that were given as one value ``asked``.

    A script (`script_option`) becomes a part of that value.
    ``telling`` adds language and pace, ``themed`` what is seen only: the theme, captions or none.
    """
    options = [*_lesson_options(), *(_telling_options(themed) if telling else ())]

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_knobs(**values: Any) -> Any:
            names = [name for name in (*knobs_of(Lesson), *knobs_of(Telling)) if name in values]
            knobs = {name: values.pop(name) for name in names}
            asked = asked_for(knobs, quiet=values.get("quiet", False))
            return command(asked=replace(asked, script=values.pop(SCRIPT, None)), **values)

        return together(*options)(cast(Command, with_knobs))

    return decorate


def together(*options: Option) -> Callable[[Command], Command]:
    """One decorator for several options, listed in help in the order given."""

    def decorate(command: Command) -> Command:
        for add in reversed(options):
            command = add(command)
        return command

    return decorate

"""The options that several commands share, as decorators that hand over frozen values."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from cli.app import DEBUG
from cli.kinds import Number, OneOf, Several, Spelled, between
from cli.language import default_language
from cli.lessons import Asked, asked_for
from gdcore.data import parse_data
from gdcore.landscapes import LANDSCAPES
from gdcore.ranges import Range
from gdcore.rules import RULES, parse_rule
from gdcore.sampling import ORDERS
from gdcore.schedules import SCHEDULES, parse_schedule
from scenes.lesson import (
    DURATION_RANGE,
    EPOCHS_RANGE,
    LANGUAGES,
    PACE_RANGE,
    RATE_MAX,
    START_MAX,
    THEMES,
    Lesson,
)

Command = TypeVar("Command", bound=Callable[..., Any])

PLAIN = Lesson()
SEED_MAX = 2**53


def _own(value: object) -> str:
    """What help says of a default that some films set otherwise."""
    return f"{value}, or the film's own"


_DATA = click.option(
    "--data",
    type=Spelled(parse_data, ("lecture", "noisy", "random"), data=True),
    show_default=_own("lecture"),
    metavar="DATA",
    help="Samples: lecture, noisy, random[:n=20,w=2,sigma=0.5,seed=0], points such as "
    "'1,2 2,4 3,6', or a file: points.csv or points.csv:XCOLUMN,YCOLUMN.",
)
_KNOBS = (
    _DATA,
    click.option("--w0", type=between(-START_MAX, START_MAX), show_default=_own(PLAIN.w0),
                 help=f"Start: the first w, from {-START_MAX:g} to {START_MAX:g}."),
    click.option("--b0", type=between(-START_MAX, START_MAX), show_default=_own(PLAIN.b0),
                 help="Start of the bias b, in films that have one."),
    click.option("--lr", type=Number(Range(above=0, most=RATE_MAX)), show_default=_own(PLAIN.lr),
                 help=f"Learning rate, above 0 and at most {RATE_MAX:g}."),
    click.option("--rates", type=Several(Number(Range(above=0, most=RATE_MAX))), metavar="X,X,…",
                 help="Learning rates, in films that compare some; left out, the film's own."),
    click.option("--epochs", type=between(*EPOCHS_RANGE, whole=True),
                 show_default=_own(PLAIN.epochs),
                 help=f"Epochs, from {EPOCHS_RANGE[0]} to {EPOCHS_RANGE[1]:,}."),
    click.option("--order", type=OneOf(ORDERS),
                 help="Order of the samples; left out, the film's own."),
    click.option("--batch-size", type=between(1, 1_000_000, whole=True),
                 help="Samples for one update, from 1; left out, the film's own."),
    click.option("--rule", type=Spelled(parse_rule, tuple(RULES)),
                 show_default=PLAIN.rule, metavar="RULE",
                 help=f"Update rule: {', '.join(RULES)}; with its numbers (PyTorch's names and "
                 "defaults) as in momentum:momentum=0.9."),
    click.option("--rules", type=Several(Spelled(parse_rule, tuple(RULES))), metavar="RULE,RULE,…",
                 help="Update rules, in films that compare some; left out, the film's own."),
    click.option("--landscape", type=OneOf(LANDSCAPES),
                 show_default=_own(PLAIN.landscape),
                 help="The function of two weights that is descended, in films that have one."),
    click.option("--schedule", type=Spelled(parse_schedule, tuple(SCHEDULES)),
                 show_default=PLAIN.schedule, metavar="SCHEDULE",
                 help=f"Schedule of the rate: {', '.join(SCHEDULES)}; with its numbers as in "
                 "step:step_size=30,gamma=0.1."),
    click.option("--seed", type=between(0, SEED_MAX, whole=True), show_default=str(PLAIN.seed),
                 help="Seed of the random orders, from 0."),
)  # fmt: skip
_LANGUAGE = click.option(
    "--lang", type=OneOf(LANGUAGES), default=default_language, show_default="from the locale",
    help="Language of the film: zh or en.",
)  # fmt: skip
_PACING = (
    click.option("--pace", type=between(*PACE_RANGE), default=PLAIN.pace, show_default=True,
                 help=f"Speed of the telling, from {PACE_RANGE[0]:g} to {PACE_RANGE[1]:g} "
                 "(2 is twice as fast)."),
    click.option("--duration", type=between(*DURATION_RANGE),
                 help=f"Length of the whole film in seconds, from {DURATION_RANGE[0]:g} to "
                 f"{DURATION_RANGE[1]:g}, instead of --pace."),
)  # fmt: skip
_THEME = click.option(
    "--theme", type=OneOf(THEMES), default=PLAIN.theme, show_default=True,
    help="Colours. transparent (for dark slides) and transparent-light (for light ones) have no "
    "background.",
)  # fmt: skip
_LESSON_FIELDS = (
    "data", "w0", "b0", "lr", "rates", "epochs", "order", "batch_size", "rule", "rules",
    "landscape", "schedule", "seed", "lang", "theme", "pace", "duration",
)  # fmt: skip

debug_option = click.option(
    DEBUG,
    is_flag=True,
    expose_value=False,
    help="After an error, show where it arose; say what manim's own camera had to draw.",
)
quiet_option = click.option(
    "--quiet", is_flag=True, help="Say nothing on standard error but errors."
)


def json_option(what: str) -> Callable[[Command], Command]:
    """``--json``: one JSON document on standard output instead of ``what``."""
    return click.option(
        "--json", "as_json", is_flag=True, help=f"Print one JSON document instead of {what}."
    )


def lesson_options(told: bool = True, themed: bool = True) -> Callable[[Command], Command]:
    """The knobs of a film; the command gets those that were asked for as one ``asked``.

    ``told`` adds language and pace, ``themed`` the theme.
    """
    telling = ((_LANGUAGE, _THEME) if themed else (_LANGUAGE,)) + _PACING if told else ()

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_knobs(**values: Any) -> Any:
            knobs = {name: values.pop(name) for name in _LESSON_FIELDS if name in values}
            asked: Asked = asked_for(knobs, quiet=values.get("quiet", False))
            return command(asked=asked, **values)

        return together(*_KNOBS, *telling)(with_knobs)  # type: ignore[return-value]

    return decorate


def together(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """One decorator for several options, listed in help in the order given."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate

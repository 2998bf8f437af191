"""Help in the user's language: commands, options and arguments whose texts `say` translates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc
from typing import Any

import click
from click import core, exceptions, formatting, parser

from cli.console.language import say
from cli.console.tables import padded
from programs.columns import columns_of
from scenes.locales.line_breaks import pieces

_AS_IT_STANDS = "\b\n"  # click's mark before a paragraph whose lines are kept
_WIDEST_TERM, _GAP = 30, 2  # columns: of an option's name, and between it and its text

Decorator = Callable[[Any], Any]


def translate_click() -> None:
    """Let click's own texts come from our tables, whose keys are its English ones.

    click asks gettext for each text, under the names `_` and `ngettext`. gettext itself would
    need compiled tables, and the language in a variable of the environment.
    """
    for module in (core, exceptions, formatting, parser):
        vars(module).update(_=say, ngettext=lambda one, many, n: say(one if n == 1 else many))


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The lines of ``text``: a Chinese character takes two columns, and a line may end beside it.

    Paragraphs are parted by an empty line.
    """
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith(_AS_IT_STANDS):
            yield from paragraph.removeprefix(_AS_IT_STANDS).splitlines()
            continue
        line = ""
        for piece in pieces(" ".join(paragraph.split())):
            if columns_of((line + piece).rstrip()) > columns:
                yield line.rstrip()
                line = ""
            line += piece if line else piece.lstrip()
        yield line.rstrip()


class Formatter(click.HelpFormatter):
    """Lays out a help text by columns, as a terminal counts them."""

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        self.write(f"{' ' * self.current_indent}{say('{heading}:', heading=heading)}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{' ' * self.current_indent}{line}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = _GAP
    ) -> None:
        """Write options or commands: names on the left, their texts on the right."""
        rows = list(rows)
        left = min(max(columns_of(term) for term, _ in rows), col_max) + col_spacing
        room = max(self.width - self.current_indent - left, 10)
        for term, text in rows:
            terms = [term]
            if columns_of(term) > left - col_spacing:
                self.write(f"{' ' * self.current_indent}{term}\n")
                terms = [""]
            for line in wrapped(text, room):
                start = padded(terms.pop() if terms else "", left)
                self.write(f"{' ' * self.current_indent}{start}{line}".rstrip() + "\n")


class Context(click.Context):
    """Shows help in columns."""

    formatter_class = Formatter


class Command(click.Command):
    """A command with help in the user's language.

    Its docstring is translated paragraph by paragraph, and line by line where lines are kept.
    """

    context_class = Context

    @property
    def help(self) -> str:
        """The whole help text."""
        return "\n\n".join(map(_translated, cleandoc(self._help).split("\n\n")))

    @help.setter
    def help(self, english: str | None) -> None:
        self._help = english or ""

    @property
    def epilog(self) -> str | None:
        """The text after the options."""
        return say(self._epilog) if self._epilog else None

    @epilog.setter
    def epilog(self, english: str | None) -> None:
        self._epilog = english

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words after the command's name in the line "Usage"."""
        return [say(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's own option --help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("Show this message and exit.")
        return option


class Option(click.Option):
    """An option with an English ``help``, which may be a Message."""

    def __init__(self, *words: Any, help: str, **settings: Any) -> None:
        self._help = help
        super().__init__(*words, **settings)

    @property
    def help(self) -> str:
        """The help in the user's language."""
        return say(self._help)

    @help.setter
    def help(self, _: str | None) -> None:
        """Nothing: click's __init__ sets it, and would lose the values of a Message."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """What stands in brackets: a default that is a text is translated."""
        extra = super().get_help_extra(ctx)
        if isinstance(self.show_default, str):
            extra["default"] = say(self.show_default)
        return extra

    def make_metavar(self, ctx: click.Context) -> str:
        """The word for its value."""
        return say(super().make_metavar(ctx))


class Argument(click.Argument):
    """An argument whose name is shown in the user's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Its name."""
        return say(super().make_metavar(ctx))


def command(name: str | None = None, **settings: Any) -> Decorator:
    """As `click.command`, with help in the user's language."""
    return click.command(name, cls=Command, **settings)


def option(*words: str, **settings: Any) -> Decorator:
    """As `click.option`, with help in the user's language."""
    return click.option(*words, cls=Option, **settings)


def argument(*words: str, **settings: Any) -> Decorator:
    """As `click.argument`, with a name in the user's language."""
    return click.argument(*words, cls=Argument, **settings)


def _translated(paragraph: str) -> str:
    if not paragraph.startswith(_AS_IT_STANDS):
        return say(" ".join(paragraph.split()))
    lines = paragraph.removeprefix(_AS_IT_STANDS).splitlines()
    indented = [line[: -len(line.lstrip())] + say(line.lstrip()) for line in lines]
    return _AS_IT_STANDS + "\n".join(indented)

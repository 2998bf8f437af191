"""The argument FILM: a film's name, ``all``, or a scene of the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from cli.console.failures import FILM, BadValue, hint, listed
from cli.console.language import default_language, say
from cli.console.streams import note
from cli.request.lessons import Asked, refusal
from cli.request.own_scenes import (
    OwnScene,
    has_scene,
    is_own,
    note_config_left_out,
    own_scene,
    refuse_film_options,
)
from scenes import FILMS, Film

ALL = "all"
_FILE = f"{__name__}.file"  # in `ctx.meta`: the scene file that was named last


class FilmName(click.ParamType[str]):
    """A film's name; with `several` also ``all``; with `own` also ``file.py:Scene``."""

    name = "film"

    def __init__(self, several: bool = False, own: bool = False):
        self.known = [*FILMS, ALL] if several else [*FILMS]
        self.own = own

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or raise BadValue with the nearest one and all of them."""
        word = str(value)
        if is_own(word) and self.own:
            scene = own_scene(word)
            if ctx is not None:
                ctx.meta[_FILE] = scene.module
            return word
        if is_own(word):
            raise BadValue(
                FILM,
                say("{word!r}: a scene file can be rendered, but it has no trace", word=word),
            )
        if word.casefold() not in self.known:
            file = None if ctx is None else ctx.meta.get(_FILE)
            if file is not None and has_scene(file, word):
                message = "{word!r} is no film; for a scene of the file write {file}:{word}"
                raise BadValue(FILM, say(message, word=word, file=file))
            found = say("there is no film {word!r}", word=word) + hint(word, self.known)
            raise BadValue(FILM, f"{found}{listed(self.known)}")
        return word.casefold()

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """The message if no film is named."""
        return listed(self.known)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The films that begin with what has been typed, each with its title."""
        lang = default_language()
        found = [n for n in self.known if n.startswith(incomplete)]
        items = [
            CompletionItem(n, help=say("every film") if n == ALL else FILMS[n].title(lang))
            for n in found
        ]
        return items or ([CompletionItem(incomplete, type="file")] if self.own else [])


def chosen(names: Sequence[str], asked: Asked, quiet: bool = False) -> tuple[Film | OwnScene, ...]:
    """The films with these names, each once, in the given order.

    ``all`` adds the other films that take the given knobs; a note names each that is left out.
    """
    order: dict[str, Film | OwnScene] = {}
    for name in names:
        if is_own(name):
            order.setdefault(name, own_scene(name))
            if not quiet:
                note_config_left_out(name)
        elif name != ALL:
            order.setdefault(name, FILMS[name])
        else:
            fitting = _fitting(asked, quiet)
            order |= {film.name: film for film in fitting if film.name not in order}
    if not any(isinstance(film, Film) for film in order.values()):
        refuse_film_options(click.get_current_context())
    return tuple(order.values())


def _fitting(asked: Asked, quiet: bool) -> list[Film]:
    """The films that take all given knobs; if there are none, all films: the error says why."""
    refused = {film.name: refusal(film, asked) for film in FILMS.values()}
    fitting = [film for film in FILMS.values() if refused[film.name] is None]
    for film, reason in refused.items() if fitting and not quiet else ():
        if reason is not None:
            note(say("Note: {film} is left out: {reason}", film=film, reason=reason))
    return fitting or [*FILMS.values()]

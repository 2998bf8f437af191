"""The argument FILM: a film's name, ``all``, or a scene of the user's own; and its part."""

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
from cli.request.parts import AT, Chosen, check_part, completions, part_of, split
from pipeline import Part
from scenes import FILMS, Film

ALL = "all"
_FILE = f"{__name__}.file"  # in `ctx.meta`: the scene file that was named last


class FilmName(click.ParamType[str]):
    """A film's name; with `several` also ``all``; with `own` also ``file.py:Scene``, and parts."""

    name = "film"

    def __init__(self, several: bool = False, own: bool = False):
        self.known = [*FILMS, ALL] if several else [*FILMS]
        self.own = own

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name and the part, or raise BadValue with the nearest one and all of them."""
        word = str(value)
        name, text = split(word)
        part = part_of(word)
        if part is not None and (not self.own or name.casefold() == ALL):
            raise BadValue(FILM, say("{word!r}: only a whole film is possible here", word=word))
        if is_own(name) and self.own:
            scene = own_scene(name)
            if ctx is not None:
                ctx.meta[_FILE] = scene.module
            return word
        if is_own(name):
            raise BadValue(
                FILM,
                say("{word!r}: a scene file can be rendered, but it has no trace", word=word),
            )
        film = name.casefold()
        if film not in self.known:
            file = None if ctx is None else ctx.meta.get(_FILE)
            if file is not None and has_scene(file, word):
                message = "{word!r} is no film; for a scene of the file write {file}:{word}"
                raise BadValue(FILM, say(message, word=word, file=file))
            found = say("there is no film {word!r}", word=name) + hint(name, self.known)
            raise BadValue(FILM, f"{found}{listed(self.known)}")
        if part is None:
            return film
        check_part(FILM, FILMS[film], part)
        return f"{film}{AT}{text}"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """The message if no film is named."""
        return listed(self.known)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The films that begin with what was typed, with their titles; after ``@`` the sections."""
        film, text = split(incomplete)
        if self.own and text is not None and film in FILMS:
            return [CompletionItem(f"{film}{AT}{part}") for part in completions(FILMS[film], text)]
        lang = default_language()
        found = [n for n in self.known if n.startswith(incomplete)]
        items = [
            CompletionItem(n, help=say("every film") if n == ALL else FILMS[n].title(lang))
            for n in found
        ]
        return items or ([CompletionItem(incomplete, type="file")] if self.own else [])


def chosen(
    words: Sequence[str], asked: Asked, quiet: bool = False, *,
    option: str = "", section: str | None = None,
) -> tuple[Chosen, ...]:  # fmt: skip
    """The films and parts that these words name, each once, in the given order.

    ``all`` adds the other films that take the given knobs; a note names each that is left out. If
    an `option` names a `section`, the words are films, and this section of each is meant. Raises
    BadValue.
    """
    found: dict[Chosen, None] = {}
    for word in words:
        for film in _named(word, asked, quiet):
            part = part_of(word)
            if section is not None:
                part = _section_of(film, part, option, section)
            found[Chosen(film, part)] = None
    if not any(isinstance(each.film, Film) for each in found):
        refuse_film_options(click.get_current_context())
    for name in () if quiet else dict.fromkeys(split(word)[0] for word in words):
        if is_own(name):
            note_config_left_out(name)
    return tuple(found)


def _named(word: str, asked: Asked, quiet: bool) -> Sequence[Film | OwnScene]:
    name, _ = split(word)
    if is_own(name):
        return [own_scene(name)]
    return _fitting(asked, quiet) if name == ALL else [FILMS[name]]


def _section_of(film: Film | OwnScene, given: Part | None, option: str, section: str) -> Part:
    """The section that an option names; BadValue if there is none, or if FILM names one too."""
    if given is not None:
        raise BadValue(option, say("cannot be used with FILM@SECTION"))
    part = Part.of(section)
    if isinstance(film, Film):
        check_part(f"{option}:", film, part)
    return part


def _fitting(asked: Asked, quiet: bool) -> list[Film]:
    """The films that take all given knobs; if there are none, all films: the error says why."""
    refused = {film.name: refusal(film, asked) for film in FILMS.values()}
    fitting = [film for film in FILMS.values() if refused[film.name] is None]
    for film, reason in refused.items() if fitting and not quiet else ():
        if reason is not None:
            note(say("Note: {film} is left out: {reason}", film=film, reason=reason))
    return fitting or [*FILMS.values()]

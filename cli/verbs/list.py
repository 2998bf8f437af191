"""``list``: the films in teaching order, what each teaches, their lengths and sections."""

from __future__ import annotations

from typing import Any

from cli.console.help import command
from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import clock, padded
from cli.request.lessons import Asked, refusal, seconds_of
from cli.request.options import debug_option, json_option, lesson_options, together
from pipeline import Part
from programs.columns import columns_of
from scenes import FILMS, Film


@command("list")
@lesson_options(themed=False)
@together(json_option(help="Print one JSON document instead of a table."), debug_option)
def list_films(asked: Asked, as_json: bool) -> None:
    """List the films: length, title, sections.

    \b
    Example:
      gd list --lang zh
    """
    _show(asked, as_json)


def _show(asked: Asked, as_json: bool) -> None:
    """Print the films. A film that refuses the given knobs says why."""
    films = [_described(film, asked) for film in FILMS.values()]
    if as_json:
        put_json(films)
        return
    width = max(columns_of(film["name"]) for film in films)
    for film in films:
        head = f"{padded(film['name'], width)}  {clock(film['seconds']):>5}  "
        put(f"{head}{film['title']} · {film['summary']}")
        sections = ", ".join(section["name"] for section in film["sections"])
        put(" " * len(head) + sections)
        if film["refused"]:
            told = say("cannot be shown with these options: {reason}", reason=film["refused"])
            put(" " * len(head) + told)


def _described(film: Film, asked: Asked) -> dict[str, Any]:
    lang = asked.telling.lang
    sections = [
        {"name": section.name, "seconds": round(seconds_of(film, asked, Part.of(section.name)), 3)}
        for section in film.sections
    ]
    return {
        "name": film.name,
        "title": film.title(lang),
        "summary": film.summary(lang),
        "seconds": round(seconds_of(film, asked), 3),
        "sections": sections,
        "takes": list(film.takes),
        "refused": refusal(film, asked),
    }

"""``list``: the films, their lengths and sections."""

from __future__ import annotations

from typing import Any

from cli.lessons import Asked, seconds_of
from cli.streams import put, put_json
from cli.tables import clock, table
from scenes import FILMS, Film
from scenes.lesson import LessonError


def show(asked: Asked, as_json: bool) -> None:
    """Print the films; those that the knobs do not fit say why."""
    films = [_described(film, asked) for film in FILMS.values()]
    if as_json:
        put_json(films)
        return
    rows = [
        (film["name"], clock(film["seconds"]), film["title"],
         ", ".join(section["name"] for section in film["sections"]))
        for film in films
    ]  # fmt: skip
    for line in table([("film", "length", "title", "sections"), *rows], right=(1,)):
        put(line)
    for film in films:
        if film["refused"]:
            put(f"{film['name']} cannot be shown so: {film['refused']}")


def _described(film: Film, asked: Asked) -> dict[str, Any]:
    lesson = asked.of(film)
    try:
        film.check(lesson)
        refused = None
    except LessonError as error:
        refused = f"--{error.knob.replace('_', '-')}: {error}"
    sections = [
        {"name": section.name, "seconds": round(seconds_of(film, lesson, section.name), 3)}
        for section in film.sections
    ]
    return {
        "name": film.name,
        "title": film.title(lesson.lang),
        "summary": film.summary(lesson.lang),
        "seconds": round(film.seconds(lesson), 3),
        "sections": sections,
        "refused": refused,
    }

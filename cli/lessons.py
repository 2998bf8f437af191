"""From the knobs to a lesson that the films chosen can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from cli.failures import BadData, BadValue, hint, listed
from cli.streams import note
from gdcore.data import DataError
from scenes import Film
from scenes.lesson import Lesson, LessonError


@contextmanager
def knobs_named() -> Iterator[None]:
    """Within the block errors of a lesson name the option: BadValue, or BadData for the samples."""
    try:
        yield
    except LessonError as error:
        raise BadValue(f"--{error.knob.replace('_', '-')}:", str(error)) from error
    except DataError as error:
        raise BadData(f"--data: {error}") from error


def lesson_of(knobs: dict[str, Any], quiet: bool) -> Lesson:
    """The lesson that the options ask for; says what there was to note about its data."""
    spelled = {name: str(knobs[name]) for name in ("rule", "schedule")}
    with knobs_named():
        lesson = Lesson(**(knobs | spelled))
    for notice in () if quiet else lesson.data.notices:
        note(f"Note: {notice}")
    return lesson


def check(films: Iterable[Film], lesson: Lesson) -> None:
    """Raise BadValue for a knob that makes no sense for one of the films."""
    for film in films:
        with knobs_named():
            film.check(lesson)


def check_section(option: str, section: str | None, films: Iterable[Film]) -> None:
    """Raise BadValue if one of the films has no section of that name."""
    for film in films:
        names = [known.name for known in film.sections]
        if section is not None and section not in names:
            message = f"{film.name} has no section {section!r}{hint(section, names)}"
            raise BadValue(f"{option}:", f"{message} {listed(names)}")


def seconds_of(film: Film, lesson: Lesson, only: str | None) -> float:
    """The length of the film, or of one of its sections, in seconds."""
    whole = film.seconds(lesson)
    if only is None:
        return whole
    at_pace_1 = {section.name: section.seconds for section in film.sections}
    return whole * at_pace_1[only] / sum(at_pace_1.values())

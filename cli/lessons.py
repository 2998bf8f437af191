"""From the knobs to a lesson that the films chosen can show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cli.failures import BadData, BadValue, hint, listed, one_line
from cli.streams import note
from gdcore.data import DataError
from scenes import Film
from scenes.catalogue.lesson import Lesson, LessonError


@contextmanager
def knobs_named() -> Iterator[None]:
    """Within the block errors of a lesson name the option: BadValue, or BadData for the samples."""
    try:
        yield
    except LessonError as error:
        raise BadValue(f"--{error.knob.replace('_', '-')}:", str(error)) from error
    except DataError as error:
        raise BadData(f"--data: {error}") from error


@dataclass(frozen=True)
class Asked:
    """The knobs that were asked for; each film adds its own choice of the others."""

    knobs: tuple[tuple[str, Any], ...]

    @cached_property
    def plain(self) -> Lesson:
        """The lesson without any film's choice: its data, its language, its theme."""
        with knobs_named():
            return Lesson(**dict(self.knobs))

    def of(self, film: Film) -> Lesson:
        """The film's lesson; BadValue for a value that is out of range."""
        with knobs_named():
            return film.lesson(**dict(self.knobs))


def asked_for(knobs: Mapping[str, Any], quiet: bool) -> Asked:
    """What the options ask for, checked; says what there was to note about the data."""
    given = {name: value for name, value in knobs.items() if value is not None}
    given |= {name: str(given[name]) for name in ("rule", "schedule") if name in given}
    if "rules" in given:
        given["rules"] = tuple(map(str, given["rules"]))
    asked = Asked(tuple(given.items()))
    for notice in () if quiet else asked.plain.data.notices:
        note(f"Note: {notice}")
    return asked


def refusal(film: Film, asked: Asked) -> str | None:
    """Why the film cannot be shown so, naming the option; None if it can."""
    try:
        check([film], asked)
    except (BadValue, BadData) as error:
        return one_line(error)
    return None


def check(films: Iterable[Film], asked: Asked) -> None:
    """Raise BadValue for a knob that makes no sense for one of the films, BadData for its data."""
    for film in films:
        with knobs_named():
            lesson = asked.of(film)
            film.check(lesson)
            if "lr" in dict(asked.knobs):
                # The default rate, asked for, is refused where any other is.
                film.check(replace(lesson, lr=math.nextafter(lesson.lr, 1.0)))


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
    (section,) = (section for section in film.sections if section.name == only)
    return whole * section.length(lesson) / film.natural(lesson)

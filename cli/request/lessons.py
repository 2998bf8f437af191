"""From the options to lessons that the chosen films can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.console.failures import BadData, BadValue, one_line
from cli.console.language import say
from cli.console.streams import note
from cli.lecture.script import NO_LANGUAGE
from cli.lecture.script_reading import Script
from gdcore.data import DataError
from pipeline import Part
from scenes import Film, KnobError, Lesson, Telling
from scenes.catalogue.knobs import Kind, Several, Spelled, knobs_of


@contextmanager
def knobs_named() -> Iterator[None]:
    """Within the block an error of a knob names its option: BadValue, or BadData for samples."""
    try:
        yield
    except KnobError as error:
        raise BadValue(f"--{error.knob.replace('_', '-')}:", one_line(error)) from error
    except DataError as error:
        raise BadData(f"--data: {one_line(error)}") from error


@dataclass(frozen=True)
class Asked:
    """The knobs that were given (each film chooses the others), the telling, an edited script."""

    knobs: Mapping[str, Any]
    telling: Telling
    script: Script | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the options name."""
        source = self.knobs["data"].source if "data" in self.knobs else None
        script = None if self.script is None else self.script.path
        return tuple(path for path in (source, script) if path is not None)

    def language_of(self, film: object) -> str:
        """The language in which a film is told; nobody knows it of a scene file."""
        return self.telling.lang if isinstance(film, Film) else NO_LANGUAGE

    def of(self, film: Film) -> Lesson:
        """The film's lesson; BadValue for a value that is out of range."""
        with knobs_named():
            return film.lesson(**self.knobs)


def asked_for(values: Mapping[str, Any], quiet: bool) -> Asked:
    """What the options ask for, checked; prints notices about the data."""
    declared = {**knobs_of(Lesson), **knobs_of(Telling)}
    given = {
        name: _as_text(declared[name].kind, value)
        for name, value in values.items()
        if value is not None
    }
    knobs = {name: value for name, value in given.items() if name in knobs_of(Lesson)}
    telling = {name: value for name, value in given.items() if name not in knobs}
    for notice in knobs["data"].notices if "data" in knobs and not quiet else ():
        note(say("Note: {notice}", notice=notice))
    with knobs_named():
        return Asked(knobs, Telling(**telling))


def _as_text(kind: Kind, value: Any) -> Any:
    """The value of an option; its text if gdcore reads the text, as a lesson keeps it."""
    match kind:
        case Spelled():
            return str(value)
        case Several(kind=Spelled()):
            return tuple(map(str, value))
    return value


def refusal(film: Film, asked: Asked) -> str | None:
    """Why the film cannot be shown with these options, naming one; None if it can."""
    try:
        check([film], asked)
    except (BadValue, BadData) as error:
        return one_line(error)
    return None


def check(films: Iterable[Film], asked: Asked) -> None:
    """Raise BadValue for a knob that one of the films cannot use, BadData for its data."""
    for film in films:
        with knobs_named():
            film.check(asked.of(film))
            # A film that refuses other rates also refuses the default rate if it was given.
            if "lr" in asked.knobs and "lr" not in film.takes:
                raise film.not_taken("lr")


def seconds_of(film: Film, asked: Asked, part: Part | None = None) -> float:
    """The length of the film, or of a part of it, in seconds."""
    lesson = asked.of(film)
    whole = film.seconds(lesson, asked.telling)
    if part is None:
        return whole
    places = part.among([section.name for section in film.sections])
    natural = sum(film.sections[place].length(lesson) for place in places)
    return whole * natural / film.natural(lesson)

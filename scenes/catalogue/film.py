"""`Film`: what the catalogue says of a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.locales import texts


def _none(lesson: Lesson) -> float:
    """For a section that takes all of its time whatever the lesson."""
    return 0.0


def of_few(epochs: int, seconds: float) -> Callable[[Lesson], float]:
    """What a section can spare: so many ``seconds``, of a lesson of at most so many ``epochs``."""
    return lambda lesson: seconds if lesson.epochs <= epochs else 0.0


@dataclass(frozen=True)
class Section:
    """A named beat of a film and its length in seconds at pace 1.

    ``spare`` says how many of them a lesson of few epochs does not need: a time-lapse without any
    update left would stand still.
    """

    name: str
    seconds: float
    spare: Callable[[Lesson], float] = _none

    def length(self, lesson: Lesson) -> float:
        """The seconds at pace 1 that the section takes under ``lesson``."""
        return self.seconds - self.spare(lesson)


def nothing_of_its_own(knobs: Mapping[str, Any]) -> Mapping[str, Any]:
    """For a film whose knobs are those of a plain `Lesson`."""
    return {}


@dataclass(frozen=True)
class Film:
    """Where a film's scene is, its sections, and the traces that it draws.

    ``own`` says, given the knobs that were asked for, which others the film sets otherwise than a
    plain `Lesson` does. ``check`` raises LessonError for a knob that makes no sense for the film,
    DataError for data that it cannot show.
    """

    name: str
    module: str
    scene: str
    sections: tuple[Section, ...]
    traces: Callable[[Lesson], Mapping[str, Trace]]
    check: Callable[[Lesson], None]
    own: Callable[[Mapping[str, Any]], Mapping[str, Any]] = field(default=nothing_of_its_own)

    def lesson(self, **knobs: Any) -> Lesson:
        """The lesson of these knobs and, for the others, the film's own choice."""
        return Lesson(**{**self.own(knobs), **knobs})

    def title(self, lang: str) -> str:
        """The title in the language ``lang`` (``zh`` or ``en``)."""
        return texts(lang)[f"{self.name}.title"]

    def short_title(self, lang: str) -> str:
        """A title for frames that are too narrow for the whole one."""
        return texts(lang)[f"{self.name}.short-title"]

    def summary(self, lang: str) -> str:
        """One line on what the film teaches."""
        return texts(lang)[f"{self.name}.summary"]

    def seconds(self, lesson: Lesson) -> float:
        """The film's length under ``lesson``, in seconds (before rounding to whole frames)."""
        if lesson.duration is not None:
            return lesson.duration
        return self.natural(lesson) / lesson.pace

    def natural(self, lesson: Lesson) -> float:
        """The film's length at pace 1, in seconds."""
        return sum(section.length(lesson) for section in self.sections)

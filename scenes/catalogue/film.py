"""`Film`: what the catalogue says of a film, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gdcore.data import LECTURE
from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.captions import Captions
from scenes.catalogue.knobs import KnobError, knobs_of
from scenes.catalogue.lesson import UPDATES_MAX, Lesson
from scenes.catalogue.takes import Takes
from scenes.catalogue.telling import Telling
from scenes.locales import texts

_PLAIN, _TOLD = Lesson(), Telling()
_SUITED = ("w0", "b0", "lr", "rates", "epochs")  # what follows the data, where a film chooses it


def _none(lesson: Lesson) -> float:
    """For a section that needs all of its seconds, whatever the lesson."""
    return 0.0


def of_few(epochs: int, seconds: float) -> Callable[[Lesson], float]:
    """The ``seconds`` that a section can spare if a lesson has at most ``epochs`` epochs."""
    return lambda lesson: seconds if lesson.epochs <= epochs else 0.0


@dataclass(frozen=True)
class Section:
    """A named part of a film and its length in seconds at pace 1.

    ``spare`` gives the seconds that are left out for a lesson of few epochs: a time-lapse without
    updates would stand still.
    """

    name: str
    seconds: float
    spare: Callable[[Lesson], float] = _none

    def length(self, lesson: Lesson) -> float:
        """The seconds at pace 1 that the section takes under ``lesson``."""
        return self.seconds - self.spare(lesson)


def _accept(lesson: Lesson) -> None:
    """For a film that can show every lesson of its knobs."""


def _no_traces(lesson: Lesson) -> Sequence[Trace]:
    """For a film that makes no descent, or that shows bad rates on purpose."""
    return ()


def _nothing(given: Any) -> Mapping[str, Any]:
    """For a film that has nothing of its own."""
    return {}


@dataclass(frozen=True, eq=False)
class Film:
    """Where a film's scene is, its sections, the knobs that it takes, the traces that it draws.

    There is one of each film, so it is equal to itself alone.

    takes     the knobs that change what it shows; every other knob is refused
    descents  the traces that should come down to the minimum: it is noted if they do not
    picture   the section whose last frame stands for the film in the documents
    example   a command, for the documents
    captions  what it says at each of its beats, and when that is true
    requires  raises KnobError for a lesson, DataError for data that the film cannot show
    defaults  gives the film's own values of knobs, from the knobs that were given
    implied   gives the only accepted values of knobs that it does not take: they change nothing
    reasons   says why a knob is refused, if that helps more than a list of other films
    takers    names the films that take a knob; the catalogue fills it in
    """

    name: str
    module: str
    scene: str
    sections: tuple[Section, ...]
    takes: Takes
    traces: Callable[[Lesson], Mapping[str, Trace]]
    picture: str
    example: str
    captions: Captions[Any]
    descents: Callable[[Lesson], Sequence[Trace]] = _no_traces
    requires: Callable[[Lesson], None] = _accept
    defaults: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _nothing
    implied: Callable[[Lesson], Mapping[str, Any]] = _nothing
    reasons: Mapping[str, Message] = field(default_factory=dict)
    takers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lesson(self, **knobs: Any) -> Lesson:
        """The lesson with these knobs; the film chooses all others.

        It chooses the start, the rate and the number of epochs for the data that are given.
        """
        own = self._own(knobs)
        if knobs.get("data", LECTURE) == LECTURE:
            return Lesson(**{**own, **knobs})
        usual = self._own({**knobs, "data": LECTURE})
        as_ever = {"epochs"} if own["epochs"] == usual["epochs"] else set()
        chosen = (knob for knob in _SUITED if knob in own.keys() - knobs.keys() - as_ever)
        return Lesson(**{**own, **knobs}, chosen=tuple(chosen))

    def _own(self, knobs: Mapping[str, Any]) -> dict[str, Any]:
        """The film's own values of knobs: of the epochs not more than a lesson can have."""
        own = {"epochs": _PLAIN.epochs, **self.defaults(knobs)}
        data = {**own, **knobs}.get("data", LECTURE)
        return {**own, "epochs": min(own["epochs"], max(UPDATES_MAX // data.n, 1))}

    def check(self, lesson: Lesson) -> None:
        """Raise KnobError for a knob that makes no sense for the film, DataError for its data."""
        implied = self.implied(lesson)
        named = _PLAIN.data.named(lesson.x_name, lesson.y_name)  # names alone are no other data
        for knob in knobs_of(lesson):
            value = getattr(lesson, knob)
            plain = named if knob == "data" else getattr(_PLAIN, knob)
            if knob not in lesson.chosen and value not in (plain, implied.get(knob, plain)):
                self._admit(knob, value)
        size = lesson.batch_size if "batch_size" in self.takes else None
        if size is not None and size > lesson.data.n:
            raise KnobError("batch_size", Message("must lie between 1 and {n}", n=lesson.data.n))
        self.requires(lesson)

    def _admit(self, knob: str, value: object) -> None:
        if knob not in self.takes:
            raise self.not_taken(knob)
        allowed = self.takes[knob]
        if allowed is not None and value not in allowed:
            names = ", ".join(map(str, allowed))
            reason = Message(
                "{film} takes {names}, not {value}", film=self.name, names=names, value=value
            )
            raise KnobError(knob, self.reasons.get(knob, reason))

    def not_taken(self, knob: str) -> KnobError:
        """The refusal of a knob that the film does not take: it names the films that do."""
        others = ", ".join(self.takers.get(knob, ()))
        message = "the film {film} does not take it; these do: {others}"
        reason = Message(message, film=self.name, others=others)
        return KnobError(knob, self.reasons.get(knob, reason))

    def title(self, lang: str) -> str:
        """The title in the language ``lang``, one of `scenes.locales.LANGUAGES`."""
        return texts(lang)[f"{self.name}.title"]

    def short_title(self, lang: str) -> str:
        """A title for frames that are too narrow for the whole one."""
        return texts(lang)[f"{self.name}.short-title"]

    def section_titles(self, lang: str) -> dict[str, str]:
        """What chapters call the sections, by their names; a test holds that each has a title."""
        titles, names = texts(lang), [section.name for section in self.sections]
        return {name: titles.get(f"sections.{self.name}.{name}", name) for name in names}

    def summary(self, lang: str) -> str:
        """One line on what the film teaches."""
        return texts(lang)[f"{self.name}.summary"]

    def in_short(self, lang: str) -> str:
        """A sentence or two on what the film shows, for the README."""
        return texts(lang)[f"{self.name}.in-short"]

    def about(self, lang: str) -> str:
        """A paragraph on what the film shows, for the documents."""
        return texts(lang)[f"{self.name}.about"]

    def seconds(self, lesson: Lesson, telling: Telling = _TOLD) -> float:
        """The film's length in seconds (before rounding to whole frames)."""
        if telling.duration is not None:
            return telling.duration
        return self.natural(lesson) / telling.pace

    def natural(self, lesson: Lesson) -> float:
        """The film's length at pace 1, in seconds."""
        return sum(section.length(lesson) for section in self.sections)


def catalogued(films: Sequence[Film]) -> dict[str, Film]:
    """The films by name; each of them gets, for every knob, the names of the films that take it."""
    takers = {
        knob: tuple(film.name for film in films if knob in film.takes) for knob in knobs_of(_PLAIN)
    }
    return {film.name: replace(film, takers=takers) for film in films}

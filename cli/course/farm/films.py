"""Which films a course needs: each film in one shape once, with all commands that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from cli.console.language import OPTION, spoken
from cli.course.checking import Planned
from cli.course.manifest import SOURCES
from cli.course.plan import Step, takes
from cli.course.products import PRODUCTS
from cli.course.running import Words
from cli.request.own_scenes import is_own
from cli.request.parts import split
from pipeline.cache.keys import digest
from pipeline.cache.reading import checksum
from pipeline.cache.surroundings import at_start
from scenes import Lesson, Telling
from scenes.catalogue.knobs import knobs_of

_KNOBS = (name.replace("_", "-") for knobs in map(knobs_of, (Lesson, Telling)) for name in knobs)
_SHAPING = {*_KNOBS, "quality", "fps", "aspect"}
"""The options that decide what is drawn; the others say into which kind of file it goes."""
_OF_JOINED = ("--join", "--no-titles")
UNKNOWN = 10.0  # seconds for a film whose time nobody knows


@dataclass(frozen=True)
class WantedFilm:
    """A film in one shape, and the commands of the course that show it, with no other film.

    A command is without `gd`; its last word is only the name of the file that it makes, empty if
    the command chooses it. ``inputs`` are the files that the commands read. ``is_sealed`` says that
    the film depends on nothing else, as in `Step`. ``seconds`` is an estimate for one machine.
    """

    name: str
    commands: tuple[Words, ...]
    inputs: tuple[str, ...]
    is_sealed: bool
    seconds: float

    def receipt(self) -> str:
        """The key of the note that the film was drawn: a digest of all that it depends on."""
        read = [checksum(path) for path in self.inputs]
        return digest("drawn", self.commands, read, at_start(SOURCES))


def films_of(planned: Sequence[Planned]) -> dict[Words, tuple[WantedFilm, ...]]:
    """The films of each step, by the step's words; none for a step that no cache helps.

    Steps that show the same film in the same shape have the same `WantedFilm`.
    """
    members: dict[tuple[bool, Words], list[tuple[Planned, str, Words]]] = {}
    for each in planned:
        for film, command in _commands(each.step):
            key = each.step.is_sealed, _shape(film, command)
            members.setdefault(key, []).append((each, film, command))
    found: dict[Words, list[WantedFilm]] = {each.step.words: [] for each in planned}
    for group in members.values():
        wanted = _together(group)
        for each, _, _ in group:
            found[each.step.words].append(wanted)
    return {words: tuple(films) for words, films in found.items()}


def each_once(films: Mapping[Words, Sequence[WantedFilm]]) -> tuple[WantedFilm, ...]:
    """All films of the steps, in the order in which the steps need them."""
    return tuple(dict.fromkeys(film for several in films.values() for film in several))


def _commands(step: Step) -> Iterator[tuple[str, Words]]:
    """Each film of a step, and the command that shows this film alone.

    It lacks the options that only other films of the step take, as ``--lang`` beside a scene file.
    """
    product = PRODUCTS[step.product]
    if not any(param.name == "no_cache" for param in product.command.params):
        return
    verb, *rest = step.words
    *options, _, output = rest[len(step.films) :]  # the last but one is -o
    kept = [word for word in options if word not in _OF_JOINED]
    file = "" if output.endswith("/") else PurePath(output).name
    for film in dict.fromkeys(step.films):
        own = [word for word in kept if takes(film, _name(word).removeprefix("--"))]
        spoken_here = () if _says_language(film, own) else (f"{OPTION}={spoken()}",)
        yield film, (verb, film, *own, *spoken_here, "-o", file)


def _says_language(film: str, words: Sequence[str]) -> bool:
    """Whether a film's language is in the command; a scene file has none.

    Otherwise it would be another one where another language is spoken.
    """
    return is_own(split(film)[0]) or any(_name(word) == OPTION for word in words)


def _shape(film: str, command: Words) -> Words:
    """Equal for commands that draw the same frames."""
    shaping = (word for word in command if _name(word).removeprefix("--") in _SHAPING)
    return film, *sorted(shaping)


def _together(group: Sequence[tuple[Planned, str, Words]]) -> WantedFilm:
    """One film in one shape; it is drawn once, so the longest of its commands counts."""
    steps = [each.step for each, _, _ in group]
    first, film, _ = group[0]
    return WantedFilm(
        name=" ".join((film, *first.step.about.values())),
        commands=tuple(dict.fromkeys(command for _, _, command in group)),
        inputs=tuple(dict.fromkeys(path for step in steps for path in step.inputs)),
        is_sealed=first.step.is_sealed,
        seconds=max(
            UNKNOWN if each.seconds is None else each.seconds / len(each.step.films)
            for each, _, _ in group
        ),
    )


def _name(word: str) -> str:
    return word.partition("=")[0]

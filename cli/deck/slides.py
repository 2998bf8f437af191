"""The slides of a deck: what is on each and what is said, whatever the format."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cli.console.language import say
from cli.making.orders import Order
from gdcore.message import Message
from pipeline import ClipFile, Clips
from scenes import Film

_COLUMNS = 52  # of a command: a slide of 4:3 has room for them
Kind = Literal["title", "play", "ask", "loop", "live", "end"]
"""Words; a clip of one of the kinds of cues; what is tried out; the command at the end."""
NOTES = {
    "formula": Message("Formula"),
    "numbers": Message("Numbers"),
    "ask": Message("Question"),
    "misunderstanding": Message("Usual misunderstanding"),
}
"""The notes of a cue in the order in which they are shown, and their headings."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The clip of a slide: its file, how long it is, and its first and last picture (PNG)."""

    clip: Path
    seconds: float
    first: Path
    last: Path


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    id         unique in the deck: ``title``, ``end``, or film/section/n of the clip's first cue
    title      the heading; a clip has none in its picture, but overviews of slides need one
    lines      the words below the heading: films and summary, or the command
    shown      the clip; None for slides of words
    alt        what the clip shows, for those who cannot see it
    narration  what is spoken
    notes      heading and text of each note for the lecturer
    question   what the class is asked when the clip has ended; empty if it is asked nothing
    """

    id: str
    kind: Kind
    title: str
    lines: tuple[str, ...] = ()
    shown: Shown | None = None
    alt: str = ""
    narration: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides, with what they have in common.

    lang    of the films, such as ``zh``
    theme   its name (see `scenes.catalogue.theme.THEMES`)
    aspect  ``16:9`` or ``4:3``
    """

    title: str
    lang: str
    theme: str
    aspect: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True, slots=True)
class FilmClips:
    """The finished clips of an order's film."""

    order: Order
    clips: Clips


def deck_of(
    films: Sequence[FilmClips], title: str | None, command: str, live: bool = False
) -> Deck:
    """The deck of some films, told as their orders ask: a title, their clips, and the `command`.

    Without a `title` the first slide has that of the only film, or names what all are about. With
    `live` there is a slide to try out before the last one.
    """
    request = films[0].order.request
    titles = tuple(_title(film.order) for film in films)
    heading = title or _heading(films, titles)
    below = [each for each in titles if each != heading]
    if len(films) == 1:
        below += _summary(films[0].order)
    first = Slide("title", "title", heading, tuple(below))
    last = Slide("end", "end", say("This deck was made with"), tuple(_in_lines(command)))
    shown = (slide for film in films for slide in _clips(film))
    telling = request.asked.telling
    tried = [Slide("live", "live", say("What if?"))] if live else []
    slides = tuple(_once([first, *shown, *tried, last]))
    return Deck(heading, telling.lang, telling.theme, request.shape.aspect, slides)


def _in_lines(command: str) -> Iterator[str]:
    """The command in short lines, which a shell reads as one. A value stays with its option."""
    groups: list[str] = []
    for word in shlex.split(command):
        if groups and not word.startswith("-") and groups[-1].startswith("-"):
            groups[-1] += f" {shlex.quote(word)}"
        else:
            groups.append(shlex.quote(word))
    line, *groups = groups
    for group in groups:
        if len(line) + len(group) > _COLUMNS:
            yield f"{line} \\"
            line = " "
        line += f" {group}"
    yield line


def _title(order: Order) -> str:
    return order.job.title or order.film.name


def _heading(films: Sequence[FilmClips], titles: Sequence[str]) -> str:
    if len(films) > 1 and all(isinstance(film.order.film, Film) for film in films):
        return say("Gradient descent")
    return ", ".join(titles)


def _summary(order: Order) -> Iterator[str]:
    if isinstance(order.film, Film):
        yield order.film.summary(order.request.asked.telling.lang)


def _clips(film: FilmClips) -> Iterator[Slide]:
    title = _title(film.order)
    for number, file in enumerate(film.clips.clips, 1):
        yield _slide(file, f"{title} · {number}")


def _slide(file: ClipFile, title: str) -> Slide:
    clip, (first, last) = file.clip, file.posters
    notes = ((say(heading), clip.notes.get(name, "")) for name, heading in NOTES.items())
    return Slide(
        id=clip.id,
        kind=clip.kind,
        title=title,
        shown=Shown(file.path, file.seconds, first, last),
        alt=clip.caption or title,
        narration=clip.narration,
        notes=tuple((heading, text) for heading, text in notes if text),
        question=clip.notes.get("ask", "") if clip.kind == "ask" else "",
    )


def _once(slides: Iterable[Slide]) -> Iterator[Slide]:
    """The slides; two parts of one film, or scenes of one name, may share an id: it is numbered."""
    seen: set[str] = set()
    for slide in slides:
        name, number = slide.id, 2
        while name in seen:
            name, number = f"{slide.id}~{number}", number + 1
        seen.add(name)
        yield replace(slide, id=name)

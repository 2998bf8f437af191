"""What stands on a handout: the sections of some films, in words and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cli.making.cues import as_scripted
from cli.making.orders import Order
from cli.making.pictures import Pictures
from cli.paper.updates import Updates, about_updates, first_updates
from pipeline import Cue
from scenes import Film


@dataclass(frozen=True)
class SectionOnPaper:
    """A section: its last picture (PNG), what it says, and what is asked about it."""

    number: str
    name: str
    picture: bytes
    captions: tuple[str, ...]
    formulas: tuple[str, ...]
    numbers: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class FilmOnPaper:
    """A film: its sections, and tables of the first updates with what is said about them."""

    title: str
    summary: str
    sections: tuple[SectionOnPaper, ...]
    updates: tuple[Updates, ...]
    about_updates: tuple[str, ...]


def film_on_paper(order: Order, found: Pictures) -> FilmOnPaper:
    """The film of an order, or its part, with the pictures that were `found` for it.

    Raises what `as_scripted` raises.
    """
    cues = as_scripted(found.rendered.cues, order.chosen, order.request)
    film, sections = order.film, tuple(_sections(found, cues))
    if not isinstance(film, Film) or order.lesson is None:
        return FilmOnPaper(order.name, "", sections, (), ())
    traces = film.traces(order.lesson)
    updates = tuple(first_updates(traces))
    about = tuple(about_updates(traces)) if updates else ()
    lang = order.request.asked.telling.lang
    return FilmOnPaper(film.title(lang), film.summary(lang), sections, updates, about)


def _sections(found: Pictures, cues: Sequence[Cue]) -> Iterator[SectionOnPaper]:
    for number, (span, png) in enumerate(zip(found.rendered.sections, found.pngs, strict=True), 1):
        own = [cue for cue in cues if span.first <= cue.first <= span.last]
        captions = tuple(dict.fromkeys(cue.caption for cue in own if cue.caption))
        notes = (tuple(_notes(own, kind)) for kind in ("formula", "numbers", "ask"))
        yield SectionOnPaper(str(number), span.title, png, captions, *notes)


def _notes(cues: Iterable[Cue], kind: str) -> Iterator[str]:
    """The notes of one kind, each once."""
    yield from dict.fromkeys(cue.notes[kind] for cue in cues if kind in cue.notes)

"""What the engine is asked for, and what it says while it works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cli.course.farm.films import WantedFilm
from cli.course.farm.place import Place
from pipeline import Store


@dataclass(frozen=True)
class Errand:
    """Films to draw at a place, into a store; ``token`` as in `Parcel`.

    ``folder`` is for temporary files. ``lang`` is the language of what is said.
    """

    place: Place
    films: tuple[WantedFilm, ...]
    store: Store
    token: str
    folder: Path
    lang: str


@dataclass(frozen=True)
class Workers:
    """So many workers draw now."""

    count: int


@dataclass(frozen=True)
class Finished:
    """The film of this number is in the store, or can only be drawn on this machine."""

    number: int


@dataclass(frozen=True)
class Told:
    """A line for the user."""

    text: str


@dataclass(frozen=True)
class GivenUp:
    """The errand ends with an error of this exit code."""

    text: str
    exit_code: int


Said = Workers | Finished | Told | GivenUp

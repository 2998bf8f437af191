"""Puts the files of a page in order: lessons, in them films, each in its variants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from cli.gallery.shown import File, Gallery, Lost

_SHOWN = (".mp4", ".webm", ".webp", ".gif", ".apng", ".mov")
"""What may be played on a card, the best first; no browser plays the last one."""
_PLAYED = ("video", "joined", "gif", "webp", "apng")
_BESIDE = ("poster", "subtitles")
_DOCUMENTS = {"deck": ".pptx", "deck-html": ".html", "handout": ".pdf", "script": ".md"}
"""What a class gets beside the films, and the ending of the file that one opens."""


@dataclass(frozen=True)
class Variant:
    """A film in one language, theme and aspect, of one data set: its files, that to play first."""

    files: tuple[File, ...]

    @property
    def main(self) -> File:
        """The file that is played."""
        return self.files[0]


@dataclass(frozen=True)
class Card:
    """A film of a lesson in all its variants. ``id`` is its place in the page's address."""

    id: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson: its films; what is handed out, and all files, by product; and what failed."""

    name: str
    id: str
    cards: tuple[Card, ...]
    documents: Mapping[str, Sequence[File]]
    products: Mapping[str, Sequence[File]]
    failed: tuple[Lost, ...]


def lessons_of(gallery: Gallery) -> tuple[Lesson, ...]:
    """The lessons of a page, in the order of the manifests."""
    names = [*(file.lesson for file in gallery.files), *(lost.lesson for lost in gallery.failed)]
    ids = _Ids()
    return tuple(_lesson(gallery, name, ids) for name in dict.fromkeys(names))


def _lesson(gallery: Gallery, name: str, ids: _Ids) -> Lesson:
    files = [file for file in gallery.files if file.lesson == name]
    documents = [file for file in files if file.path.endswith(_DOCUMENTS.get(file.product, "/"))]
    return Lesson(
        name,
        ids.new(name),
        tuple(_cards(name, files, ids)),
        _by_product(documents),
        _by_product(files),
        tuple(lost for lost in gallery.failed if lost.lesson == name),
    )


def _by_product(files: Iterable[File]) -> Mapping[str, Sequence[File]]:
    found = defaultdict(list)
    for file in files:
        found[file.product].append(file)
    return found


def _cards(lesson: str, files: Sequence[File], ids: _Ids) -> Iterable[Card]:
    beside = defaultdict(list)
    for file in files:
        if file.product in _BESIDE:
            beside[_stem(file)].append(file)
    groups: dict[tuple[object, ...], dict[tuple[str, ...], list[File]]] = {}
    for file in files:
        if file.product in _PLAYED and _suffix(file) in _SHOWN:
            film = groups.setdefault((file.films, file.product == "joined"), {})
            film.setdefault((file.lang, file.theme, file.aspect, file.data), []).append(file)
    for variants in groups.values():
        made = [_variant(group, beside) for group in variants.values()]
        yield Card(ids.new(f"{lesson}/{'+'.join(made[0].main.films)}"), tuple(made))


def _variant(files: Sequence[File], beside: Mapping[str, Sequence[File]]) -> Variant:
    """Its films, the best to play first, then what lies beside one of them."""
    played = sorted(files, key=lambda file: _SHOWN.index(_suffix(file)))
    stems = dict.fromkeys(map(_stem, played))
    return Variant((*played, *(file for stem in stems for file in beside.get(stem, ()))))


def _suffix(file: File) -> str:
    return PurePosixPath(file.path).suffix.lower()


def _stem(file: File) -> str:
    """The path that a film and the files beside it share: ``batch-zh`` of ``batch-zh.en.vtt``."""
    path = PurePosixPath(file.path).with_suffix("")
    return str(path.with_suffix("") if file.product == "subtitles" else path)


class _Ids:
    """Names of places in a page, each once, and without spaces."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, text: str) -> str:
        """The name for a text."""
        plain = "-".join(text.split()) or "-"
        found, number = plain, 1
        while found in self._given:
            number += 1
            found = f"{plain}-{number}"
        self._given.add(found)
        return found

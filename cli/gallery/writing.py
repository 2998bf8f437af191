"""Writes the page of a folder, and the posters of its films."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.console.language import say
from cli.console.streams import note
from cli.gallery.grouping import lessons_of
from cli.gallery.page import address, page_of
from cli.gallery.reading import gallery_in
from cli.gallery.shown import File
from pipeline import CannotCreate
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from pipeline.files.thumbnail import SUFFIX, thumbnail

NAME = "index.html"
_WIDTH = 640  # pixels of a poster: twice those of a card, for fine screens
_LONGEST = 1_000_000  # bytes of subtitles; a lecture has some thousand
_OURS, _HEAD = b'<meta name="generator" content="gradient-descent-films">', 4096
_POSTER = re.compile(rf"[0-9a-f]{{16}}{re.escape(SUFFIX)}")


@dataclass(frozen=True)
class Written:
    """The page, its posters, and the number of its films."""

    page: Path
    posters: tuple[Path, ...]
    films: int


def write_page(folder: Path, page: Path, lang: str, quiet: bool = False) -> Written:
    """Write the page of the manifests in `folder` at `page`, a file in this folder.

    Its posters go into a folder beside it, called after the page; those that are there already
    stay. A note says which files of the manifests are missing. Raises what `check_page`,
    `gallery_in`, `refuse_inputs` and `published` raise.
    """
    check_page(page)
    gallery = gallery_in(folder)
    refuse_inputs([page], [folder / file.path for file in gallery.files])
    lessons = lessons_of(gallery)
    cards = [card for lesson in lessons for card in lesson.cards]
    films = [variant.main for card in cards for variant in card.variants]
    posters = _posters(folder, page, films)
    addresses = {
        film: address(path.relative_to(folder).as_posix()) for film, path in posters.items()
    }
    html = page_of(gallery, lessons, addresses, lambda file: _text(folder / file.path), lang)
    with published([page]) as (part,):
        part.write_text(html, encoding="utf-8", newline="\n")
    _tidy(_folder_of(page), {path.name for path in posters.values()})
    if gallery.missing and not quiet:
        _note_missing(gallery.missing)
    return Written(page, tuple(dict.fromkeys(posters.values())), len(cards))


def check_page(page: Path) -> None:
    """Raise CannotCreate if `page` is a page of somebody else, which would be lost."""
    with suppress(OSError), page.open("rb") as file:
        if _OURS not in file.read(_HEAD):
            message = "{output!r} is there already, and it is no page of ours: move it"
            raise CannotCreate(message, output=str(page))


def _folder_of(page: Path) -> Path:
    return page.with_name(f"{page.stem}-files")


def _posters(folder: Path, page: Path, films: Sequence[File]) -> dict[File, Path]:
    """The posters of those films from which a picture can be read; new ones are made."""
    found: dict[File, Path] = {}
    for film in films:
        source = folder / film.path
        poster = _folder_of(page) / f"{_key(film, source)}{SUFFIX}"
        if not poster.exists():
            picture = thumbnail(source, _WIDTH)
            if picture is None:
                continue
            with published([poster]) as (part,):
                part.write_bytes(picture)
        found[film] = poster
    return found


def _key(film: File, path: Path) -> str:
    """The name of what is made of a film: it changes with the film's content."""
    if re.fullmatch("[0-9a-f]{64}", film.sha256):
        return film.sha256[:16]
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(_LONGEST)


def _tidy(folder: Path, used: set[str]) -> None:
    """Remove posters of films that are no longer there."""
    for path in _files(folder):
        if _POSTER.fullmatch(path.name) and path.name not in used:
            with suppress(OSError):
                path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.iterdir()


def _note_missing(missing: Sequence[str]) -> None:
    message = "{n:# file is|# files are} not there, such as {path!r}; the page leaves them out"
    note(say("Note: {notice}", notice=say(message, n=len(missing), path=missing[0])))

"""Reads the manifests of a folder: those of courses, and the listings of clips."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

from cli.console.failures import BadData
from cli.console.language import say
from cli.gallery.fields import Fields
from cli.gallery.shown import File, Gallery, Lost, Moment
from cli.gallery.words import words_in
from scenes.locales import LANGUAGES

COURSE, CLIPS = "manifest.json", "clips.json"
VIDEO, JOINED = "video", "joined"
BETWEEN = " – "
_ENTRIES = {COURSE: "files", CLIPS: "clips"}


def gallery_in(folder: Path) -> Gallery:
    """What the manifests in `folder` list; without one there, those in the folders in it.

    Raises BadData if there is none, if one cannot be read or is not ours, and if one names a file
    that is not below its own folder.
    """
    try:
        if folder.is_file():
            message = "{file!r} is a file; name its folder: {folder!r}"
            raise BadData(say(message, file=str(folder), folder=str(folder.parent)))
        if not folder.is_dir():
            raise BadData(say("there is no folder {folder!r}", folder=str(folder)))
        found = _manifests(folder) or [m for inner in _folders(folder) for m in _manifests(inner)]
    except OSError as error:
        told = say("{file!r} cannot be read: {reason}", file=str(folder), reason=error.strerror)
        raise BadData(told) from error
    if not found:
        message = "there is no {name} in {folder!r}; `gd course` writes one"
        raise BadData(say(message, name=COURSE, folder=str(folder)))
    read = [_Manifest(path, folder).read() for path in found]
    return read[0] if len(read) == 1 else _together(folder.resolve().name, read)


def _manifests(folder: Path) -> list[Path]:
    return [path for name in _ENTRIES if (path := folder / name).is_file()]


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def _together(title: str, galleries: list[Gallery]) -> Gallery:
    """One page of several manifests; each lesson has the title of its course before it."""

    def placed(gallery: Gallery, lesson: str) -> str:
        return lesson if lesson == gallery.title else f"{gallery.title}{BETWEEN}{lesson}"

    return Gallery(
        title,
        tuple(replace(f, lesson=placed(g, f.lesson)) for g in galleries for f in g.files),
        tuple(replace(f, lesson=placed(g, f.lesson)) for g in galleries for f in g.failed),
        tuple(path for g in galleries for path in g.missing),
    )


class _Manifest:
    """One manifest, and the files that it lists; their paths become those from `folder`."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path, self._folder = path, folder
        self._missing: list[str] = []

    def read(self) -> Gallery:
        """Its content. Raises BadData."""
        document = Fields.of_file(self._path)
        if (entries := _ENTRIES[self._path.name]) not in document:
            message = "{file!r} is no manifest of ours: it has no {name!r}"
            raise BadData(say(message, file=str(self._path), name=entries))
        if self._path.name == COURSE:
            title = document.text("title")
            files = [self._file(entry) for entry in document.each(entries)]
        else:
            title, lang = document.text("title"), document.text("language", "")
            files = [self._clip(title, lang, clip) for clip in document.each(entries)]
        failed = tuple(_lost(entry) for entry in document.each("failed"))
        there = tuple(file for file in files if file is not None)
        return Gallery(title, there, failed, tuple(self._missing))

    def _file(self, entry: Fields) -> File | None:
        """A file of a course; None if it is not there."""
        fps = entry.number("fps", 0) or 1.0
        titles, lang = (
            ", ".join(entry.texts("titles") or entry.texts("films")),
            entry.text("lang", ""),
        )
        joined = entry.text("product", "") == JOINED
        return self._found(File(
            path=entry.below("path"),
            lesson=entry.text("lesson"),
            product=entry.text("product"),
            films=entry.texts("films"),
            title=_of_all(lang) if joined else titles,
            summary=titles if joined else "; ".join(entry.texts("summaries")),
            part=_part(entry),
            lang=lang,
            theme=entry.text("theme", ""),
            aspect=entry.text("aspect", ""),
            data=entry.text("data", ""),
            sha256=entry.text("sha256", ""),
            seconds=entry.number("duration", entry.number("seconds", 0)),
            sections=tuple(
                (section.number("first") / fps, section.text("title", section.text("name")))
                for section in entry.each("sections")
            ),
            moments=tuple(_moment(cue, cue.number("first") / fps) for cue in entry.each("cues")),
            command=shlex.join(entry.texts("command")),
        ))  # fmt: skip

    def _clip(self, title: str, lang: str, clip: Fields) -> File | None:
        """A clip of a film; its lesson is the film."""
        moment = _moment(clip, 0.0)
        return self._found(File(
            path=clip.below("file"),
            lesson=title,
            product=VIDEO,
            films=(clip.text("id"),),
            title=moment.caption or clip.text("id"),
            lang=lang,
            sha256=clip.text("sha256", ""),
            seconds=clip.number("seconds", 0),
            moments=(moment,),
        ))  # fmt: skip

    def _found(self, file: File) -> File | None:
        """The file as the page names it, with its size; None, and noted, if it is not there."""
        place = self._path.parent / file.path
        path = place.relative_to(self._folder).as_posix()
        try:
            if place.is_file():
                return replace(file, path=path, size=place.stat().st_size)
        except (OSError, ValueError):  # a name that the system cannot have
            pass
        self._missing.append(path)
        return None


def _part(entry: Fields) -> str:
    """What the part of a film is called: by the titles of its sections, if they have any."""
    titles = [title for section in entry.each("sections") if (title := section.text("title", ""))]
    if not entry.text("part", "") or not titles:
        return entry.text("part", "")
    return titles[0] if len(titles) == 1 else f"{titles[0]}..{titles[-1]}"


def _of_all(lang: str) -> str:
    """The title of all films in one, in their language: theirs would be too long for a title."""
    return words_in(lang if lang in LANGUAGES else "en")[f"product:{JOINED}"]


def _moment(cue: Fields, start: float) -> Moment:
    return Moment(start, cue.text("caption", ""), cue.text("narration", ""))


def _lost(entry: Fields) -> Lost:
    return Lost(
        entry.text("lesson"), entry.text("product"), entry.texts("films"),
        shlex.join(entry.texts("command")), entry.text("error"),
    )  # fmt: skip

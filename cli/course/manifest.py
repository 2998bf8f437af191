"""``manifest.json``: what a course has made, and whether it is still what the course asks for."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path, PurePath
from typing import Any

import gdcore
import programs
import scenes
import voice
from cli.console.installation import DISTRIBUTION, version
from cli.course.course import Course
from cli.course.plan import Step
from cli.course.running import Outcome
from cli.request.parts import split
from cli.verbs.versions import requirements
from pipeline import CannotCreate
from pipeline.cache.keys import digest
from pipeline.cache.surroundings import PIPELINE, at_start
from pipeline.files.publish import published
from scenes import FILMS

NAME = "manifest.json"
_CLI = Path(__file__).parents[1]
_ROOMS = (gdcore, programs, scenes, voice)
SOURCES = (*(Path(each) for room in _ROOMS for each in room.__path__), PIPELINE, _CLI)
"""The folders of all our code that has a say in what files are made."""
_KEPT = ("part", "section", "frames", "fps", "duration", "sections", "chosen")
_VIDEOS = ("video", "joined")
_TOLD = ("section", "first", "frames", "caption", "narration")  # of each cue of a video
Entry = dict[str, Any]


class Manifest:
    """The manifest of a course in its output folder; one that cannot be read counts as empty.

    Paths in it are those from its folder. Nothing in it depends on when or in how many runs the
    files were made. Raises CannotCreate if somebody else's file is in its place.
    """

    def __init__(self, course: Course, steps: Sequence[Step]) -> None:
        self.folder = Path(course.output)
        self.path = self.folder / NAME
        self._course, self._steps = course, steps
        _check(self.path)
        self._entries = _read(self.path)
        self._failed: dict[tuple[str, ...], str] = {}

    def files_of(self, step: Step) -> list[Path] | None:
        """The files of a step, if they were made of the same and nobody changed them; else None."""
        entries = self._entries.get(step.words, [])
        if not entries or not step.is_sealed:
            return None
        key = _key(step)
        found = [self.folder / str(entry.get("path")) for entry in entries]
        for entry, path in zip(entries, found, strict=True):
            if entry.get("made_from") != key or entry.get("sha256") != _sha256(path):
                return None
        return found

    def add(self, step: Step, outcome: Outcome) -> list[Path]:
        """Note what a step has made; returns its files."""
        made = dict(_files(step, outcome))
        self._entries[step.words] = [self._entry(step, path, about) for path, about in made.items()]
        return [*made]

    def lose(self, step: Step, message: str) -> None:
        """Note that a step has failed."""
        self._entries.pop(step.words, None)
        self._failed[step.words] = message

    def document(self) -> dict[str, Any]:
        """The content, in the order of the course."""
        return {
            "title": self._course.title or self._course.path.stem,
            "course": self._course.path.name,
            "versions": _versions(),
            "files": [entry for step in self._steps for entry in self._entries.get(step.words, ())],
            "failed": [
                {
                    "lesson": step.lesson, "product": step.product, "films": [*step.films],
                    "command": ["gd", *step.words], "error": self._failed[step.words],
                }
                for step in self._steps if step.words in self._failed
            ],
        }  # fmt: skip

    def save(self) -> None:
        """Write it, whole or not at all. Raises what `published` raises."""
        text = json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n"
        with published([self.path]) as (part,):
            part.write_text(text, encoding="utf-8", newline="\n")

    def _entry(self, step: Step, path: Path, about: Mapping[str, Any]) -> Entry:
        told = {**step.about, **about}
        return {
            "path": path.relative_to(self.folder).as_posix(),
            "lesson": step.lesson,
            "product": step.product,
            "films": [*step.films],
            "titles": _titles(step, told.get("lang")),
            "summaries": _summaries(step, told.get("lang")),
            **told,
            "size": path.stat().st_size,
            "sha256": _sha256(path),
            "command": ["gd", *step.words],
            "made_from": _key(step),
        }


def _files(step: Step, outcome: Outcome) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The files that a step has made, and what is told of each."""
    for path in outcome.paths:
        yield path, {}
    for row in outcome.document.get("files", ()):
        path = Path(row["path"])
        poster = path.suffix == ".png" and "--poster" in step.words
        about = {key: row[key] for key in _KEPT if row.get(key) not in (None, {}, [])}
        if step.product in _VIDEOS:
            about["cues"] = [{key: cue[key] for key in _TOLD} for cue in row["cues"]]
        yield path, {"product": "poster"} if poster else about
        for beside in map(Path, row.get("subtitles", ())):
            lang = beside.suffixes[-2].removeprefix(".")
            yield beside, {"product": "subtitles", "lang": lang}
        yield from ((Path(beside), {}) for beside in row.get("beside", ()))
    for film in outcome.document.get("films", ()):
        folder = Path(film["folder"])
        yield folder / "clips.json", {}
        for clip in film["clips"]:
            about = {key: clip[key] for key in ("id", "kind", "frames", "seconds", "caption")}
            yield folder / clip["file"], about
            for picture in clip["posters"].values():
                yield folder / picture, {"id": clip["id"]}


def _titles(step: Step, lang: str | None) -> list[str]:
    """The films' titles; of a scene file its name."""
    names = [split(film)[0] for film in step.films]
    return [FILMS[n].title(lang) if n in FILMS and lang else PurePath(n).name for n in names]


def _summaries(step: Step, lang: str | None) -> list[str]:
    """One line on each film of the catalogue."""
    names = [split(film)[0] for film in step.films]
    return [FILMS[name].summary(lang) for name in names if name in FILMS and lang]


def _key(step: Step) -> str:
    """A digest of all that the files of a step depend on."""
    return digest(step.words, [_sha256(Path(path)) for path in step.inputs], at_start(SOURCES))


def _sha256(path: Path) -> str:
    """The checksum of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _check(path: Path) -> None:
    """Raise CannotCreate for a manifest of another program, which would be lost.

    Of a text that is no JSON nobody knows whose it was: it counts as a damaged one of ours.
    """
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not {"files", "versions"} <= found.keys():
            message = "{output!r} is there already, and it is no manifest of a course: move it"
            raise CannotCreate(message, output=str(path))


def _read(path: Path) -> dict[tuple[str, ...], list[Entry]]:
    """The entries of an older manifest, by their commands."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))["files"]:
            _, *words = entry["command"]
            found.setdefault(tuple(words), []).append(entry)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found


def _versions() -> dict[str, str]:
    """The program, Python, and the packages that the program needs."""
    packages = {each.name: metadata.version(each.name) for each in requirements()}
    return {DISTRIBUTION: version(), "python": platform.python_version(), **packages}

"""What a page shows: the files that manifests list, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """A cue: from `start` seconds on the picture says `caption`, and a lecturer `narration`."""

    start: float
    caption: str
    narration: str


@dataclass(frozen=True)
class File:
    """One file of a manifest.

    path      from the folder of the page, with ``/`` between its parts
    part      the part of the film that it shows, empty for all of it
    lang, theme, aspect, data   empty where they mean nothing
    size      bytes, as found on the disk
    sha256    of its content, as the manifest says; it only names what was made of the file
    seconds   its length; 0 if it has none
    sections  start in seconds and name of each
    """

    path: str
    lesson: str
    product: str
    films: tuple[str, ...]
    title: str
    summary: str = ""
    part: str = ""
    lang: str = ""
    theme: str = ""
    aspect: str = ""
    data: str = ""
    size: int = 0
    sha256: str = ""
    seconds: float = 0.0
    sections: tuple[tuple[float, str], ...] = ()
    moments: tuple[Moment, ...] = ()
    command: str = ""


@dataclass(frozen=True)
class Lost:
    """A product that could not be made."""

    lesson: str
    product: str
    films: tuple[str, ...]
    command: str
    error: str


@dataclass(frozen=True)
class Gallery:
    """All files of a page, in the order of the manifests; `missing` are named but not there."""

    title: str
    files: tuple[File, ...]
    failed: tuple[Lost, ...]
    missing: tuple[str, ...]

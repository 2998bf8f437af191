"""What a film was drawn from: questions about files, and their answers.

A film may be handed out again while every question that was asked while it was made still has the
same answer. A file that was not there is an answer too: the scene may draw something else once it
is.
"""

from __future__ import annotations

import hashlib
import os
import site
import stat
import sys
import sysconfig
from collections.abc import Collection
from importlib.machinery import all_suffixes
from typing import Literal

from pipeline.cache.reading import checksum

Kind = Literal["content", "kind", "names", "module", "variable"]
Question = tuple[Kind, str]
"""What is asked, and the path (or the variable) that it is asked about.

content:  the checksum of a file that was opened; None if it cannot be read
kind:     file, folder or nothing: the scene asked whether there is something (`Path.exists`)
names:    a digest of the names in a folder that was listed
module:   which files could be imported under this path without its ending (``folder/name``)
variable: a digest of the value of an environment variable, which may be a secret
"""
Answer = str | None
Stamp = tuple[int, int, int, int, int] | None

_stat = os.stat  # `watching` replaces the one in `os`


def answer(question: Question, outputs: Collection[str] = ()) -> Answer:
    """The answer at this moment; the films at `outputs` do not count in the list of a folder."""
    kind, path = question
    if kind == "content":
        return checksum(path)
    if kind == "kind":
        return _kind(path)
    if kind == "names":
        return _names(path, outputs)
    if kind == "variable":
        value = os.environ.get(path)
        return None if value is None else _digest(value)
    return " ".join(ending for ending in _endings() if _kind(path + ending))


def stamp(path: str) -> Stamp:
    """What changes whenever a file is written or replaced, even if its content is as before."""
    try:
        found = _stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def is_unknowable(path: str) -> bool:
    """Whether `path` is a pipe, a socket or a device: what comes from it is not in a file."""
    try:
        mode = _stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and path != os.devnull


def is_installed(path: str, scenes: Collection[str] = ()) -> bool:
    """Whether a path belongs to Python, its packages or the system.

    Their versions are in the key of a film, so no questions are asked about them. `scenes` are the
    folders of scene files, ending in a separator: what is nearer to a scene belongs to the scene.
    """
    of_system = max((len(f) for f in _INSTALLED if path.startswith(f)), default=0)
    return of_system > max((len(f) for f in scenes if path.startswith(f)), default=0)


def importable(path: str) -> list[str]:
    """The files of a module that are not source, and so are loaded without being opened."""
    return [path + ending for ending in _endings()
            if ending and not ending.endswith(".py") and _kind(path + ending)]  # fmt: skip


def _endings() -> list[str]:
    endings = all_suffixes()
    return ["", *endings, *(os.sep + "__init__" + ending for ending in endings)]


def _kind(path: str) -> Answer:
    try:
        mode = _stat(path).st_mode
    except (OSError, ValueError):
        return None
    return "folder" if stat.S_ISDIR(mode) else "file"


def _names(path: str, outputs: Collection[str]) -> Answer:
    """A film beside its scene must not make the scene's folder a different one."""
    try:
        names = os.listdir(path)
    except OSError:
        return None
    place = os.path.realpath(path)
    kept = sorted(
        name for name in names
        if name != "__pycache__"
        and not (name.startswith(".gd-") and name.endswith(".part"))
        and os.path.join(place, name) not in outputs
    )  # fmt: skip
    return _digest("\0".join(kept))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _installed() -> tuple[str, ...]:
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, site.getusersitepackages()}
    places |= {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    system = ("/usr", "/lib", "/etc", "/proc", "/sys", "/System", "/opt/homebrew")
    return tuple(os.path.join(folder, "") for folder in (*places, *system))


_INSTALLED = _installed()

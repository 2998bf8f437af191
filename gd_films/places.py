"""Where a film is kept that nobody gave a place."""

from __future__ import annotations

import atexit
import filecmp
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path

from pipeline.files.publish import published
from pipeline.files.workspace import workspace

BESIDE = Path("gd-films")
"""the folder for films that are too large for the notebook, in the current folder"""


@cache
def _session() -> Path:
    """A temporary folder that is there as long as Python runs."""
    stack = ExitStack()
    folder = stack.enter_context(workspace())
    atexit.register(stack.close)
    return folder


def new_folder() -> Path:
    """An empty folder for one film. Raises CannotCreate."""
    return Path(tempfile.mkdtemp(dir=_session()))


def kept(film: Path) -> Path:
    """The film in a folder named by its content, so that the same film again takes no more room.

    `film` is in a folder of `new_folder`, which is removed.
    """
    with film.open("rb") as file:
        place = _session() / hashlib.file_digest(file, "sha256").hexdigest()[:16]
    place.mkdir(exist_ok=True)
    for file_beside in film.parent.iterdir():
        os.replace(file_beside, place / file_beside.name)
    film.parent.rmdir()
    return place / film.name


def beside_the_notebook(film: Path) -> Path:
    """Move the film into the folder `BESIDE`: as a new file, or to an equal one.

    Raises CannotCreate and WriteFailed.
    """
    for place in _names(film):
        if not place.exists():
            with published([place]) as (part,):
                shutil.copyfile(film, part)
        elif not (place.is_file() and filecmp.cmp(film, place, shallow=False)):
            continue
        break
    shutil.rmtree(film.parent)
    return place


def _names(film: Path) -> Iterator[Path]:
    """``sgd.mp4``, ``sgd-2.mp4``, and so on."""
    yield BESIDE / film.name
    for number in count(2):
        yield BESIDE / f"{film.stem}-{number}{film.suffix}"

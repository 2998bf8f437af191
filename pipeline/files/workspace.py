"""The private temporary folder of one run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from pipeline.files.owner import create_owned, remove_abandoned
from pipeline.files.unbroken import unbroken
from pipeline.job.errors import CannotCreate

_PREFIX = "gd-film-"
_OWNER = "owner.lock"  # only a folder with this file is ever removed
_remove = partial(shutil.rmtree, ignore_errors=True)


@contextmanager
def workspace() -> Iterator[Path]:
    """A private temporary folder, which is removed at the end of the block in any case.

    Folders that killed runs left are removed too: at the start, and at the end those whose workers
    still ran at the start.

    manim stores the outlines of texts as SVG under a hash that does not depend on the installed
    fonts. In an old folder the boxes of a font that was missing would be found again.
    """
    remove_abandoned_workspaces()
    folder, lock = None, None
    try:
        with unbroken():
            folder, lock = _created()
        yield folder
    finally:
        with unbroken():
            if folder is not None:
                _remove(folder)
            if lock is not None:
                os.close(lock)
        remove_abandoned_workspaces()


def _created() -> tuple[Path, int | None]:
    """A new folder, and what holds its lock."""
    try:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            try:
                return folder, create_owned(folder / _OWNER)
            except FileNotFoundError:  # another run took it for abandoned before it was locked
                _remove(folder)
    except OSError as error:
        raise CannotCreate(
            "no temporary folder can be made: {reason}", reason=error.strerror or str(error)
        ) from error


def remove_abandoned_workspaces() -> None:
    """Remove the temporary folders of this user's dead runs; never raises."""
    with suppress(OSError):
        found = [*Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")]
        remove_abandoned(found, _remove, _OWNER)

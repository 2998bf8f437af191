"""A file that appears complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.files.owner import create_owned

ATTEMPTS = 3  # two runs that begin at once may disturb each other


@contextmanager
def private_file(folder: Path) -> Iterator[Path]:
    """Yield the path of a new empty file in `folder` that no other run uses.

    After the block it is gone, if it was not moved. If the run is killed, the next one removes it.
    Raises OSError.
    """
    # Not the final name plus a suffix: that could be too long.
    path, lock = folder / f".gd-{os.urandom(6).hex()}.part", None
    try:
        lock = _created(path)
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        if lock is not None:
            os.close(lock)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield the path of a private file beside `target`; a clean exit moves it to `target`.

    The move is atomic, so a reader never sees half of the file. On an exception the private file is
    removed, and a file at `target` stays as it was. Raises OSError.
    """
    with private_file(target.parent) as part:
        yield part
        os.replace(part, target)


def _created(path: Path) -> int | None:
    for _ in range(ATTEMPTS - 1):
        with suppress(FileNotFoundError):
            return create_owned(path)
    return create_owned(path)

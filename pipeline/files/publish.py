"""The final file: written beside its place under a private name, moved when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.files.atomic import replacing
from pipeline.job.errors import CannotCreate, WriteFailed
from pipeline.job.file_names import check_file_name


@contextmanager
def published(output: Path) -> Iterator[Path]:
    """Yield an empty private file in `output`'s folder; a clean exit moves it to `output`.

    Entering creates the file and missing folders. So a folder that cannot be written is found
    before any work, and raises `CannotCreate`. Any exception, also Ctrl-C, removes the file; an
    older file at `output` stays as it was. The move is atomic: readers see the old file or the new.
    """
    target = _target(output)
    made = _make_folder(target.parent)
    try:
        with replacing(target) as part:
            _create(part, output)
            yield part
            _flush(part)
    except OSError as error:
        raise WriteFailed(
            "{output!r} cannot be written: {reason}",
            output=str(output),
            reason=error.strerror or str(error),
        ) from error
    finally:
        if not target.exists():
            _remove_folders(made)


def _create(part: Path, output: Path) -> None:
    try:
        # Created like any file, with the user's umask, which decides who may read it.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise CannotCreate(
            "{output!r} cannot be created: {reason}", output=str(output), reason=error.strerror
        ) from error


def _target(output: Path) -> Path:
    """The real path of the file; a link is followed, so that the link itself stays."""
    check_file_name(output.name)
    try:
        target = output.resolve()
        occupied = target.exists() and not target.is_file()
    except (OSError, RuntimeError) as error:
        raise CannotCreate(
            "{output!r} cannot be created: {reason}",
            output=str(output),
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    if occupied:
        # os.replace would replace a device such as /dev/null by the film.
        raise CannotCreate("{output!r} exists already and is no ordinary file", output=str(output))
    return target


def _make_folder(folder: Path) -> list[Path]:
    """Create `folder` with its parents; return the new ones, innermost first."""
    missing: list[Path] = []
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _remove_folders(missing)
        raise CannotCreate(
            "the folder {folder!r} cannot be made: {reason}",
            folder=str(folder),
            reason=error.strerror,
        ) from error
    return missing


def _remove_folders(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # not empty: someone else put a file there
            folder.rmdir()


def _flush(path: Path) -> None:
    """Force the data to the disk: some file systems report a full disk only here."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

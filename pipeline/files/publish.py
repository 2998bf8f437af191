"""The final files: written beside their places under private names, moved when all are complete."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.files.atomic import private_file
from pipeline.files.owner import remove_abandoned_parts
from pipeline.files.unbroken import unbroken
from pipeline.job.errors import CannotCreate, WriteFailed
from pipeline.job.file_names import check_file_name


@contextmanager
def published(outputs: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield an empty private file beside each of `outputs`; a clean exit moves them all there.

    Entering creates the files and missing folders. So a folder that cannot be written is found
    before any work, and raises `CannotCreate`. Any exception, also Ctrl-C, removes the files; older
    files at `outputs` stay as they were. Each move is atomic: readers see the old file or the new.
    If one file cannot be moved, those that were moved are put back: either all are new or none. The
    new file has the mode of the old one.

    What dead runs left in the same folders is removed. Raises `WriteFailed`.
    """
    targets = [_target(output) for output in outputs]
    with ExitStack() as stack:
        for target in targets:
            stack.enter_context(_folder(target))
        parts = [
            stack.enter_context(_part(output, target))
            for output, target in zip(outputs, targets, strict=True)
        ]
        with _write_errors(outputs[0]):
            yield parts
        for output, target, part in zip(outputs, targets, parts, strict=True):
            with _write_errors(output):
                _flush(part)
                _take_mode(part, target)
        _move_all(outputs, parts, targets)


class _Tried(Exception):
    """Ends a trial as a failure does, so that nothing of it stays."""


def check_can_be_created(output: Path) -> None:
    """Raise `CannotCreate` if `published` could not begin to write the file. Nothing stays."""
    target = _target(output)
    with suppress(_Tried), _folder(target), _part(output, target):
        raise _Tried


def _move_all(outputs: Sequence[Path], parts: list[Path], targets: list[Path]) -> None:
    """Move each part to its target; if one cannot be moved, put the old files back."""
    with ExitStack() as stack:
        # The last move needs no copy of the old file: after it nothing can fail.
        old: list[Path | None] = []
        for output, target in zip(outputs[:-1], targets[:-1], strict=True):
            with _write_errors(output):
                old.append(stack.enter_context(_kept(target)) if target.exists() else None)
        stack.enter_context(unbroken())
        moved = 0
        try:
            for output, part, target in zip(outputs, parts, targets, strict=True):
                with _write_errors(output):
                    os.replace(part, target)
                moved += 1
        except WriteFailed:
            for target, before in zip(targets[:moved], old, strict=False):
                with suppress(OSError):
                    target.unlink() if before is None else os.replace(before, target)
            raise
    for folder in dict.fromkeys(target.parent for target in targets):
        _flush_folder(folder)


@contextmanager
def _kept(target: Path) -> Iterator[Path]:
    """The old file under a second name, without a moment in which it lacks its own."""
    with private_file(target.parent) as copy:
        copy.unlink()
        try:
            os.link(target, copy)
        except OSError:  # the file system has no links, or the file may not be linked
            shutil.copy2(target, copy)
        yield copy


@contextmanager
def _part(output: Path, target: Path) -> Iterator[Path]:
    """A private file beside `target`."""
    with ExitStack() as stack:
        try:
            part = stack.enter_context(private_file(target.parent))
            if target.exists():
                # It must be writable for us, and for nobody else but those who may read the old.
                os.chmod(part, stat.S_IMODE(target.stat().st_mode) | stat.S_IRUSR | stat.S_IWUSR)
        except OSError as error:
            raise CannotCreate(
                "{output!r} cannot be created: {reason}", output=str(output), reason=error.strerror
            ) from error
        yield part


@contextmanager
def _write_errors(output: Path) -> Iterator[None]:
    """Raise an error of the system as `WriteFailed`."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(
            "{output!r} cannot be written: {reason}",
            output=str(output),
            reason=error.strerror or str(error),
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


@contextmanager
def _folder(target: Path) -> Iterator[None]:
    """Make the missing folders of `target`; at the end remove them if there is no `target`."""
    remove_abandoned_parts(target.parent)
    made = _make_folder(target.parent)
    try:
        yield
    finally:
        if not target.exists():
            _remove_folders(made)
        remove_abandoned_parts(target.parent)  # of runs whose workers still ran at the start


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


def _take_mode(part: Path, target: Path) -> None:
    """Give `part` the owner and the mode of an older file at `target`."""
    try:
        old, new = target.stat(), part.stat()
    except FileNotFoundError:
        return
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(OSError):  # only root may give a file away
            os.chown(part, old.st_uid, old.st_gid)
    os.chmod(part, stat.S_IMODE(old.st_mode))


def _flush(path: Path) -> None:
    """Force the data to the disk: some file systems report a full disk only here."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Force the move to the disk, so that the new file is there after a power cut, too."""
    with suppress(OSError):  # not every system can: the file is complete in any case
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

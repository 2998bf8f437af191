"""The files that a user's scene depends on: its modules and the files that it opens."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_running: _Record | None = None  # set within the block of `files_read`
_hooked = False


class _Record:
    """Paths that this process opened, and its forked processes, which write to a shared file."""

    def __init__(self, shared: IO[bytes]) -> None:
        self.paths: set[str] = set()
        self._owner, self._shared = os.getpid(), shared

    def add(self, path: str) -> None:
        if path not in self.paths:
            self.paths.add(path)
            if os.getpid() != self._owner:
                os.write(self._shared.fileno(), os.fsencode(path) + b"\0")

    def gather(self) -> None:
        """Add the paths that the forked processes wrote."""
        self._shared.seek(0)
        self.paths.update(os.fsdecode(path) for path in self._shared.read().split(b"\0") if path)


@contextmanager
def files_read() -> Iterator[set[str]]:
    """After the block, the set holds the path of each file that Python opened for reading in it.

    An audit hook sees every file, also files that manim opens for a scene (pictures, SVG) and files
    of forked workers. A hook cannot be removed, so there is only one, and it does nothing outside
    the block. It does not see files that a C library opens.
    """
    global _running, _hooked
    if not _hooked:
        sys.addaudithook(_note)
        _hooked = True
    with _shared_file() as shared:
        before, record = _running, _Record(shared)
        _running = record
        try:
            yield record.paths
        finally:
            _running = before
            record.gather()


def _shared_file() -> IO[bytes]:
    """A file without a name, unbuffered: the parent sees at once what forked processes write."""
    try:
        return TemporaryFile(buffering=0)
    except OSError:  # a rendering that needs a temporary file reports this error itself
        return open(os.devnull, "w+b", buffering=0)


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _running is None or event != "open":
        return
    path, _, flags = arguments
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
        return
    if isinstance(path, (str, bytes)):
        # An exception here would keep the file from being opened.
        with suppress(OSError, ValueError):
            name = os.path.abspath(os.fsdecode(path))
            # Python opens a compiled module instead of its source: note the source.
            _running.add(source_from_cache(name) if name.endswith(".pyc") else name)


def depended_on(opened: set[str], scene: Path) -> dict[str, str]:
    """Checksums by path of `scene`, its modules and the files `opened`, if they still exist.

    Files of Python, of its packages and of the system are left out, since their versions are in the
    key. Files that are gone are left out too, since they were temporary. Files beside the scene
    always count.
    """
    beside = os.path.join(scene.parent, "")
    modules = {str(getattr(module, "__file__", None) or "") for module in [*sys.modules.values()]}
    paths = {str(scene)} | opened | {path for path in modules if path.endswith(".py")}
    return {
        path: found
        for path in sorted(paths)
        if not path.endswith(".pyc")
        and (path.startswith(beside) or not path.startswith(_system_folders()))
        and (found := checksum(path)) is not None
    }


def checksum(path: str) -> str | None:
    """The SHA-256 of an ordinary file, or None if there is none."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _system_folders() -> tuple[str, ...]:
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    system = ("/usr", "/lib", "/etc", "/proc", "/sys", "/dev", "/System", "/opt/homebrew")
    return tuple(os.path.join(folder, "") for folder in (*prefixes, *system))

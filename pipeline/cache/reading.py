"""Which files a scene of somebody else's depends on: its modules and whatever it opens."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path

_opened: set[str] | None = None  # while someone asks
_hooked = False


@contextmanager
def files_read() -> Iterator[set[str]]:
    """Within the block the set gathers the path of every file that Python opens to read.

    An audit hook sees all of them, also those that manim opens for a scene (pictures, SVG). It
    cannot be taken away again, so there is one, which does nothing outside of the block. What a
    C library opens by itself it does not see.
    """
    global _opened, _hooked
    if not _hooked:
        sys.addaudithook(_note)
        _hooked = True
    before, _opened = _opened, set()
    try:
        yield _opened
    finally:
        _opened = before


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is None or event != "open":
        return
    path, _, flags = arguments
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
        return
    if isinstance(path, (str, bytes)):
        name = os.path.abspath(os.fsdecode(path))
        if name.endswith(".pyc"):  # compiled from a source that was not opened
            with suppress(ValueError):
                name = source_from_cache(name)
        _opened.add(name)


def depended_on(opened: set[str], scene: Path) -> dict[str, str]:
    """Checksums by path of `scene`, its modules and the files `opened`, if they still are there.

    Files of the interpreter, of its packages and of the system are left out: the key holds their
    versions. So are files that vanished, which were temporary. What lies beside the scene counts,
    wherever that is.
    """
    beside = os.path.join(scene.parent, "")
    modules = {str(getattr(module, "__file__", None) or "") for module in [*sys.modules.values()]}
    paths = {str(scene)} | opened | {path for path in modules if path.endswith(".py")}
    return {
        path: found
        for path in sorted(paths)
        if not path.endswith(".pyc")
        and (path.startswith(beside) or not path.startswith(_not_his()))
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


def _not_his() -> tuple[str, ...]:
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    system = ("/usr", "/lib", "/etc", "/proc", "/sys", "/dev", "/System", "/opt/homebrew")
    return tuple(os.path.join(folder, "") for folder in (*prefixes, *system))

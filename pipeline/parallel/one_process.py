"""Finds out what a scene must do in one process, and once: it writes files, or reads its picture.

Two processes that play the same frames would write the same lines twice. An audit hook sees a file
before Python opens it for writing, so the scene can be stopped while nothing is done yet.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.job.errors import OneProcessNeeded
from pipeline.job.result import Notice

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Events of Python's audit hooks, and which argument is a path that is changed.
_CHANGES = {
    "os.remove": 0, "os.rename": 1, "os.mkdir": 0, "os.rmdir": 0, "os.link": 1, "os.symlink": 1,
    "os.truncate": 0, "os.chmod": 0, "sqlite3.connect": 0,
}  # fmt: skip
_watch: Watch | None = None  # set within the block of `watching`
_hooked = False


class Watch:
    """`why` one process is needed; None as long as nothing was found.

    While `stops`, what is found is not done: `OneProcessNeeded` is raised instead. Otherwise it is
    done, and `found` is called before.
    """

    def __init__(self, own: Path) -> None:
        self._own = os.path.join(os.path.realpath(own), "")
        self._thread = threading.get_ident()  # the scene's; another thread encodes
        self.is_paused = False
        self.why: Notice | None = None
        self.stops = False
        self.found: Callable[[], object] = lambda: None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within the block this package works, not the scene."""
        before, self.is_paused = self.is_paused, True
        try:
            yield
        finally:
            self.is_paused = before

    def check(self) -> None:
        """Raise again what the scene has caught."""
        if self.stops and self.why is not None:
            raise OneProcessNeeded(self.why)

    def find(self, why: Notice) -> None:
        """The scene is about to do what needs one process."""
        self.why = self.why or why
        if self.stops:
            raise OneProcessNeeded(self.why)
        self.found()

    def reads(self) -> None:
        """The scene is about to read its picture from the camera."""
        if not self.is_paused:
            self.find(Notice("drawn in one process, since the scene reads its picture"))

    def writes(self, path: object) -> None:
        """The scene is about to write to `path`."""
        if self.is_paused or threading.get_ident() != self._thread:
            return
        if not isinstance(path, (str, bytes, os.PathLike)):
            return  # a number is that of a file that is open already
        name = os.fsdecode(path)
        try:
            full = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        except (OSError, ValueError):
            return  # opening it will raise too
        if not full.startswith((self._own, "/dev/", "/proc/")) and "__pycache__" not in full:
            self.find(Notice("drawn in one process, since the scene writes {path!r}", path=name))


@contextmanager
def watching(own: Path) -> Iterator[Watch]:
    """Within the block, find what the scene writes outside of the folder `own`."""
    global _watch, _hooked
    if not _hooked:
        sys.addaudithook(_note)  # for ever: a hook cannot be removed
        _hooked = True
    _watch = watch = Watch(own)
    try:
        yield watch
    finally:
        _watch = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _watch is None:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING:
            _watch.writes(path)
    elif event in _CHANGES and not _is_relative_to_a_folder(event, arguments):
        _watch.writes(arguments[_CHANGES[event]])


def _is_relative_to_a_folder(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether the path begins at an open folder, as in `shutil.rmtree`: it cannot be told then."""
    folder = arguments[-1]
    return event in ("os.remove", "os.mkdir", "os.rmdir") and isinstance(folder, int) and folder > 0

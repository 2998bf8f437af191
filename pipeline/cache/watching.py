"""Sees what a scene asks of the disk while its film is made.

Python tells an audit hook of each file that it opens and of each folder that it lists, also those
that manim opens for a scene (pictures, SVG). It tells the first finder of imports of each module
that is looked for. It tells nobody of `os.stat` and `os.environ`, so these are replaced. What a C
library opens by itself is not seen.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from pipeline.cache.programs import sets_a_formula
from pipeline.cache.questions import Kind, answer, importable
from pipeline.cache.record import Record
from pipeline.job.result import Notice

# What comes from elsewhere cannot be asked again.
_ELSEWHERE = {
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    "socket.connect", "socket.getaddrinfo", "socket.sendto", "sqlite3.connect",
}  # fmt: skip
_record: Record | None = None  # of the films that are made now
_running: Record | None = None  # the same, while their scene is played
_hooked = False


class _Answering(threading.local):
    """Whether this thread is answering a question: what it opens for that is not asked."""

    now = False


_answering = _Answering()


@contextmanager
def recorded(record: Record) -> Iterator[None]:
    """Within the block, `watched` writes to `record`."""
    global _record
    before, _record = _record, record
    try:
        yield
    finally:
        _record = before


@contextmanager
def watched(*own: str | os.PathLike[str]) -> Iterator[None]:
    """Within the block, what is asked of the disk is recorded, if `recorded` asks for that.

    `own` are folders and files of ours. A hook cannot be removed, so there is only one for all
    films, and it does nothing outside the block.
    """
    global _running, _hooked
    record, before = _record, _running
    if record is None:
        yield
        return
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked = True
    record.leave_out(own)
    sys.meta_path.insert(0, _Imports)
    try:
        with _stats_replaced(), _variables_replaced():
            _running = record
            yield
    finally:
        _running = before
        with suppress(ValueError):  # the scene may have replaced the list
            sys.meta_path.remove(_Imports)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    record = _running
    if record is None or _answering.now:
        return
    if event in _ELSEWHERE:
        record.give_up(Notice("it used {what}", what=event))
    elif event == "open":
        _on_open(record, *arguments)
    elif event in ("os.listdir", "os.scandir"):
        # Python lists folders to find modules: `_Imports` sees which ones.
        caller = str(sys._getframe(1).f_globals.get("__name__", ""))
        if not caller.startswith("importlib"):
            _ask(record, "names", arguments[0] or ".")
    elif event == "os.mkdir":
        _write(record, arguments[0], anew=False)
    elif event == "subprocess.Popen" and not _is_known(record, *arguments):
        record.give_up(Notice("it used {what}", what=str(arguments[0])))


def _on_open(record: Record, path: object, mode: object, flags: object) -> None:
    flags = flags if isinstance(flags, int) else 0
    writes, updates = flags & os.O_WRONLY, flags & os.O_RDWR
    if writes or updates:
        exclusive = os.O_CREAT | os.O_EXCL
        _write(record, path, bool(flags & os.O_TRUNC or flags & exclusive == exclusive))
    if not writes:
        _ask(record, "content", path)


def _is_known(record: Record, executable: object, words: object, *_: object) -> bool:
    return isinstance(words, (list, tuple)) and sets_a_formula(words, record.own)


def _ask(record: Record, kind: Kind, path: object) -> None:
    name = _absolute(path)
    if name is None:
        return
    _answering.now = True
    try:
        if kind == "content" and answer(("kind", name)) == "folder":
            kind = "kind"
        record.ask(kind, name)
    finally:
        _answering.now = False


def _write(record: Record, path: object, anew: bool) -> None:
    name = _absolute(path)
    if name is not None:
        record.write(name, anew)


def _absolute(path: object) -> str | None:
    """The path from the root; None for an open file, and for what no path can be."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return None
    # An exception in an audit hook would keep the file from being opened.
    with suppress(OSError, ValueError, TypeError):
        name = os.path.join(os.getcwd(), os.fsdecode(path))
        if "\0" not in name:
            # ".." may lead elsewhere behind a link.
            return name if ".." in name.split(os.sep) else os.path.normpath(name)
    return None


class _Imports:
    """The first finder of imports; it finds nothing, and sees what is looked for."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        record = _running
        if record is None:
            return
        for folder in list(sys.path if path is None else path):
            place = _absolute(folder)
            if place is None:
                continue
            module = os.path.join(place, name.rpartition(".")[2])
            _ask(record, "module", module)
            for file in () if record.leaves_out(module) else importable(module):
                _ask(record, "content", file)


@contextmanager
def _stats_replaced() -> Iterator[None]:
    """Within the block, `os.stat` and the like ask whether there is something at a path."""
    names = [name for name in ("stat", "lstat", "access") if hasattr(os, name)]
    originals = {name: getattr(os, name) for name in names}
    tables = (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks)
    for name, original in originals.items():
        asking = _asking(original)
        setattr(os, name, asking)
        for table in tables:  # `shutil` looks the function up there
            if original in table:
                table.add(asking)
    try:
        yield
    finally:
        for name, original in originals.items():
            for table in tables:
                table.discard(getattr(os, name))
            setattr(os, name, original)


def _asking(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def asking(path: Any, *arguments: Any, **options: Any) -> Any:
        if _running is not None and options.get("dir_fd") is None and not _answering.now:
            _ask(_running, "kind", path)
        return call(path, *arguments, **options)

    return asking


class _Variables(os._Environ[str]):
    """The environment; what the scene's own code reads of it is asked."""

    def __getitem__(self, key: str) -> str:
        if _running is not None and not _answering.now and _is_read_by_scene(_running):
            _answering.now = True
            try:
                _running.ask("variable", key)
            finally:
                _answering.now = False
        return super().__getitem__(key)


def _is_read_by_scene(record: Record) -> bool:
    """Whether the environment is read by users' code: packages look up terminals, folders ..."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__") in ("os", "_collections_abc"):
        frame = frame.f_back
    return not record.leaves_out(frame.f_code.co_filename)


@contextmanager
def _variables_replaced() -> Iterator[None]:
    kind = type(os.environ)
    os.environ.__class__ = _Variables
    try:
        yield
    finally:
        os.environ.__class__ = kind

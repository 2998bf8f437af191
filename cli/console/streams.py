"""Writes to standard output and standard error, on any console."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TextIO

from exit_codes import PIPE_CLOSED
from pipeline import WriteFailed

_PIECE = 4096  # characters


@dataclass(frozen=True)
class Captured:
    """What a command printed: paths of files, JSON documents, and lines for standard error."""

    paths: list[Path] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


_captured: Captured | None = None  # within the block of `captured`


@contextmanager
def captured() -> Iterator[Captured]:
    """Within the block paths, JSON documents and notes are collected instead of written."""
    global _captured
    before, _captured = _captured, Captured()
    try:
        yield _captured
    finally:
        _captured = before


def make_tolerant() -> None:
    """Print '?' for a character that the console lacks (GBK lacks many), instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def put(text: str, end: str = "\n") -> None:
    """Write to standard output, at once.

    Raises WriteFailed if it cannot be written, SystemExit if its reader has closed it.
    """
    whole = text + end
    if sys.stdout is not None and sys.stdout.isatty():
        whole = printable(whole)
    with _standard_output() as stream:
        # In pieces: with PYTHONUNBUFFERED a closing pipe or a full disk may cut a write short
        # without an error. Only the next write raises one.
        for start in range(0, len(whole), _PIECE):
            stream.write(whole[start : start + _PIECE])
        stream.flush()


def put_path(path: Path) -> None:
    """Write a path as `put` does; one that the console's encoding lacks, in the system's bytes.

    So what reads our output finds the file, whatever `PYTHONIOENCODING` says.
    """
    if _captured is not None:
        _captured.paths.append(path)
        return
    try:
        str(path).encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        with _standard_output() as stream:
            stream.flush()
            stream.buffer.write(os.fsencode(path) + os.linesep.encode())
            stream.flush()
    else:
        put(str(path))


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output; its errors become those that `put` names."""
    if sys.stdout is None:
        raise WriteFailed("cannot write to standard output: it is closed")
    try:
        yield sys.stdout
    except BrokenPipeError:
        _abandon(sys.stdout)
        raise SystemExit(PIPE_CLOSED) from None
    except OSError as error:
        _abandon(sys.stdout)
        reason = error.strerror or error
        raise WriteFailed("cannot write to standard output: {reason}", reason=reason) from error


def put_json(value: Any) -> None:
    """Write one JSON document; characters that the console lacks are escaped, not lost."""
    if _captured is not None:
        _captured.documents.append(value)
        return
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2, allow_nan=False)
    put(text)


def note(text: str) -> None:
    """Write a line to standard error; a failure to write it is ignored."""
    if _captured is not None:
        _captured.notes.append(text)
        return
    write_quietly(printable(text) + "\n")


def printable(text: str) -> str:
    """The text with control characters as ``\\x1b``, line ends and tabs kept.

    Names of files and columns are not ours, and must not command the terminal.
    """
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c) == "Cc" and c not in "\n\t" else c for c in text
    )


def write_quietly(text: str) -> None:
    """Write to standard error, or nowhere if it is closed or broken."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):  # ValueError: closed
            _abandon(sys.stderr)


def leave(code: int) -> NoReturn:
    """End the process at once; what was written is shown."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError, ValueError):
            stream.flush()
    os._exit(code)


def _abandon(stream: TextIO) -> None:
    """Keep the interpreter from flushing the broken stream again at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, stream.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(null)

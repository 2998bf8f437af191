"""Writes to standard output and standard error, on any console."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any

from exit_codes import PIPE_CLOSED
from pipeline import WriteFailed

_PIECE = 4096  # characters


def make_tolerant() -> None:
    """Print '?' for a character that the console lacks (GBK lacks many), instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def put(text: str, end: str = "\n") -> None:
    """Write to standard output, at once.

    Raises WriteFailed if it cannot be written, SystemExit if its reader has closed it.
    """
    if sys.stdout is None:
        raise WriteFailed("cannot write to standard output: it is closed")
    try:
        # In pieces: with PYTHONUNBUFFERED a closing pipe or a full disk may cut a write short
        # without an error. Only the next write raises one.
        whole = text + end
        for start in range(0, len(whole), _PIECE):
            sys.stdout.write(whole[start : start + _PIECE])
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon()
        raise SystemExit(PIPE_CLOSED) from None
    except OSError as error:
        _abandon()
        reason = error.strerror or error
        raise WriteFailed("cannot write to standard output: {reason}", reason=reason) from error


def put_json(value: Any) -> None:
    """Write one JSON document; characters that the console lacks are escaped, not lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2, allow_nan=False)
    put(text)


def note(text: str) -> None:
    """Write a line to standard error; a failure to write it is ignored."""
    write_quietly(text + "\n")


def write_quietly(text: str) -> None:
    """Write to standard error, or nowhere if it is closed or broken."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _abandon() -> None:
    """Keep the interpreter from flushing the broken stream again at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(null)

"""Writing to standard output and standard error, on any console."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from cli.failures import WriteFailed

PIPE_CLOSED = 141  # as a shell reports SIGPIPE: whoever read our output has seen enough


def make_tolerant() -> None:
    """Let a console that lacks a character (GBK lacks many) show '?' instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def put(text: str, end: str = "\n") -> None:
    """Write to standard output, at once.

    Raises WriteFailed when it cannot be written, SystemExit when its reader has gone.
    """
    try:
        sys.stdout.write(text + end)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon()
        raise SystemExit(PIPE_CLOSED) from None
    except OSError as error:
        _abandon()
        reason = error.strerror or error
        raise WriteFailed(f"cannot write to standard output: {reason}") from error


def put_json(value: Any) -> None:
    """Write one JSON document; characters that the console lacks are escaped, not lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2, allow_nan=False)
    put(text)


def note(text: str) -> None:
    """Write a line to standard error; that nobody can read it is no reason to stop."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        pass


def _abandon() -> None:
    """Keep the interpreter from flushing the broken stream again at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(null)

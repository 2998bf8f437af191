"""Reads ordinary files, and nothing else: a pipe or a device in their place cannot hang a run."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NoOrdinaryFile(OSError):
    """A folder, a pipe, a device or a socket is in the place of a file."""


def opened(path: str | Path) -> BufferedReader:
    """The ordinary file at `path`, open for reading. OSError; `NoOrdinaryFile` for anything else.

    A pipe is opened without waiting for its other end, and then refused.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise NoOrdinaryFile(error.errno, error.strerror, str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoOrdinaryFile(errno.EINVAL, "no ordinary file", str(path))
    return os.fdopen(descriptor, "rb")


def checksum(path: str | Path) -> str | None:
    """The SHA-256 of an ordinary file, or None if there is none that can be read."""
    try:
        with opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None

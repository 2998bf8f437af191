"""What a scene prints: it appears once and in order, on standard error.

Standard output is for the caller's own lines, such as the paths of finished files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress

OUTPUT, ERRORS = 1, 2  # file descriptors


@contextmanager
def on_standard_error() -> Iterator[None]:
    """Within the block all that is written to standard output goes to standard error instead."""
    with _replaced((OUTPUT,), ERRORS), redirect_stdout(sys.stderr):
        yield


@contextmanager
def silent() -> Iterator[None]:
    """Within the block nothing is printed: the scene is played again."""
    with (
        _nowhere() as null,
        _replaced((OUTPUT, ERRORS), null),
        open(null, "w", closefd=False) as nothing,
        redirect_stdout(nothing),
        redirect_stderr(nothing),
    ):
        yield


def silence() -> None:
    """From now on this process prints nothing. Text that waits in buffers goes nowhere too."""
    with _nowhere() as null:
        for descriptor in (OUTPUT, ERRORS):
            os.dup2(null, descriptor)
    # They may have had descriptors of their own.
    sys.stdout = sys.stderr = open(OUTPUT, "w", closefd=False)  # noqa: SIM115


@contextmanager
def _replaced(descriptors: tuple[int, ...], by: int) -> Iterator[None]:
    if sys.stderr is None:  # nobody has opened standard error; the number may be another file's
        yield
        return
    _flush()
    kept = [(descriptor, _copy(descriptor)) for descriptor in descriptors]
    try:
        for descriptor in descriptors:
            with suppress(OSError):  # standard error is closed
                os.dup2(by, descriptor)
        yield
    finally:
        _flush()
        for descriptor, copy in kept:
            if copy is None:
                os.close(descriptor)
            else:
                os.dup2(copy, descriptor)
                os.close(copy)


@contextmanager
def _nowhere() -> Iterator[int]:
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        yield null
    finally:
        os.close(null)


def _copy(descriptor: int) -> int | None:
    try:
        return os.dup(descriptor)
    except OSError:  # it is closed
        return None


def _flush() -> None:
    for stream in {sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__}:
        with suppress(OSError, ValueError, AttributeError):  # broken, closed, None
            stream.flush()  # type: ignore[union-attr]

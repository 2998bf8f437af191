"""A scene that ends the interpreter has failed: it must not end the program as if all were done."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from pipeline.job.errors import OneProcessNeeded, Stopped


def is_of_the_scene(error: BaseException) -> bool:
    """Whether a scene raised `error`, rather than a signal or this package.

    Python's own handler raises KeyboardInterrupt. Where it is not in use, a scene has raised it.
    """
    if isinstance(error, KeyboardInterrupt):
        return signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    return not isinstance(error, (Stopped, OneProcessNeeded))


@contextmanager
def exits_raise() -> Iterator[None]:
    """Within the block `os._exit` raises SystemExit in this process, not in forked ones."""
    leave, here = os._exit, os.getpid()

    def raise_exit(status: int) -> NoReturn:
        if os.getpid() != here:
            leave(status)
        raise SystemExit(status)

    os._exit = raise_exit
    try:
        yield
    finally:
        os._exit = leave

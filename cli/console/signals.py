"""Signals such as Ctrl-C: the program ends quietly, quickly, with the usual exit code."""

from __future__ import annotations

import os
import signal
import time
from os import _exit  # ours stays, also while a scene may not call `os._exit`
from types import FrameType

GRACE = 1.4  # seconds for the clean-up; then the process ends in any case
_stopped_at: float | None = None  # the moment of the first signal


def take_over() -> None:
    """End at once on a signal, while there is nothing to clean up.

    SIGHUP and SIGTERM stay ignored if the caller ignores them, as nohup does with SIGHUP.
    """
    for number in handled():
        ignored = signal.getsignal(number) is signal.SIG_IGN
        if number == signal.SIGINT or not ignored:
            signal.signal(number, _leave)


def unwind() -> None:
    """From now on raise on a signal, so temporary files are removed. Only after `take_over`."""
    for number in handled():
        if signal.getsignal(number) is _leave:
            signal.signal(number, _unwind)


def unwinds() -> bool:
    """Whether signals are handled here."""
    return any(signal.getsignal(number) is _unwind for number in handled())


def handled() -> list[int]:
    """The signals that end the program."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # Windows has only the first two
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _leave(number: int, _frame: FrameType | None) -> None:
    _exit(128 + number)


def _unwind(number: int, _frame: FrameType | None) -> None:
    """Raise. Another signal does not disturb the clean-up, unless that takes too long.

    `cli.console.guard` sends the signal again then.
    """
    global _stopped_at
    if _stopped_at is None:
        _stopped_at = time.monotonic()
        if not hasattr(os, "fork"):
            _end_later(number)
        from pipeline import Stopped  # not above: the handlers should be set as early as possible

        raise Stopped(number)
    if time.monotonic() - _stopped_at > 0.9 * GRACE:
        _leave(number, None)


def _end_later(number: int) -> None:
    """In place of the guard, where no process can be forked."""
    import threading

    watchdog = threading.Timer(GRACE, _exit, (128 + number,))
    watchdog.daemon = True
    watchdog.start()

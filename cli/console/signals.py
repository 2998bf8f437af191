"""Ctrl-C and friends: quiet, quick, and with the exit code that shells expect."""

from __future__ import annotations

import os
import signal
from types import FrameType

GRACE = 1.5  # seconds for the clean-up; then the process ends, whatever still holds it


def take_over() -> None:
    """End at once on a signal, as long as there is nothing to tidy up.

    A hang-up that the caller ignores stays ignored: that is what nohup is for.
    """
    for number in _handled():
        ignored = signal.getsignal(number) is signal.SIG_IGN
        if number == signal.SIGINT or not ignored:
            signal.signal(number, _leave)


def unwind() -> None:
    """From here on unwind first, so that temporary files go. Without `take_over`, do nothing."""
    for number in _handled():
        if signal.getsignal(number) is _leave:
            signal.signal(number, _unwind)


def _handled() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _leave(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _unwind(number: int, _frame: FrameType | None) -> None:
    """Raise; a second signal, or an unwinding that gets stuck, ends the process at once."""
    import threading  # not above: the handlers should be in place as early as can be

    signal.signal(number, _leave)
    watchdog = threading.Timer(GRACE, os._exit, (128 + number,))
    watchdog.daemon = True
    watchdog.start()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)

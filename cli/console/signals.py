"""Signals such as Ctrl-C: the program ends quietly, quickly, with the usual exit code."""

from __future__ import annotations

import os
import signal
from types import FrameType

GRACE = 1.5  # seconds for the clean-up; then the process ends in any case


def take_over() -> None:
    """End at once on a signal, while there is nothing to clean up.

    SIGHUP and SIGTERM stay ignored if the caller ignores them, as nohup does with SIGHUP.
    """
    for number in _handled():
        ignored = signal.getsignal(number) is signal.SIG_IGN
        if number == signal.SIGINT or not ignored:
            signal.signal(number, _leave)


def unwind() -> None:
    """From now on raise on a signal, so temporary files are removed. Only after `take_over`."""
    for number in _handled():
        if signal.getsignal(number) is _leave:
            signal.signal(number, _unwind)


def _handled() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # Windows has only the first two
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _leave(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _unwind(number: int, _frame: FrameType | None) -> None:
    """Raise, once: further signals are ignored, so nothing interrupts the clean-up.

    A clean-up that hangs is ended after `GRACE` seconds.
    """
    for each in _handled():
        signal.signal(each, signal.SIG_IGN)
    import threading  # not above: the signal handlers should be set as early as possible

    watchdog = threading.Timer(GRACE, os._exit, (128 + number,))
    watchdog.daemon = True
    watchdog.start()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)

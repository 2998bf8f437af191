"""Ctrl-C and friends: quiet, quick, and with the exit code that shells expect."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143
GRACE = 1.5  # seconds for the clean-up; then the process ends, whatever still holds it


def take_over() -> None:
    """Handle interruption from here on; a signal that the caller ignores stays ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Unwind, so that temporary files go; a second signal, or a slow unwinding, ends at once."""
    code = 128 + number
    signal.signal(number, lambda *_: os._exit(code))
    watchdog = threading.Timer(GRACE, os._exit, (code,))
    watchdog.daemon = True
    watchdog.start()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(code)

"""A limit for the time that a film may take."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os import _exit
from types import FrameType

from cli.console import guard
from cli.console.language import say
from cli.console.signals import GRACE
from cli.console.streams import note
from exit_codes import TIMED_OUT
from pipeline import Stopped


class TimedOut(Stopped):
    """The film was not finished in time; `happened`: in this process, to any film."""

    happened = False
    exit_code = TIMED_OUT

    def __init__(self, seconds: float) -> None:
        super().__init__(signal.SIGALRM)
        self.seconds = seconds

    def __str__(self) -> str:
        return say("not finished within {seconds:g} s (--timeout)", seconds=self.seconds)


@contextmanager
def time_limit(seconds: float | None, film: str) -> Iterator[None]:
    """Raise `TimedOut` in the block, in which `film` is made, after so many seconds; None: never.

    If the block does not end then, the program ends: at once after the grace period of signals.
    """
    if seconds is None:
        yield
        return
    reached: list[float] = []  # when

    def ring(_number: int, _frame: FrameType | None) -> None:
        if not reached:
            TimedOut.happened = True
            reached.append(time.monotonic())
            raise TimedOut(seconds)
        if time.monotonic() - reached[0] > 0.9 * GRACE:
            note(say("Error: {message}", message=f"{film}: {TimedOut(seconds)}"))
            _exit(TIMED_OUT)

    before = signal.signal(signal.SIGALRM, ring)
    guard.watch_alarm(True)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        guard.watch_alarm(False)

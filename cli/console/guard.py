"""A process beside the program: it ends the program soon after a signal, whatever a scene does.

A scene may swallow what a signal handler raises, or sleep in its clean-up. In one long call of a C
library no handler of ours runs at all. But Python writes each signal's number to a pipe at once,
and the guard reads this pipe.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import NoReturn

from cli.console.language import say
from cli.console.signals import GRACE, handled, unwinds
from cli.console.streams import note

LAST = 0.25  # seconds that a handler of ours has to end the program
_ALARM_ON, _ALARM_OFF = 254, 255  # no signals have these numbers
_pipe: int | None = None  # to the guard


def start() -> None:
    """Fork the guard, once; not where the program does not handle signals itself."""
    global _pipe
    if _pipe is not None or not hasattr(os, "fork") or not unwinds():
        return
    inner, outer = os.pipe()
    program = os.getpid()
    if os.fork() == 0:
        _close_others(inner)
        _watch(inner, program)
    os.close(inner)
    os.set_blocking(outer, False)
    signal.set_wakeup_fd(outer, warn_on_full_buffer=False)
    _pipe = outer


def watch_alarm(on: bool) -> None:
    """Whether SIGALRM must end the program too; off: also after one that has come."""
    if _pipe is not None:
        os.write(_pipe, bytes([_ALARM_ON if on else _ALARM_OFF]))


def _close_others(pipe: int) -> None:
    """Close all that the program has open except standard error and `pipe`.

    Who reads the other end of the program's pipes would wait for the guard too.
    """
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(0, 2)
    os.closerange(3, pipe)
    os.closerange(pipe + 1, most if most > 0 else 65536)


def _watch(pipe: int, program: int) -> NoReturn:
    """Wait for a signal; if the program has not ended after `GRACE` seconds, end it."""
    os.setpgid(0, 0)  # Ctrl-C does not reach it
    ending = set(handled())
    for each in ending:
        signal.signal(each, signal.SIG_DFL)
    number, due = 0, 0.0  # the signal that has come, and when the program must have ended
    while os.getppid() == program:
        if select.select([pipe], [], [], 0.05 if number else 0.5)[0]:
            data = os.read(pipe, 64)
            if not data:
                break
            for byte in data:
                if byte == _ALARM_ON:
                    ending.add(signal.SIGALRM)
                elif byte == _ALARM_OFF:
                    ending.discard(signal.SIGALRM)
                    number = 0 if number == signal.SIGALRM else number
                elif byte in ending and not number:
                    number, due = byte, time.monotonic() + GRACE
        if number and time.monotonic() >= due:
            _end(program, number)
    os._exit(0)


def _end(program: int, number: int) -> None:
    """Send the signal again, so a handler can end the program with its exit code; else kill it."""
    os.kill(program, number)
    end = time.monotonic() + LAST
    while os.getppid() == program and time.monotonic() < end:
        time.sleep(0.02)
    if os.getppid() == program:
        note(say("The scene did not end: killed."))
        os.kill(program, signal.SIGKILL)
        os._exit(0)

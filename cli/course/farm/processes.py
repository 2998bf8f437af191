"""Processes of this machine that are started for a course."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import TypeVar

Task = TypeVar("Task")
_WARNINGS = "PYTHONWARNINGS"
_OF_TERMINALS = (
    {signal.SIGINT, signal.SIGQUIT, signal.SIGHUP} if hasattr(signal, "pthread_sigmask") else set()
)


@contextmanager
def process_beside(
    target: Callable[[Connection, Task], None], task: Task, patience: float = 0.0
) -> Iterator[Connection]:
    """A process that runs ``target(channel, task)``; the course's end of the channel.

    At the end of the block the channel is closed, and the process is killed if it has not ended
    within `patience` seconds.
    """
    context = multiprocessing.get_context("spawn")  # nothing of this process shall be there
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, task))
    with _quiet_children():
        process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(patience)
        process.kill()
        process.join()


@contextmanager
def _quiet_children() -> Iterator[None]:
    """Within the block processes are started that print no warnings and ignore Ctrl-C.

    They end when the course closes their channel. When they are ended at once, Python's own helper
    of such processes would warn of what they left.
    """
    before = os.environ.get(_WARNINGS)
    os.environ[_WARNINGS] = "ignore"
    resource_tracker.ensure_running()  # that helper; when it is started it lets Ctrl-C through
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINALS) if _OF_TERMINALS else set()
    try:
        yield
    finally:
        if _OF_TERMINALS:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        os.environ.pop(_WARNINGS)
        if before is not None:
            os.environ[_WARNINGS] = before

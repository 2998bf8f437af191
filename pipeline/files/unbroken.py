"""Steps that no signal may cut in two, such as the removal of a folder."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.job.signals import ENDING


@contextmanager
def unbroken() -> Iterator[None]:
    """Hold signals back until the end of the block; then the first one is handled as usual.

    Python runs handlers in the main thread, whichever thread the system chose. So in another
    thread there is nothing to hold back. The block must be short: nothing bounds its time.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handlers = {number: handler for number in ENDING if callable(handler := _handler(number))}
    for number in handlers:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _handler(number: int) -> object:
    return signal.getsignal(number)

"""SIGTERM as an exception, so that a terminated run tidies up as an interrupted one does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from exit_codes import TERMINATED


@contextmanager
def sigterm_exits() -> Iterator[None]:
    """Within the block SIGTERM raises ``SystemExit(143)``; only the main thread may set that.

    Ctrl-C needs no help: Python raises KeyboardInterrupt, which passes through the pipeline.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""Keeps Python's garbage collector from visiting a whole scene again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = 50_000, 20, 20


@contextmanager
def rare_collections() -> Iterator[None]:
    """Within the block, collect seldom, and only objects that were made in it.

    A scene makes many short-lived objects beside tens of thousands that stay. With its default
    thresholds the collector visits all of them each time: a tenth of the time to draw a film.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()

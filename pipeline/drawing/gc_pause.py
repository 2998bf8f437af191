"""Python's garbage collector, kept from going over a whole scene again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = 50_000, 20, 20


@contextmanager
def rare_collections() -> Iterator[None]:
    """In the block, collect seldom, and only what was made in it.

    A scene makes many short-lived objects beside ten thousands that stay, which the collector's
    own thresholds make it visit each time: about a tenth of the time to draw a film.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()

"""A file that appears complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield the path of a private file beside `target`; a clean exit moves it to `target`.

    No other run uses that path. Nobody ever sees half of the file: the move is atomic. Leaving by
    any exception removes the private file; one at `target` survives. Raises OSError.
    """
    # Not the target's name with an addition: that could be longer than a name may be.
    part = target.parent / f".gd-{os.urandom(6).hex()}.part"
    try:
        yield part
        os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)

"""A file that appears complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield the path of a private file beside `target`; a clean exit moves it to `target`.

    No other run uses that path. The move is atomic, so a reader never sees half of the file. On an
    exception the private file is removed, and a file at `target` stays as it was. Raises OSError.
    """
    # Not the target's name plus a suffix: that could be too long.
    part = target.parent / f".gd-{os.urandom(6).hex()}.part"
    try:
        yield part
        os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)

"""Where the cache lies, and how large it may grow."""

from __future__ import annotations

import os
from pathlib import Path

LIMIT = 2_000_000_000  # bytes: some hundred films at 1080p60, with their segments
VARIABLE = "GD_CACHE"
_NAME = "gradient-descent-films"
_LAYOUT = "1"  # of files within the folder


def cache_folder() -> Path | None:
    """The folder that ``GD_CACHE`` names, or the user's cache folder; None where there is none.

    A folder of its own below it, since what is removed there must be nobody else's.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute() / _LAYOUT
    import platformdirs

    try:
        return platformdirs.user_cache_path(_NAME, appauthor=False) / _LAYOUT
    except (RuntimeError, KeyError, OSError):  # a user without a home
        return None

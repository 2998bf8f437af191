"""Where the cache is, and how large it may become."""

from __future__ import annotations

import os
from pathlib import Path

LIMIT = 2_000_000_000  # bytes: about a hundred films at 1080p60, with their segments
VARIABLE = "GD_CACHE"
_NAME = "gradient-descent-films"
_LAYOUT = "1"  # of files within the folder


def cache_folder() -> Path | None:
    """A folder in the one that ``GD_CACHE`` names, or in the user's cache folder; None without any.

    It is a subfolder of our own, so that no file of another program is ever removed.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute() / _LAYOUT
    import platformdirs

    try:
        return platformdirs.user_cache_path(_NAME, appauthor=False) / _LAYOUT
    except (RuntimeError, KeyError, OSError):  # a user without a home
        return None

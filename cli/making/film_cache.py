"""The cache that the commands use for films."""

from __future__ import annotations

from pathlib import Path

import gdcore
import programs
import scenes
from pipeline import FilmCache, Store, cache_folder
from pipeline.cache import LIMIT

_SOURCES = tuple(Path(folder) for room in (gdcore, programs, scenes) for folder in room.__path__)


def film_cache(wanted: bool) -> FilmCache | None:
    """The cache for films; None if it is not `wanted`, or if this user has no cache folder."""
    folder = cache_folder() if wanted else None
    if folder is None:
        return None
    return kept_in(folder)


def kept_in(folder: Path) -> FilmCache:
    """The cache in this folder."""
    return FilmCache(Store(folder, LIMIT), _SOURCES)

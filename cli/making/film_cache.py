"""The cache that the commands use for films."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gdcore
import programs
import scenes
from pipeline import FilmCache, Store, cache_folder
from pipeline.cache import LIMIT

_SOURCES = tuple(Path(folder) for room in (gdcore, programs, scenes) for folder in room.__path__)


_chosen: Store | None = None  # within the block of `stored_in`


@contextmanager
def stored_in(store: Store | None) -> Iterator[None]:
    """Within the block films are kept in this store; None: where they usually are."""
    global _chosen
    before, _chosen = _chosen, store
    try:
        yield
    finally:
        _chosen = before


def film_store(limit: int = LIMIT) -> Store | None:
    """The store of this user's films, for `limit` bytes or more; None without a cache folder."""
    folder = cache_folder()
    return None if folder is None else Store(folder, max(limit, LIMIT))


def film_cache(wanted: bool) -> FilmCache | None:
    """The cache for films; None if it is not `wanted`, or if this user has no cache folder."""
    store = (_chosen or film_store()) if wanted else None
    return None if store is None else FilmCache(store, _SOURCES)


def kept_in(folder: Path) -> FilmCache:
    """The cache in this folder."""
    return FilmCache(Store(folder, LIMIT), _SOURCES)

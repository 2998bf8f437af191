"""The cache: which one a command uses, and ``cache``, which shows and empties it."""

from __future__ import annotations

from pathlib import Path

import gdcore
import lecture
import scenes
from cli.streams import put, put_json
from cli.tables import size, table
from exit_codes import UNAVAILABLE
from pipeline import FilmCache, PipelineError, Store, cache_folder
from pipeline.cache import LIMIT, Entry

ACTIONS = ("show", "prune", "clear")
MEGABYTE = 1_000_000
DEFAULT_LIMIT = LIMIT // MEGABYTE
_SOURCES = tuple(Path(folder) for room in (gdcore, lecture, scenes) for folder in room.__path__)


class NoCache(PipelineError):
    """This user has no folder for a cache."""

    exit_code = UNAVAILABLE


def film_cache(wanted: bool) -> FilmCache | None:
    """The cache for the films of the catalogue; None if none is wanted, or there is no place."""
    folder = cache_folder() if wanted else None
    if folder is None:
        return None
    return FilmCache(Store(folder, LIMIT), _SOURCES)


def manage(action: str, limit: int, as_json: bool) -> None:
    """Carry out one of ``ACTIONS`` and say what there is, or what was removed."""
    folder = cache_folder()
    if folder is None:
        raise NoCache("there is no home folder to keep a cache in: set GD_CACHE to a folder")
    store = Store(folder, LIMIT)
    removed: list[Entry] = []
    if action == "prune":
        removed = store.prune(limit)
    elif action == "clear":
        removed = store.clear()
    _tell(store, removed, action, as_json)


def _tell(store: Store, removed: list[Entry], action: str, as_json: bool) -> None:
    left, gone = store.entries(), sum(entry.size for entry in removed)
    total = sum(entry.size for entry in left)
    films = sum("film" in (store.look(entry.key) or {}) for entry in left)
    if as_json:
        put_json({
            "folder": str(store.folder), "entries": len(left), "films": films, "size": total,
            "limit": store.limit, "removed": {"entries": len(removed), "size": gone},
        })  # fmt: skip
        return
    rows = [
        ("folder", str(store.folder)),
        ("films", str(films)),
        ("segments", str(len(left) - films)),
        ("size", f"{size(total)} of at most {size(store.limit)}"),
    ]
    if action != "show":
        rows.append(("removed", f"{len(removed)} files, {size(gone)}"))
    for line in table(rows):
        put(line)

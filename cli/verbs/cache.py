"""``cache``: shows, prunes and clears the cache of films and segments."""

from __future__ import annotations

from cli.console.help import argument, command, option
from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import size, table
from cli.request.kinds import OneOf, between
from cli.request.options import debug_option, json_option, lang_option, together
from exit_codes import UNAVAILABLE
from pipeline import PipelineError, Store, cache_folder
from pipeline.cache import LIMIT, Entry
from pipeline.files.workspace import remove_abandoned_workspaces

ACTIONS = ("show", "prune", "clear")
MEGABYTE = 1_000_000
DEFAULT_LIMIT = LIMIT // MEGABYTE


class NoCache(PipelineError):
    """This user has no folder for a cache."""

    exit_code = UNAVAILABLE


@command("cache")
@argument("action", type=OneOf(ACTIONS), default="show", metavar="[ACTION]")
@option(
    "--limit", type=between(0, 1e6, whole=True), default=DEFAULT_LIMIT, show_default=True,
    help="The largest size that prune leaves, in megabytes.",
)  # fmt: skip
@json_option(help="Print one JSON document instead of a table.")
@together(lang_option, debug_option)
def cache(action: str, limit: int, as_json: bool) -> None:
    """Show, prune or clear the cache of finished films.

    ACTION is show (the default), prune (remove the films that were not used for longest) or clear
    (remove all, and the temporary folders that killed runs left). The cache is in the user's cache
    folder, or in the folder that the variable GD_CACHE names.

    \b
    Example:
      gd cache prune --limit 500
    """
    _manage(action, limit * MEGABYTE, as_json)


def _manage(action: str, limit: int, as_json: bool) -> None:
    """Do one of ``ACTIONS``; print what is in the cache and what was removed."""
    folder = cache_folder()
    if folder is None:
        raise NoCache("there is no home folder for a cache: set GD_CACHE to a folder")
    store = Store(folder, LIMIT)
    removed: list[Entry] = []
    if action == "prune":
        removed = store.prune(limit)
    elif action == "clear":
        removed = store.clear()
        remove_abandoned_workspaces()
    _show(store, removed, action, as_json)


def _show(store: Store, removed: list[Entry], action: str, as_json: bool) -> None:
    left, freed = store.entries(), sum(entry.size for entry in removed)
    total = sum(entry.size for entry in left)
    notes = [store.look(entry.key) or {} for entry in left]
    films, voices = (sum(kind in note for note in notes) for kind in ("film", "voice"))
    if as_json:
        put_json({
            "folder": str(store.folder), "entries": len(left), "films": films,
            "voices": voices, "size": total, "limit": store.limit,
            "removed": {"entries": len(removed), "size": freed},
        })  # fmt: skip
        return
    rows = [
        (say("folder"), str(store.folder)),
        (say("films"), str(films)),
        (say("segments"), str(len(left) - films - voices)),
        (say("voices"), str(voices)),
        (say("size"), say("{size} of at most {limit}", size=size(total), limit=size(store.limit))),
    ]
    if action != "show":
        told = say("{n:# file|# files}, {size}", n=len(removed), size=size(freed))
        rows.append((say("removed"), told))
    for line in table(rows):
        put(line)

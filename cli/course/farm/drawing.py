"""Draws a film into a store, with the commands of the course; their own files are thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli.course.farm.films import WantedFilm
from cli.course.running import Words, run
from cli.making.film_cache import stored_in
from pipeline import Store
from pipeline.files.workspace import workspace

_NOTHING = hashlib.sha256(b"").hexdigest()


class NotDrawn(Exception):
    """A command failed with this exit code; the text says why, in one line."""

    def __init__(self, reason: str, exit_code: int) -> None:
        super().__init__(reason)
        self.exit_code = exit_code


@dataclass(frozen=True)
class _Noting(Store):
    """A store that notes which films were found in it or put into it: their keys, and their notes.

    Segments of films do not count.
    """

    films: dict[str, dict[str, Any]] = field(default_factory=dict)

    def look(self, key: str) -> dict[str, Any] | None:
        """As in `Store`."""
        about = super().look(key)
        self._remember(key, about or {})
        return about

    def put(
        self, key: str, source: Path, sha256: str, about: dict[str, Any], prune: bool = True
    ) -> bool:
        """As in `Store`."""
        kept = super().put(key, source, sha256, about, prune)
        self._remember(key, about if kept else {})
        return kept

    def _remember(self, key: str, about: dict[str, Any]) -> None:
        if "film" in about:
            self.films[key] = about


def draw(commands: Sequence[Words], store: Store, **options: Any) -> Mapping[str, dict[str, Any]]:
    """Run the commands of a `WantedFilm`; the keys of the films in `store` that they need.

    With each key there is its note. `options` go to the commands, as ``jobs=1``. Raises NotDrawn,
    and what the commands raise.
    """
    noting = _Noting(store.folder, store.limit)
    with workspace() as folder, stored_in(noting):
        for number, (*words, file) in enumerate(commands):
            outcome = run((*words, f"{folder}/{number}/{file}"), quiet=True, **options)
            if outcome.exit_code:
                reason = outcome.document["failed"][0]["error"]
                raise NotDrawn(reason, outcome.exit_code)
    return noting.films


def draw_into(store: Store, film: WantedFilm, **options: Any) -> bool:
    """Draw a film, and note that it is in the store; whether this was possible.

    `options` go to its commands, as ``jobs=1``. Raises NotDrawn, and what the commands raise.
    """
    needs = draw(film.commands, store, **options)
    return give_receipt(store, film.receipt(), [*needs])


def is_drawn(store: Store, receipt: str) -> bool:
    """Whether all that a film needs is in the store, by the note that `give_receipt` has left."""
    about = store.look(receipt) or {}
    return "needs" in about and all(store.look(str(key)) is not None for key in about["needs"])


def undrawn(
    steps: Mapping[Words, Sequence[WantedFilm]], store: Store
) -> tuple[WantedFilm, ...]:  # fmt: skip
    """The films of these steps that may be drawn elsewhere and are not in the store, each once."""
    wanted = dict.fromkeys(film for films in steps.values() for film in films if film.is_sealed)
    return tuple(film for film in wanted if not is_drawn(store, film.receipt()))


def give_receipt(store: Store, receipt: str, needs: Sequence[str]) -> bool:
    """Note in the store that a film was drawn, and what it needs; whether this was possible."""
    with workspace() as folder:
        empty = folder / "empty"
        empty.touch()
        return store.put(receipt, empty, _NOTHING, {"needs": [*needs]}, prune=False)

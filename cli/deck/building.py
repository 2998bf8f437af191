"""Builds a deck: cuts its films into clips, and writes the slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.console.time_limit import TimedOut, time_limit
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck, FilmClips, deck_of
from cli.deck.writers import Writer
from cli.making.clips import film_clips
from cli.making.film_cache import film_cache
from cli.making.make import Failed, failure
from cli.making.orders import Order
from cli.making.voiced import voiced
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from pipeline.files.workspace import workspace


class FilmLost(Exception):
    """A film of the deck could not be made; ``failed`` says why, and it has been printed."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.message)
        self.failed = failed


@dataclass(frozen=True)
class Builder:
    """How decks are built: by which writer, and how their films are rendered.

    ``cached`` takes films from the cache that were made before, ``workers`` is the number of
    processes, ``timeout`` limits the seconds of one film.
    """

    wanted: DeckRequest
    writer: Writer
    quiet: bool
    cached: bool
    workers: int | None = None
    timeout: float | None = None

    def build(self, orders: Sequence[Order], path: Path) -> tuple[Deck, list[Path]]:
        """Write the deck of the orders at `path`: its slides, and all its files.

        Raises FilmLost, and what `published` raises. The clips are gone afterwards.
        """
        wanted = self.wanted
        with workspace() as folder:
            films = [
                self._film(order, folder / f"{number}") for number, order in enumerate(orders, 1)
            ]
            deck = deck_of(films, wanted.title, wanted.command, wanted.live is not None)
            outputs = self.writer.outputs(deck, path)
            modules = (order.job.scene.module for order in orders)
            refuse_inputs(outputs, [*modules, *orders[0].job.inputs, *self.wanted.inputs])
            with published(outputs) as parts:
                self.writer.write(deck, path, parts)
        return deck, outputs

    def size(self, orders: Sequence[Order], name: str) -> int:
        """The bytes of the deck of the orders, which is made for this only."""
        with workspace() as folder:
            _, files = self.build(orders, folder / name)
            return sum(file.stat().st_size for file in files)

    def _film(self, order: Order, folder: Path) -> FilmClips:
        cache, lang = film_cache(self.cached), order.request.asked.telling.lang
        try:
            with (
                time_limit(self.timeout, order.name),
                voiced([order], self.cached, self.quiet) as (told,),
            ):
                clips = film_clips(
                    told, folder, "question", lang, self.quiet, cache, self.workers
                )  # fmt: skip
        except (Exception, TimedOut) as error:
            raise FilmLost(failure(order, error)) from error
        return FilmClips(told, clips)

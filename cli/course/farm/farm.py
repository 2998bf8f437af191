"""The farm as the course sees it: films are drawn elsewhere, and are in the cache when waited for.

The engine is a process beside this one, which is killed with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

from cli.console.language import say, spoken
from cli.console.streams import note
from cli.course.farm.drawing import undrawn
from cli.course.farm.errand import Errand, Finished, GivenUp, Said, Told, Workers
from cli.course.farm.films import WantedFilm
from cli.course.farm.parcels import token_in
from cli.course.farm.place import Place
from cli.course.farm.processes import process_beside
from cli.course.farm.waiting import FilmsElsewhere, Watcher
from cli.course.running import Words
from exit_codes import IO_ERROR
from pipeline import CannotCreate, Store
from pipeline.files.workspace import workspace

_END = 1.0  # seconds in which the engine must end


class FarmLost(Exception):
    """The scheduler or all its workers cannot be reached, or are gone."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Farm(FilmsElsewhere):
    """Films that are being drawn at a place."""

    def __init__(
        self, channel: Connection, films: Sequence[WantedFilm],
        steps: Mapping[Words, Sequence[WantedFilm]], watcher: Watcher,
    ) -> None:  # fmt: skip
        super().__init__(films, steps, watcher)
        self._channel = channel
        self._count: int | None = None  # of the workers; not known yet

    @property
    def _workers(self) -> int:
        return self._count or 0

    def meet(self) -> None:
        """Wait until the scheduler answers. Raises FarmLost."""
        while self._count is None:
            self._hear(None)
        self._show()  # from now on the time counts

    def _hear(self, seconds: float | None) -> bool:
        """As the base says; None: for as long as it takes. Raises FarmLost."""
        try:
            if not self._channel.poll(seconds):
                return False
            said: Said = self._channel.recv()
        except (EOFError, OSError) as error:
            message = (
                "the process that hands out the films is gone; run the same command again: "
                "finished films are kept"
            )
            raise FarmLost(say(message), IO_ERROR) from error
        match said:
            case Finished(number):
                self._finish(number)
            case Workers(count):
                self._count = count
            case Told(text) if not self._watcher.quiet:
                self._watcher.clear()
                note(text)
            case GivenUp(text, exit_code):
                raise FarmLost(text, exit_code)
        return True


@contextmanager
def farm_at(
    place: Place, steps: Mapping[Words, Sequence[WantedFilm]], store: Store | None, watcher: Watcher
) -> Iterator[Farm | None]:
    """Have the films of these steps drawn at a place and put into `store`.

    None if the store has all of them. Nothing of the farm outlives the block. Raises CannotCreate
    without a store, and FarmLost.
    """
    if store is None:
        raise CannotCreate("there is no folder for the cache: set GD_CACHE")
    films = undrawn(steps, store)
    if not films:
        yield None
        return
    with workspace() as folder, token_in(store) as token:
        errand = Errand(place, films, store, token, folder, spoken())
        with process_beside(_serve, errand, _END) as channel:
            farm = Farm(channel, films, steps, watcher)
            farm.meet()
            yield farm


def _serve(channel: Connection, errand: Errand) -> None:
    """The engine's process: only here is `distributed` imported."""
    from cli.course.farm.process import serve

    serve(channel, errand)

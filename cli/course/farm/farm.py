"""The farm as the course sees it: films are drawn elsewhere, and are in the cache when waited for.

The engine is a process beside this one, which is killed with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Protocol

from cli.console.language import say, spoken
from cli.console.streams import note
from cli.course.farm.drawing import is_drawn
from cli.course.farm.errand import Errand, Finished, GivenUp, Said, Told, Workers
from cli.course.farm.films import WantedFilm
from cli.course.farm.parcels import token_in
from cli.course.farm.place import Place
from cli.course.running import Words
from exit_codes import IO_ERROR
from pipeline import CannotCreate, Store
from pipeline.files.workspace import workspace

_WARNINGS = "PYTHONWARNINGS"
_OF_TERMINALS = (
    {signal.SIGINT, signal.SIGQUIT, signal.SIGHUP} if hasattr(signal, "pthread_sigmask") else set()
)
_LOOK = 0.2  # seconds between two drawings of the progress
_END = 1.0  # seconds in which the engine must end


class FarmLost(Exception):
    """The scheduler or all its workers cannot be reached, or are gone."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Watcher(Protocol):
    """Shows how the farm gets on; with ``quiet`` only errors are printed."""

    quiet: bool

    def farmed(self, done: int, films: int, share: float, workers: int) -> None:
        """So many films of all are drawn; `share` of their estimated time."""

    def clear(self) -> None:
        """Remove what is on the screen, before a line is printed."""


class Farm:
    """Films that are being drawn elsewhere; `steps` says which films a step needs."""

    def __init__(
        self, channel: Connection, films: Sequence[WantedFilm],
        steps: Mapping[Words, Sequence[WantedFilm]], watcher: Watcher,
    ) -> None:  # fmt: skip
        self._channel, self._films, self._steps = channel, films, steps
        self._watcher, self._open = watcher, {*films}
        self._workers: int | None = None  # not known yet

    def meet(self) -> None:
        """Wait until the scheduler answers. Raises FarmLost."""
        while self._workers is None:
            self._hear()
        self._show()  # from now on the time counts

    def wait_for(self, step: Words) -> None:
        """Wait until the films of a step are in the cache, or must be drawn here.

        Raises FarmLost.
        """
        needed = {*self._steps.get(step, ())}
        heard = False
        while self._open and self._channel.poll():  # afterwards the engine ends
            self._hear()
            heard = True
        if heard:
            self._show()
        while needed & self._open:
            if self._channel.poll(_LOOK):
                self._hear()
            self._show()

    def _hear(self) -> None:
        try:
            said: Said = self._channel.recv()
        except (EOFError, OSError) as error:
            message = (
                "the process that hands out the films is gone; run the same command again: "
                "finished films are kept"
            )
            raise FarmLost(say(message), IO_ERROR) from error
        match said:
            case Finished(number):
                self._open.discard(self._films[number])
            case Workers(count):
                self._workers = count
            case Told(text) if not self._watcher.quiet:
                self._watcher.clear()
                note(text)
            case GivenUp(text, exit_code):
                raise FarmLost(text, exit_code)

    def _show(self) -> None:
        left, whole = (sum(film.seconds for film in films) for films in (self._open, self._films))
        done = len(self._films) - len(self._open)
        self._watcher.farmed(done, len(self._films), 1 - left / whole, self._workers or 0)


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
    wanted = dict.fromkeys(film for films in steps.values() for film in films if film.is_sealed)
    films = tuple(film for film in wanted if not is_drawn(store, film.receipt()))
    if not films:
        yield None
        return
    with workspace() as folder, token_in(store) as token:
        errand = Errand(place, films, store, token, folder, spoken())
        context = multiprocessing.get_context("spawn")  # nothing of this process shall be there
        ours, theirs = context.Pipe()
        engine = context.Process(target=_serve, args=(theirs, errand))
        with _quiet_children():
            engine.start()
        theirs.close()
        try:
            farm = Farm(ours, films, steps, watcher)
            farm.meet()
            yield farm
        finally:
            ours.close()
            engine.join(_END)
            engine.kill()
            engine.join()


@contextmanager
def _quiet_children() -> Iterator[None]:
    """Within the block processes are started that print no warnings and ignore Ctrl-C.

    They end when the course closes their channel. When the farm ends at once, Python's own helper
    of such processes would warn of what they left.
    """
    before = os.environ.get(_WARNINGS)
    os.environ[_WARNINGS] = "ignore"
    resource_tracker.ensure_running()  # that helper; when it is started it lets Ctrl-C through
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINALS) if _OF_TERMINALS else set()
    try:
        yield
    finally:
        if _OF_TERMINALS:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        os.environ.pop(_WARNINGS)
        if before is not None:
            os.environ[_WARNINGS] = before


def _serve(channel: Connection, errand: Errand) -> None:
    """The engine's process: only here is `distributed` imported."""
    from cli.course.farm.process import serve

    serve(channel, errand)

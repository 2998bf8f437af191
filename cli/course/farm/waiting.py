"""Films that other processes draw: a step waits until its own are in the cache."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Protocol

from cli.course.farm.films import WantedFilm
from cli.course.running import Words

_LOOK = 0.2  # seconds between two drawings of the progress


class Watcher(Protocol):
    """Shows how the drawing gets on; with ``quiet`` only errors are printed."""

    quiet: bool

    def farmed(self, done: int, films: int, share: float, workers: int) -> None:
        """So many films of all are drawn; `share` of their estimated time."""

    def clear(self) -> None:
        """Remove what is on the screen, before a line is printed."""


class FilmsElsewhere(ABC):
    """Films that are being drawn by other processes; `steps` says which films a step needs."""

    def __init__(
        self, films: Sequence[WantedFilm], steps: Mapping[Words, Sequence[WantedFilm]],
        watcher: Watcher,
    ) -> None:  # fmt: skip
        self._films, self._steps, self._watcher = films, steps, watcher
        self._open = {*films}

    @property
    @abstractmethod
    def _workers(self) -> int:
        """How many draw now."""

    @property
    def _begun(self) -> float:
        """How much is drawn of unfinished films, in estimated seconds, as far as it is known."""
        return 0.0

    @abstractmethod
    def _hear(self, seconds: float) -> bool:
        """Take in what was said, after at most so many seconds; whether there was something."""

    def wait_for(self, step: Words) -> None:
        """Wait until the films of a step are in the cache, or must be drawn here.

        Raises what `_hear` raises.
        """
        needed = {*self._steps.get(step, ())}
        heard = False
        while self._open and self._hear(0.0):  # afterwards nothing more is said
            heard = True
        if heard:
            self._show()
        while needed & self._open:
            self._hear(_LOOK)
            self._show()

    def _finish(self, number: int) -> None:
        """The film of this number is in the cache, or must be drawn here."""
        self._open.discard(self._films[number])

    def _show(self) -> None:
        left, whole = (sum(film.seconds for film in films) for films in (self._open, self._films))
        done = len(self._films) - len(self._open)
        share = 1 - (left - self._begun) / whole
        self._watcher.farmed(done, len(self._films), share, self._workers)

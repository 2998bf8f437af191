"""Films that processes of this machine draw side by side, one film each.

Two processes that share one film both play all of it, and draw only their parts; at a low quality
playing takes most of the time. So with many films each process had better draw its own.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from cli.console.language import speak, spoken
from cli.console.time_limit import TimedOut
from cli.course.farm.drawing import draw_into, undrawn
from cli.course.farm.films import WantedFilm
from cli.course.farm.processes import process_beside
from cli.course.farm.waiting import FilmsElsewhere, Watcher
from cli.course.running import Words
from cli.making.progress import Silent, reported_to
from pipeline import Progress, Rendered, Store
from pipeline.files.workspace import workspace
from pipeline.parallel.cores import cores

INTERVAL = 0.5  # seconds between two messages about a film that is being drawn
WORTHWHILE = 10.0  # seconds of drawing, below which starting processes takes more than they save


@dataclass(frozen=True)
class Task:
    """What each process of a crew is told; in ``folder`` they see which films are taken."""

    films: tuple[WantedFilm, ...]
    store: Store
    folder: Path
    lang: str
    timeout: float | None


@dataclass(frozen=True)
class Drawing:
    """The process draws the film of this number, and has drawn this share of it."""

    number: int
    share: float = 0.0


@dataclass(frozen=True)
class Ended:
    """The process has drawn its film, or could not: then the step will say why."""


class Crew(FilmsElsewhere):
    """Films that are being drawn side by side."""

    def __init__(
        self, channels: Sequence[Connection], films: Sequence[WantedFilm],
        steps: Mapping[Words, Sequence[WantedFilm]], watcher: Watcher,
    ) -> None:  # fmt: skip
        super().__init__(films, steps, watcher)
        self._drawing: dict[Connection, Drawing | None] = dict.fromkeys(channels)

    @property
    def _workers(self) -> int:
        return len(self._drawing)

    @property
    def _begun(self) -> float:
        drawing = filter(None, self._drawing.values())
        return sum(self._films[each.number].seconds * each.share for each in drawing)

    def _hear(self, seconds: float) -> bool:
        ready = wait([*self._drawing], seconds)
        for channel in [each for each in self._drawing if each in ready]:
            try:
                said: Drawing | Ended | None = channel.recv()
            except (EOFError, OSError):  # it has ended, or was killed
                said = None
            before = self._drawing[channel]
            self._drawing[channel] = said if isinstance(said, Drawing) else None
            if before is not None and not isinstance(said, Drawing):
                self._finish(before.number)
            if said is None:
                del self._drawing[channel]
        if not self._drawing:
            self._open.clear()
        return bool(ready)


@contextmanager
def crew_for(
    steps: Mapping[Words, Sequence[WantedFilm]], store: Store | None, watcher: Watcher, *,
    jobs: int | None, timeout: float | None,
) -> Iterator[Crew | None]:  # fmt: skip
    """Have the films of these steps drawn side by side, each in a process, and put into `store`.

    None if it would not be faster: then each film is drawn at its step, by all processes. Nothing
    of the crew outlives the block.
    """
    count = jobs or cores()
    films = () if store is None or count == 1 else undrawn(steps, store)
    seconds = sum(film.seconds for film in films)
    if store is None or len(films) < count or seconds < WORTHWHILE:
        yield None
        return
    with workspace() as folder, ExitStack() as stack:
        task = Task(films, store, folder, spoken(), timeout)
        channels = [stack.enter_context(process_beside(draw_films, task)) for _ in range(count)]
        yield Crew(channels, films, steps, watcher)


def draw_films(channel: Connection, task: Task) -> None:
    """Draw the films that no other process has taken; end with the course."""
    threading.Thread(target=_end_with, args=(channel,), daemon=True).start()
    os.environ["TMPDIR"] = tempfile.tempdir = str(task.folder)
    speak(task.lang)
    with suppress(OSError):  # of the channel, or of the folder: the course has ended
        for number, film in enumerate(task.films):
            if _is_taken(task.folder / f"film-{number}"):
                continue
            channel.send(Drawing(number))
            told = _Told(channel, number, len(film.commands))
            with reported_to(told), suppress(Exception, TimedOut):
                draw_into(task.store, film, jobs=1, timeout=task.timeout)
            channel.send(Ended())


class _Told(Silent):
    """Tells the course how much of a film is drawn; the film is drawn by so many commands."""

    def __init__(self, channel: Connection, number: int, commands: int) -> None:
        self._channel, self._number, self._commands = channel, number, commands
        self._ended, self._at = 0, 0.0

    def update(self, progress: Progress) -> None:
        """Tell it a few times a second."""
        now = time.monotonic()
        if progress.total and now - self._at > INTERVAL:
            self._at = now
            share = (self._ended + progress.done / progress.total) / self._commands
            self._channel.send(Drawing(self._number, share))

    def end(self, *rendered: Rendered) -> None:
        """The next command begins."""
        self._ended += 1


def _is_taken(mark: Path) -> bool:
    """Whether another process was here first; from now on this one was."""
    try:
        mark.open("x").close()
    except FileExistsError:
        return True
    return False


def _end_with(channel: Connection) -> None:
    """End this process at once when the course has ended."""
    with suppress(EOFError, OSError):
        channel.recv()
    os._exit(0)

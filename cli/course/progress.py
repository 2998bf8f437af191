"""One table of progress for a whole course: live on a terminal, a line for each step in a log."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Container, Iterator, Sequence

from cli.console.language import say
from cli.console.streams import note, printable, write_quietly
from cli.console.tables import clock, table
from cli.course.checking import Planned
from cli.course.running import Words
from cli.making.orders import Order
from cli.making.progress import BAR, INTERVAL
from pipeline import Progress, Rendered
from programs.columns import columns_of

_EARLY = 0.03  # a share of the films; until then the start of processes counts too much
UNKNOWN = 10.0  # seconds for a step whose time nobody knows


class CourseProgress:
    """Is told of steps by the course, and of frames by the films (it is a `Reporter`).

    For a log; with ``quiet`` it says nothing.
    """

    def __init__(self, planned: Sequence[Planned], quiet: bool) -> None:
        self.planned, self.quiet = planned, quiet
        self.done: list[Planned] = []
        self.kept = 0  # steps whose files were there already
        self.failed: set[str] = set()  # lessons
        self._begun = time.monotonic()
        self._drawn, self._expected = 0.0, 0.0  # seconds that drawn steps took, and should take
        self._step_begun, self._running, self._drawing = 0.0, False, False
        self.made_here: Container[Words] = ()  # steps that need no film that is drawn elsewhere
        self._farm_begun, self._farm_end = 0.0, 0.0  # of drawing elsewhere; the end is a guess
        self._farmed = 0.0  # how much is drawn there

    def start(self, step: Planned) -> None:
        """A step begins."""
        self._step_begun, self._running, self._drawing = time.monotonic(), True, False

    def finish(self, step: Planned, *, kept: bool = False, failed: bool = False) -> None:
        """A step has ended: its files were made, or there already, or it has failed."""
        seconds = time.monotonic() - self._step_begun
        self._running = False
        self.done.append(step)
        self.kept += kept
        if failed:
            self.failed.add(step.step.lesson)
        elif not kept and self._drawing:
            self._drawn += seconds
            self._expected += _seconds(step)
        if not self.quiet:
            self._told(step, seconds, kept, failed)

    def begin(self, order: Order) -> None:
        """A film begins."""

    def update(self, progress: Progress) -> None:
        """Frames were drawn: the step's time says something about the others."""
        self._drawing = True

    def end(self, *rendered: Rendered) -> None:
        """A film has ended."""

    def farmed(self, done: int, films: int, share: float, workers: int) -> None:
        """So many films of all are drawn elsewhere; `share` of their estimated time."""
        now = time.monotonic()
        self._farm_begun = self._farm_begun or now
        if share > max(self._farmed, _EARLY):  # else the time left goes on to shrink
            self._farmed = share
            self._farm_end = now + (now - self._farm_begun) * (1 - share) / share

    def clear(self) -> None:
        """Remove what is on the screen, before a line is printed."""

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begun

    def left(self) -> float:
        """The seconds that the other steps will take: the estimates, corrected by those so far.

        A step whose films are drawn elsewhere takes hardly any time; those films' own counts.
        """
        now = time.monotonic()
        pace = self._drawn / self._expected if self._expected else 1.0
        left = max(self._farm_end - now, 0.0) if self._farmed else 0.0
        for number, step in enumerate(self.planned[len(self.done) :]):
            if not self._farmed or step.step.words in self.made_here:
                spent = now - self._step_begun if self._running and number == 0 else 0.0
                left += max(pace * _seconds(step) - spent, 0.0)
        return left

    def _told(self, step: Planned, seconds: float, kept: bool, failed: bool) -> None:
        how = say("in {time}", time=clock(seconds))
        if kept:
            how = say("as before")
        if failed:
            how = say("failed")
        count = f"{len(self.done)}/{len(self.planned)}"
        note(f"{count}  {step.step.name}  {how}  {say('{time} left', time=clock(self.left()))}")


class LiveProgress(CourseProgress):
    """For a terminal: a row for each lesson, and one for the whole course."""

    _lines = 0  # of the table on the screen
    _at = 0.0  # when it was drawn
    _film = ""

    def begin(self, order: Order) -> None:
        """Show the film's name while manim is imported."""
        self._film = f"{order.name}: {say('starting')}"
        self._draw()

    def update(self, progress: Progress) -> None:
        """Draw the table, a few times a second."""
        super().update(progress)
        if time.monotonic() - self._at >= INTERVAL:
            name = self._film.partition(":")[0]
            frames = say("{n:# frame|# frames}", n=progress.done)
            self._film = f"{name}: {frames}  {progress.fps:.0f} fps"
            self._draw()

    def farmed(self, done: int, films: int, share: float, workers: int) -> None:
        """Show how many films are drawn, and how many workers draw."""
        super().farmed(done, films, share, workers)
        message = "{done} of {films:# film|# films} drawn, {workers:# worker|# workers}"
        self._film = say(message, done=done, films=films, workers=workers)
        self._draw()

    def clear(self) -> None:
        """Remove the table."""
        if self._lines:
            write_quietly(f"\x1b[{self._lines}F\x1b[J")
            self._lines = 0

    def _told(self, step: Planned, seconds: float, kept: bool, failed: bool) -> None:
        self._film = ""
        if len(self.done) < len(self.planned):
            self._draw()
        else:
            self.clear()

    def _draw(self) -> None:
        self._at = time.monotonic()
        size = shutil.get_terminal_size()
        rows = [*self._rows()]
        room = max(size.lines - 3, 1)
        current = next((n for n, row in enumerate(rows) if row[-1] == ""), len(rows))
        first = max(0, min(current - room // 2, len(rows) - room))
        lines = [*table(rows[first : first + room], right=(1,)), self._total()]
        self.clear()
        for line in lines:
            shown = printable(line)
            while columns_of(shown) > size.columns - 1:
                shown = shown[:-1]
            write_quietly(f"{shown}\n")
        self._lines = len(lines)

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Lesson, steps done of all, bar, and how it ended."""
        for name in dict.fromkeys(each.step.lesson for each in self.planned):
            total = sum(each.step.lesson == name for each in self.planned)
            done = sum(each.step.lesson == name for each in self.done)
            end = say("done") if done == total else ""
            yield (
                name,
                f"{done}/{total}",
                _bar(done, total),
                end if name not in self.failed else (say("failed")),
            )

    def _total(self) -> str:
        done, total = len(self.done), len(self.planned)
        left = say("{time} left", time=clock(self.left()))
        return f"{done}/{total}  {_bar(done, total)}  {left}  {self._film}"


def course_progress(planned: Sequence[Planned], quiet: bool) -> CourseProgress:
    """The suitable progress for standard error."""
    live = not quiet and sys.stderr is not None and sys.stderr.isatty()
    return LiveProgress(planned, quiet) if live else CourseProgress(planned, quiet)


def _bar(done: int, total: int) -> str:
    filled = BAR * done // max(total, 1)
    return f"[{'#' * filled}{'-' * (BAR - filled)}]"


def _seconds(step: Planned) -> float:
    return UNKNOWN if step.seconds is None else step.seconds

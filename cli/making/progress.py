"""Shows progress: a live bar on a terminal; elsewhere one line at the start and one at the end."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from cli.console.language import say
from cli.console.streams import note, printable, write_quietly
from cli.console.tables import clock, size
from cli.making.orders import Order
from pipeline import Progress, Rendered
from programs.columns import columns_of

INTERVAL = 0.1  # seconds between two drawings of the bar
BAR = 24  # characters


class Reporter(Protocol):
    """Its methods are called while one film is made."""

    def begin(self, order: Order) -> None:
        """The rendering starts; first it imports manim, which takes two seconds."""

    def update(self, progress: Progress) -> None:
        """Frames were drawn."""

    def end(self, *rendered: Rendered) -> None:
        """The film's files are finished; without any the rendering has failed."""


class Silent:
    """For ``--quiet``."""

    def begin(self, order: Order) -> None:
        """Nothing."""

    def update(self, progress: Progress) -> None:
        """Nothing."""

    def end(self, *rendered: Rendered) -> None:
        """Nothing."""


class Lines:
    """For a log: one line when a film begins and one when it is finished."""

    def begin(self, order: Order) -> None:
        """Print what will be rendered."""
        self._name, self._begun = order.name, time.monotonic()
        note(f"{self._name}: {_what(order)}")

    def update(self, progress: Progress) -> None:
        """Nothing: a log is not a terminal."""

    def end(self, *rendered: Rendered) -> None:
        """Print the result; an error has its own line."""
        if rendered:
            note(f"{self._name}: {_result(rendered, time.monotonic() - self._begun)}")


class Bar:
    """For a terminal: one line that is drawn again and again, in characters of every console."""

    def begin(self, order: Order) -> None:
        """Show the film's name while manim is imported."""
        self._order, self._begun, self._drawn = order, time.monotonic(), 0.0
        self._draw(f"{order.name}: {say('starting')}")

    def update(self, progress: Progress) -> None:
        """Draw the bar, a few times a second."""
        now = time.monotonic()
        if now - self._drawn >= INTERVAL:
            self._drawn = now
            self._draw(bar_line(self._order.name, progress, self._order.frames))

    def end(self, *rendered: Rendered) -> None:
        """Replace the bar by the result, or remove it."""
        if not rendered:
            self._draw("")
        else:
            result = _result(rendered, time.monotonic() - self._begun)
            self._draw(f"{self._order.name}: {result}", end="\n")

    def _draw(self, line: str, end: str = "") -> None:
        line = printable(line)
        room = shutil.get_terminal_size().columns - 1
        while columns_of(line) > room:
            line = line[:-1]
        # Carriage return and "erase to the end of the line", which every terminal knows.
        write_quietly(f"\r{line}\x1b[K{end}")


_chosen: Reporter | None = None  # within the block of `reported_to`


@contextmanager
def reported_to(chosen: Reporter) -> Iterator[None]:
    """Within the block every film is reported to `chosen`."""
    global _chosen
    before, _chosen = _chosen, chosen
    try:
        yield
    finally:
        _chosen = before


def reporter(quiet: bool) -> Reporter:
    """The suitable reporter for standard error."""
    if _chosen is not None:
        return _chosen
    if quiet:
        return Silent()
    return Bar() if sys.stderr is not None and sys.stderr.isatty() else Lines()


def bar_line(name: str, progress: Progress, expected: int | None) -> str:
    """``batch  [######------]  512/2640 frames  71 fps  0:30 left  first-steps``."""
    length = progress.total or expected
    told = f"{how_far(progress, expected)}  {progress.section}"
    if length is None:
        return f"{name}  {told}"
    filled = BAR * progress.done // max(length, progress.done)
    return f"{name}  [{'#' * filled}{'-' * (BAR - filled)}]  {told}"


def how_far(progress: Progress, expected: int | None) -> str:
    """``512/2640 frames  71 fps  0:30 left``; without a known length ``512 frames  71 fps``."""
    length = progress.total or expected
    if length is None:
        return f"{say('{n:# frame|# frames}', n=progress.done)}  {progress.fps:.0f} fps"
    total = max(length, progress.done)
    left = clock((total - progress.done) / progress.fps) if progress.fps > 0 else "?"
    return say(
        "{done}/{total} frames  {fps:.0f} fps  {left} left",
        done=progress.done, total=total, fps=progress.fps, left=left,
    )  # fmt: skip


def _what(order: Order) -> str:
    frame = order.job.frame
    form = say("{size} at {fps} fps", size=f"{frame.width}x{frame.height}", fps=frame.fps)
    if order.frames is None:  # not known of a scene file
        return form
    return say("{n:# frame|# frames} of {form}", n=order.frames, form=form)


def _result(rendered: Sequence[Rendered], seconds: float) -> str:
    sizes = " + ".join(size(file.size) for file in rendered)
    message = "{n:# frame|# frames}, {sizes}, in {time}"
    if all(file.cached for file in rendered):
        message = "from the cache: {n:# frame|# frames}, {sizes}, in {time}"
    return say(message, n=rendered[0].frames, sizes=sizes, time=clock(seconds))

"""The process that makes one film for a notebook: a command of `gd`, told in lines of JSON.

It reads a list from standard input: the words of the command, and whether to draw the usual bar on
a terminal. It writes to standard output objects with "done", "total" and "text", and at the end
one with the finished "file", its "title", "notes", "captions" and their "lang", or one with the
"error" and its "exit_code".

A process of its own can fork its workers, which beside the threads of a notebook is not safe. It
keeps what manim sets to itself, and ends cleanly when it is interrupted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli.making.orders import Order
    from cli.making.progress import Reporter
    from pipeline import Progress, Rendered

INTERVAL = 0.2  # seconds between two messages of progress


class Messages:
    """Writes to who started this process; what a scene prints goes to standard error."""

    def __init__(self) -> None:
        self._stream = os.fdopen(os.dup(1), "w", encoding="ascii")
        os.dup2(2, 1)

    def send(self, **message: Any) -> None:
        """Write one message. Raises Stopped if nobody reads it: the notebook has gone."""
        from pipeline import Stopped

        try:
            self._stream.write(json.dumps(message) + "\n")
            self._stream.flush()
        except BrokenPipeError:
            raise Stopped(signal.SIGTERM) from None


class Told:
    """A `Reporter` that passes everything on to another one, and sends messages.

    After the film there is its ``title``, ``captions`` holds start, end and text of those in the
    picture, and ``lang`` is their language: a film of the catalogue has them in its file only if
    asked for. A scene file has its own, and no ``captions``.
    """

    def __init__(self, messages: Messages, other: Reporter) -> None:
        self._messages, self._other, self._sent = messages, other, 0.0
        self.captions: list[tuple[float, float, str]] = []
        self.lang: str | None = None
        self.title = ""

    def begin(self, order: Order) -> None:
        """A film begins."""
        self._order = order
        self.title = order.job.title or order.film.name
        self._other.begin(order)

    def update(self, progress: Progress) -> None:
        """Tell how far the film is, a few times a second."""
        from cli.making.progress import how_far

        self._other.update(progress)
        if time.monotonic() - self._sent >= INTERVAL:
            self._sent = time.monotonic()
            text = f"{self._order.name}  {how_far(progress, self._order.frames)}"
            total = progress.total or self._order.frames
            self._messages.send(done=progress.done, total=total, text=text)

    def end(self, *rendered: Rendered) -> None:
        """A film has ended."""
        from cli.lecture.subtitles import subtitles
        from scenes import Film

        self._other.end(*rendered)
        if rendered and isinstance(self._order.film, Film):
            said = subtitles(rendered[0].cues, rendered[0].fps, "captions")
            self.captions = [(each.start, each.end, each.text) for each in said]
            self.lang = self._order.request.asked.telling.lang


def main() -> None:
    """Make the film; exit with the code of the command."""
    from cli.start import prepare

    prepare()
    words, on_terminal = json.load(sys.stdin)
    from cli.console.help import translate_click
    from cli.console.language import asked_language, speak
    from cli.console.signals import unwind
    from cli.console.streams import leave
    from cli.console.time_limit import TimedOut
    from cli.making.progress import Bar, Silent
    from pipeline import Stopped

    unwind()
    translate_click()
    speak(asked_language(words))
    messages = Messages()
    on_terminal = on_terminal and sys.stderr is not None and sys.stderr.isatty()
    try:
        code = _make(words, messages, Told(messages, Bar() if on_terminal else Silent()))
    except Stopped as stopped:
        code = 128 + stopped.number
    if TimedOut.happened:  # Python would wait for the threads of that scene
        leave(code)
    sys.exit(code)


def _make(words: list[str], messages: Messages, told: Told) -> int:
    from cli.course.running import run
    from cli.making.progress import reported_to
    from gd_films.errors import described

    try:
        with reported_to(told):
            outcome = run(words)
    except Exception as error:
        message, code = described(error)
        messages.send(error=message, exit_code=code)
        return code
    if outcome.exit_code:
        message = outcome.document["failed"][0]["error"]
        messages.send(error=message, exit_code=outcome.exit_code)
    else:
        messages.send(
            file=outcome.document["files"][0], notes=outcome.notes,
            captions=told.captions, lang=told.lang, title=told.title,
        )  # fmt: skip
    return outcome.exit_code


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the code that it belongs to
    main()

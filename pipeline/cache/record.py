"""The questions that films asked while they were made, with the answers of that moment."""

from __future__ import annotations

import json
import mmap
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pipeline.cache.questions import (
    Answer,
    Kind,
    Question,
    Stamp,
    answer,
    is_installed,
    is_unknowable,
    stamp,
)
from pipeline.job.result import Notice

_CHANGED = "changed"  # an answer that no question has
_NO_TEMPORARY_FILE = Notice("no temporary file could be written")


class Earlier:
    """What earlier films of this process asked, and the paths of those films.

    It may still be in memory: manim keeps each SVG that it read, and a package may keep what it
    read. Then a later film does not ask again, and still depends on it.
    """

    def __init__(self) -> None:
        self.asked: dict[Question, tuple[Answer, Stamp]] = {}
        self.outputs: set[str] = set()
        self.is_unknown = False


EARLIER = Earlier()


class Record:
    """What the films at `outputs` ask, whose scene files are in the folders `scenes`.

    Forked processes write what they ask to a file that they share. `own` holds folders and files of
    ours, which are left out; so is what a film made itself before it read it.
    """

    def __init__(
        self, outputs: Iterable[Path], scenes: Iterable[Path], own: Iterable[str | Path]
    ) -> None:
        self._owner, self._shared = os.getpid(), _shared_file()
        self._scenes = tuple(os.path.join(folder, "") for folder in scenes)
        self._asked: dict[Question, tuple[Answer, Stamp]] = {}
        self._made: set[str] = set()
        self._unknown = mmap.mmap(-1, 1)  # one byte, which forked processes share
        self._why: Notice | None = None  # that byte was set, if this process set it
        self.own: tuple[str, ...] = ()
        self.leave_out(own)
        EARLIER.outputs.update(os.path.realpath(path) for path in outputs)
        if self._shared is None:
            self.give_up(_NO_TEMPORARY_FILE)
        if EARLIER.is_unknown:
            self.give_up(Notice("a film before it, of the same command, cannot be kept"))
        for module in [*sys.modules.values()]:
            file = getattr(module, "__file__", None)
            if isinstance(file, str):
                self.ask("content", os.path.abspath(file))

    @property
    def outputs(self) -> list[str]:
        """The paths of the films, also of earlier ones."""
        return sorted(EARLIER.outputs)

    def leave_out(self, own: Iterable[str | os.PathLike[str]]) -> None:
        """Ask nothing about the files and folders `own`."""
        self.own += tuple(os.path.abspath(path) for path in own)

    def leaves_out(self, path: str) -> bool:
        """Whether nothing is asked about a path."""
        return self._is_own(path) or is_installed(path, self._scenes) or self._is_made(path)

    def _is_own(self, path: str) -> bool:
        return any(path == own or path.startswith(own + os.sep) for own in self.own)

    def _is_made(self, path: str) -> bool:
        """Whether the film made this file, or a folder that it is in."""
        place = path
        while place not in self._made:
            above = os.path.dirname(place)
            if above == place:
                return False
            place = above
        return True

    def give_up(self, why: Notice) -> None:
        """Say that the films depend on something that cannot be asked again."""
        self._unknown[0] = 1
        self._why = self._why or why

    def ask(self, kind: Kind, path: str) -> None:
        """Record a question with its answer at this moment."""
        if kind != "variable" and self.leaves_out(path):
            return
        seen = None
        if kind == "content":
            if is_unknowable(path):
                self.give_up(Notice("it read {path!r}, which is no ordinary file", path=path))
                return
            # The stamp comes first: whatever is written from now on changes it.
            seen = stamp(path)
            if self._asked.get((kind, path), (None, ()))[1] == seen:
                return
        question = (kind, path)
        self._add(question, answer(question, EARLIER.outputs), seen)

    def write(self, path: str, anew: bool) -> None:
        """Record that a file is about to be written (`anew`: from its beginning) or a folder made.

        A file that a film writes before it reads it is no input.
        """
        if ("content", path) not in self._asked and (anew or stamp(path) is None):
            self._made.add(path)

    def kept(self) -> list[tuple[Kind, str, Answer]] | Notice:
        """All questions, if each still has its answer, and a film can be kept; else why not."""
        self._gather()
        asked = EARLIER.asked | self._asked
        if self._unknown[0]:
            return self._why or Notice("it used something that cannot be looked at again")
        for question, found in asked.items():
            if not _holds(question, found):
                return Notice("{path!r} is not as it was", path=question[1])
        return [(*question, asked[question][0]) for question in sorted(asked)]

    def close(self) -> None:
        """Leave all that was asked to later films."""
        self._gather()
        EARLIER.asked |= self._asked
        for path in self._made:
            EARLIER.asked.pop(("content", path), None)
            if os.path.isfile(path) and not self._is_own(path):
                question: Question = ("content", path)
                EARLIER.asked[question] = (answer(question), stamp(path))
        EARLIER.is_unknown = bool(self._unknown[0])
        if self._shared is not None:
            self._shared.close()

    def _add(self, question: Question, found: Answer, seen: Stamp) -> None:
        before = self._asked.get(question)
        if before is not None and before[0] == found:
            return
        if before is not None:
            found = _CHANGED
        self._asked[question] = (found, seen)
        if os.getpid() != self._owner and self._shared is not None:
            line = json.dumps([*question, found, seen]).encode() + b"\n"
            try:
                os.write(self._shared.fileno(), line)
            except OSError:  # a full disk
                self.give_up(_NO_TEMPORARY_FILE)

    def _gather(self) -> None:
        """Add what the forked processes wrote."""
        if self._shared is None or self._shared.closed:
            return
        self._shared.seek(0)
        for line in self._shared.read().splitlines():
            try:
                kind, path, found, seen = json.loads(line)
            except ValueError:  # half a line
                self.give_up(_NO_TEMPORARY_FILE)
                continue
            self._add((kind, path), found, None if seen is None else tuple(seen))


def _holds(question: Question, asked: tuple[Answer, Stamp]) -> bool:
    found, seen = asked
    if question[0] == "content" and stamp(question[1]) != seen:
        return False
    return answer(question, EARLIER.outputs) == found


def _shared_file() -> IO[bytes] | None:
    """A file without a name, unbuffered: the parent sees at once what forked processes write."""
    with suppress(OSError):  # a rendering that needs a temporary file reports this error itself
        return TemporaryFile(buffering=0)
    return None

"""A voice from any program that writes a sound file."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.job.errors import JobError
from voice.errors import NoVoice
from voice.line import Line
from voice.program import LIMIT, run
from voice.symbols import spelled

_BLANK = re.compile(r"\{(wav|text|lang)\}")


@dataclass(frozen=True, slots=True)
class Command:
    """A program, given as `words`, in which ``{wav}``, ``{text}`` and ``{lang}`` are filled in.

    Without ``{text}`` it reads the text from its standard input. `limit` is in seconds.
    """

    words: tuple[str, ...]
    limit: float = LIMIT

    @classmethod
    def read(cls, text: str) -> Command:
        """The program that a command line names, as a shell would split it; no shell runs it.

        Raises `JobError` if it has no ``{wav}`` or cannot be split.
        """
        try:
            words = tuple(shlex.split(text))
        except ValueError as error:
            raise JobError("{text!r} has a quotation mark without its end", text=text) from error
        if not any("{wav}" in word for word in words[1:]):
            raise JobError(
                "{text!r} must hold a program and {{wav}}, the file that it writes", text=text
            )
        return cls(words)

    def check(self, lines: Sequence[Line]) -> None:
        """Raise `NoVoice` if there is no such program."""
        if shutil.which(self.words[0]) is None:
            raise NoVoice(
                "there is no program {program!r}: install it, or write its whole path",
                program=self.words[0],
            )

    def about(self, line: Line) -> tuple[object, ...]:
        """The program and the text; also time and size of the files that the words name."""
        program = shutil.which(self.words[0]) or ""
        files = tuple(_stamp(word) for word in (program, *self.words[1:]))
        return "command", self.words, files, spelled(line.text, line.lang), line.lang

    def inputs(self, line: Line) -> tuple[Path, ...]:
        """The files that the words name: a model, say."""
        return tuple(Path(word) for word in self.words[1:] if _stamp(word))

    def say(self, line: Line, folder: Path) -> Path:
        """Let the program speak the line."""
        wav, text = folder / "voice.wav", spelled(line.text, line.lang)
        filled = {"wav": str(wav), "text": text, "lang": line.lang}
        words = [_BLANK.sub(lambda blank: filled[blank[1]], word) for word in self.words]
        reads = not any("{text}" in word for word in self.words)
        run(words, text if reads else None, wav, self.limit)
        return wav

    def unusable(self, line: Line, reason: object) -> Exception:
        """The error for what the program wrote."""
        message = "the sound file that {program} wrote cannot be used: {why}"
        return NoVoice(message, program=self.words[0], why=reason)


def _stamp(word: str) -> tuple[int, int] | None:
    """Time and size of a file that a word names: a model, say."""
    try:
        status = os.stat(word)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size

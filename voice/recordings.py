"""A lecturer's own recordings, one file for each cue."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.errors import BadRecording
from voice.line import Line

ENDINGS = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac")
"""of files that count as recordings; libav reads them all"""


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings in a folder: ``batch-01.wav`` or another ending."""

    folder: Path

    def check(self, lines: Sequence[Line]) -> None:
        """Raise `BadRecording` with the names of all that are missing or there twice."""
        found = {line.name: self.files(line) for line in lines}
        if missing := [f"{name}.wav" for name, files in found.items() if not files]:
            raise BadRecording(
                "the folder {folder!r} lacks recordings: {names}",
                folder=str(self.folder),
                names=", ".join(missing),
            )
        if double := [file.name for files in found.values() if len(files) > 1 for file in files]:
            raise BadRecording(
                "the folder {folder!r} has several recordings of one cue, keep one: {names}",
                folder=str(self.folder),
                names=", ".join(double),
            )

    def files(self, line: Line) -> list[Path]:
        """The recordings of a line: one, if all is well."""
        try:
            names = sorted(path for path in self.folder.iterdir() if path.stem == line.name)
        except OSError as error:
            raise BadRecording(
                "the folder {folder!r} cannot be read: {reason}",
                folder=str(self.folder),
                reason=error.strerror or str(error),
            ) from error
        return [path for path in names if path.suffix.casefold() in ENDINGS]

    def about(self, line: Line) -> tuple[object, ...]:
        """The content of the recording."""
        (path,) = self.files(line)
        try:
            with path.open("rb") as file:
                return "recording", hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise self.unusable(line, error.strerror or str(error)) from error

    def inputs(self, line: Line) -> tuple[Path, ...]:
        """The recording."""
        return tuple(self.files(line))

    def say(self, line: Line, folder: Path) -> Path:
        """The recording."""
        (path,) = self.files(line)
        return path

    def unusable(self, line: Line, reason: object) -> Exception:
        """The error for a recording that cannot be used."""
        names = ", ".join(str(path) for path in self.files(line))
        return BadRecording("the recording {name!r} cannot be used: {why}", name=names, why=reason)

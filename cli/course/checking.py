"""Checks every step of a course before anything is drawn: each command runs with --dry-run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from cli.console.failures import FILM, BadData, BadValue, one_line
from cli.console.language import say
from cli.course.course import Course
from cli.course.plan import Step
from cli.course.running import run
from pipeline import JobError

N = TypeVar("N", int, float)
_OPTION = re.compile(r"--([a-z0-9-]+)")


@dataclass(frozen=True)
class Expected:
    """A file (or a folder of clips) that a step will make; None: not known before it is made."""

    path: str
    frames: int | None = None
    seconds: float | None = None
    size: int | None = None


@dataclass(frozen=True)
class Planned:
    """A step that was checked, and what it will make."""

    step: Step
    files: tuple[Expected, ...]

    @property
    def seconds(self) -> float | None:
        """The estimated time; None if that of one file is not known."""
        return _total([file.seconds for file in self.files])


def checked(course: Course, steps: Sequence[Step]) -> tuple[Planned, ...]:
    """The steps with their files. Raises BadData with the line for the first one that is wrong."""
    made = tuple(_planned(course, step) for step in steps)
    first: dict[str, Step] = {}
    for planned in made:
        for file in planned.files:
            other = first.setdefault(PurePath(file.path).as_posix().casefold(), planned.step)
            if other is not planned.step:
                message = (
                    "{path!r} would be made twice: by {first} and by {second}; rename one of the "
                    "files, or use two lessons"
                )
                told = say(message, path=file.path, first=other.name, second=planned.step.name)
                raise course.error(planned.step.line, told)
    return made


def _planned(course: Course, step: Step) -> Planned:
    try:
        outcome = run(step.words, dry_run=True, quiet=True)
    except (BadValue, BadData, JobError) as error:
        text = one_line(error)
        named = _OPTION.match(text)
        line = step.lines.get(named[1], step.line) if named else step.line
        text = text.removeprefix("--").removeprefix(say(FILM)).lstrip()
        told = f"{step.lesson}, {', '.join(step.films)}, {step.product}: {text}"
        raise course.error(line, told) from error
    rows: dict[str, list[Expected]] = {str(path): [] for path in outcome.paths}
    for row in outcome.document.get("files", ()):
        expected = Expected(
            row["path"], row["frames"], row["estimated_seconds"], row["estimated_size"]
        )
        rows.setdefault(row["path"], []).append(expected)
    return Planned(step, tuple(_together(path, parts) for path, parts in rows.items()))


def _together(path: str, parts: Sequence[Expected]) -> Expected:
    """One file of several films."""
    if not parts:
        return Expected(path)
    return Expected(
        path,
        _total([part.frames for part in parts]),
        _total([part.seconds for part in parts]),
        _total([part.size for part in parts]),
    )


def _total(values: Sequence[N | None]) -> N | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None

"""A course: what a lecturer's file says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.console.failures import BadData


@dataclass(frozen=True)
class Setting:
    """The value of a key, and the line of the file where it stands.

    ``own`` says that it stands in the lesson: a default is left out where a film does not take it.
    """

    value: Any
    line: int
    own: bool


@dataclass(frozen=True)
class Settings:
    """The values of keys: for all products, and for one of them."""

    all: Mapping[str, Setting]
    of: Mapping[str, Mapping[str, Setting]]


@dataclass(frozen=True)
class CourseLesson:
    """A table ``[[lesson]]``: its films, its products, its settings."""

    name: str
    line: int
    films: tuple[str, ...]
    make: tuple[str, ...]
    settings: Settings


@dataclass(frozen=True)
class Course:
    """The whole file; the title is empty if it has none.

    ``output`` is the folder of all files, from the folder of the course.
    """

    path: Path
    title: str
    output: str
    defaults: Settings
    lessons: tuple[CourseLesson, ...]

    def error(self, line: int, message: str) -> BadData:
        """An error in the file."""
        return error_at(self.path, line, message)


def error_at(path: Path, line: int, message: str) -> BadData:
    """An error in a line of a file."""
    return BadData(f"{path}:{line}: {message}")

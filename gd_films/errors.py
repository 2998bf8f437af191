"""What goes wrong, as exceptions. Each text is the line that the command prints, but for names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cli.console.failures import FILM, one_line
from cli.console.language import say
from exit_codes import BAD_DATA, INTERNAL, USAGE


class FilmNotMade(Exception):
    """A film or its numbers could not be made. ``exit_code`` is that of the command."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the line that says it. The rest would be our own code."""
        return [f"{type(self).__name__}: {self}"]


class WrongRequest(FilmNotMade, ValueError):
    """The film's name, an option or the data are wrong."""


def failure(message: str, exit_code: int) -> FilmNotMade:
    """The suitable exception for an exit code. Options are called as the keywords are."""
    kind = WrongRequest if exit_code in (USAGE, BAD_DATA) else FilmNotMade
    message = message.removeprefix("--").removeprefix(f"{say(FILM)} ")
    if message.startswith("-o "):
        message = message.replace("-o", "output", 1)
    return kind(message, exit_code)


def described(error: Exception) -> tuple[str, int]:
    """The line and the exit code of what a command raised."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        return one_line(error), code
    return f"{type(error).__name__}: {one_line(error)}", INTERNAL


@contextmanager
def as_failures() -> Iterator[None]:
    """Within the block what a command raises becomes WrongRequest or FilmNotMade."""
    try:
        yield
    except FilmNotMade:
        raise
    except Exception as error:
        message, code = described(error)
        raise failure(message, code) from (error if code == INTERNAL else None)

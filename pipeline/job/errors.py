"""The errors of the pipeline, each with its exit code (sysexits.h).

An exception of the scene passes through unchanged if it has an integer ``exit_code`` (bad data, a
missing glyph); any other becomes a `SceneFailed`.
"""

from __future__ import annotations

from collections.abc import Iterable

from exit_codes import CANNOT_CREATE, IO_ERROR, SCENE_RAISED, UNAVAILABLE, USAGE


class PipelineError(Exception):
    """One clear line that says what is wrong and, where possible, what to do."""

    exit_code = SCENE_RAISED


class JobError(PipelineError, ValueError):
    """The job asks for something impossible: a size, a rate, a name."""

    exit_code = USAGE


class NotFound(JobError):
    """No scene or section has that `name`; `known` are the existing names."""

    def __init__(self, message: str, name: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.name, self.known = name, tuple(known)


class SceneFailed(PipelineError):
    """The scene raised; the message names the scene, its section and the film's time."""

    exit_code = SCENE_RAISED


class CodecMissing(PipelineError):
    """This PyAV was built without an encoder that the job needs."""

    exit_code = UNAVAILABLE


class CannotCreate(PipelineError):
    """The output cannot be created at its path; nothing was rendered."""

    exit_code = CANNOT_CREATE


class WriteFailed(PipelineError):
    """Writing or verifying the output failed (disk full, I/O error); the old file is intact."""

    exit_code = IO_ERROR


def not_found(kind: str, name: str, known: Iterable[str]) -> NotFound:
    """An error that lists the known names."""
    names = list(dict.fromkeys(known))
    if not names:
        return NotFound(f"there is no {kind} {name!r}: there are no {kind}s")
    return NotFound(f"there is no {kind} {name!r}; there is: {', '.join(names)}", name, names)

"""What can go wrong on the way from a scene to a file, each with its exit code (sysexits.h).

An exception that the scene itself raises passes through unchanged when it carries an integer
``exit_code`` (bad data, a missing glyph); any other becomes a `SceneFailed`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

USAGE, SCENE_RAISED, BAD_DATA, UNAVAILABLE, CANNOT_CREATE, IO_ERROR = 2, 1, 65, 69, 73, 74
INTERRUPTED, TERMINATED = 130, 143


class PipelineError(Exception):
    """One clear line that names the thing and, where there is one, the remedy."""

    exit_code = SCENE_RAISED


class JobError(PipelineError, ValueError):
    """The job asks for something that cannot be: a size, a rate, a name."""

    exit_code = USAGE


class NotFound(JobError):
    """No scene or section of that name."""


class SceneFailed(PipelineError):
    """The scene raised; the message names the scene, its section and the film's time."""

    exit_code = SCENE_RAISED


class CodecMissing(PipelineError):
    """This PyAV was built without an encoder that the job needs."""

    exit_code = UNAVAILABLE


class CannotCreate(PipelineError):
    """The output cannot be created where it was asked for; nothing was rendered."""

    exit_code = CANNOT_CREATE


class WriteFailed(PipelineError):
    """Writing or verifying the output failed (disk full, I/O error); the old file is intact."""

    exit_code = IO_ERROR


def not_found(kind: str, name: str, known: Iterable[str]) -> NotFound:
    """An error that lists the known names, the nearest to `name` first."""
    names = list(dict.fromkeys(known))
    if not names:
        return NotFound(f"there is no {kind} {name!r}: there is none at all")
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    rest = [other for other in names if other not in near]
    return NotFound(f"there is no {kind} {name!r}; there is: {', '.join(near + rest)}")

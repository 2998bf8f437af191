"""The errors of the pipeline, each with its exit code (sysexits.h).

An exception of the scene passes through unchanged if its ``exit_code`` is `BAD_DATA` (a missing
glyph, say) or `UNAVAILABLE`. Any other becomes a `SceneFailed`, also one that would end Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exit_codes import (
    BAD_DATA,
    CANNOT_CREATE,
    IO_ERROR,
    SCENE_RAISED,
    UNAVAILABLE,
    USAGE,
)
from pipeline.job.result import Notice

DELIBERATE = (BAD_DATA, UNAVAILABLE)  # what an exception of the scene may have as its exit code


class Stopped(BaseException):
    """The caller's handler of signal `number` raises it: rendering ends, with its clean-up.

    It is no `Exception`, and none of Python's own exits, so that a scene's are not taken for it.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class OneProcessNeeded(BaseException):
    """The scene does what must not happen in several processes; `why` says it."""

    def __init__(self, why: Notice) -> None:
        super().__init__(why)
        self.why = why


class Explained(Exception):
    """An error whose English text is ``template`` with ``values`` filled in by `str.format`.

    Who says it in another language looks the template up and fills in the values.
    """

    def __init__(self, template: str, **values: Any) -> None:
        # A text without values may hold braces: it may be another error's.
        super().__init__(template.format(**values) if values else template)
        self.template, self.values = template, values


class PipelineError(Explained):
    """One clear line that says what is wrong and, where possible, what to do."""

    exit_code = SCENE_RAISED


class JobError(PipelineError, ValueError):
    """The job asks for something impossible: a size, a rate, a name."""

    exit_code = USAGE


class NotFound(JobError):
    """No scene or section has that `name`; `known` are the existing names."""

    def __init__(self, template: str, known: Iterable[str] = (), **values: Any) -> None:
        super().__init__(template, **values)
        self.name, self.known = str(values.get("name", "")), tuple(known)


class SceneFailed(PipelineError):
    """The scene raised; the message names the scene, its section and the film's time."""

    exit_code = SCENE_RAISED


class BadSettings(PipelineError):
    """manim cannot use what its configuration files say."""

    exit_code = BAD_DATA


class CodecMissing(PipelineError):
    """This PyAV was built without an encoder that the job needs."""

    exit_code = UNAVAILABLE


class ProgramMissing(PipelineError):
    """The scene needs a program that is not installed."""

    exit_code = UNAVAILABLE


class CannotCreate(PipelineError):
    """The output cannot be created at its path; nothing was rendered."""

    exit_code = CANNOT_CREATE


class WriteFailed(PipelineError):
    """Writing or verifying the output failed (disk full, I/O error); the old file is intact."""

    exit_code = IO_ERROR


def no_scene(name: str, known: Iterable[str]) -> NotFound:
    """An error that lists the scenes of the file."""
    names = tuple(dict.fromkeys(known))
    message = "there is no scene {name!r}: there are no scenes"
    if names:
        message = "there is no scene {name!r}; there is: {listed}"
    return NotFound(message, names, name=name, listed=", ".join(names))


def no_section(name: str, known: Iterable[str]) -> NotFound:
    """An error that lists the sections of the scene."""
    names = tuple(dict.fromkeys(known))
    message = "there is no section {name!r}: there are no sections"
    if names:
        message = "there is no section {name!r}; there is: {listed}"
    return NotFound(message, names, name=name, listed=", ".join(names))

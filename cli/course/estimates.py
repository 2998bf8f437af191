"""Shows what a course would make: ``--dry-run``."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from typing import Any

from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import clock, size, table
from cli.course.checking import Expected, Planned
from cli.course.course import Course


def show(course: Course, planned: Sequence[Planned], as_json: bool) -> None:
    """Print files, frames, and estimates of time and bytes, or one JSON document."""
    if as_json:
        rows = [_row(course, each, file) for each in planned for file in each.files]
        put_json({"dry_run": True, "estimates": True, "title": course.title, "files": rows})
        return
    about = say("about")
    head = [say("lesson"), say("frames"), about, about, say("file")]
    cells = [
        (each.step.lesson, _known(str, file.frames), _known(clock, file.seconds),
         _known(size, file.size), str(course.path.parent / file.path))
        for each in planned for file in each.files
    ]  # fmt: skip
    for line in table([head, *cells], right=(1, 2, 3)):
        put(line)
    files = [file for each in planned for file in each.files]
    message = "{files:# file|# files}, {frames:# frame|# frames}, about {time} and {size}"
    put(say(
        message, files=len(files), frames=sum(file.frames or 0 for file in files),
        time=clock(sum(file.seconds or 0 for file in files)),
        size=size(sum(file.size or 0 for file in files)),
    ))  # fmt: skip
    put(say("Time and size are estimates from measurements on two cores; nothing was rendered."))


def _row(course: Course, planned: Planned, file: Expected) -> dict[str, Any]:
    step = planned.step
    return {
        "path": str(course.path.parent / file.path),
        "lesson": step.lesson,
        "product": step.product,
        "films": [*step.films],
        **step.about,
        "frames": file.frames,
        "estimated_seconds": file.seconds,
        "estimated_size": file.size,
        "command": shlex.join(["gd", *step.words]),
    }


def _known(text_of: Callable[[Any], str], value: Any) -> str:
    """The text of a value, ``?`` if it is not known."""
    return "?" if value is None else text_of(value)

"""Where a file goes: the path that follows from ``-o`` and the other options.

``-o`` is a folder if it ends in a separator, exists as a folder, or has no ending; otherwise it is
the file. In a folder (without ``-o`` the current one) a file is named after its film and some of
the given options: ``batch-epochs-en-light-9x16.mp4``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from cli.console.failures import BadValue, one_line
from cli.console.language import say
from pipeline import JobError, check_file_name
from pipeline.job.file_names import file_name


def is_folder(output: str) -> bool:
    """Whether ``-o`` names a folder."""
    if output.endswith(("/", os.sep)) or _is_dir(output):
        return True
    return not Path(output).suffix and output != "-"


def path_for(output: str | None, stem: str, suffixes: Sequence[str]) -> Path:
    """The file for one film; ``suffixes`` are the allowed endings, the default first.

    Raises BadValue for an ending that does not fit, and for an unsafe name.
    """
    if output is None or is_folder(output):
        folder = Path(output or "")
        _check_names(folder)
        return folder / file_name(stem, suffixes[0])
    path = Path(output)
    if output == "-":
        message = "must be a file or a folder: a film cannot go to standard output"
        raise BadValue("-o", say(message))
    if path.suffix.lower() == ".mp4" and suffixes[0] == ".mov":
        message = "{name!r}: an mp4 holds no transparency; use .mov or .webm"
        raise BadValue("-o", say(message, name=path.name))
    if path.suffix.lower() not in suffixes:
        message = "must end in {endings} (or in / for a folder), not {name!r}"
        raise BadValue("-o", say(message, endings=", ".join(suffixes), name=path.name))
    _check_names(path)
    return path


def stem_of(film: str, words: Sequence[str]) -> str:
    """The film's name and the words that distinguish its variants: ``batch-epochs-en-9x16``."""
    return "-".join([film, *(word.replace(":", "x") for word in words)])


def words_asked_for() -> tuple[str, ...]:
    """The values of the given options that become part of the file name."""
    ctx = click.get_current_context()
    given = (
        ctx.params[name]
        for name in ("at", "lang", "theme", "aspect")
        if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE
    )
    return tuple(f"{value:g}s" if isinstance(value, float) else str(value) for value in given)


def _check_names(path: Path) -> None:
    """Refuse a name that is not allowed on some system. Folders that exist are not checked."""
    new = (part for part in (path, *path.parents) if part.name and not _is_dir(str(part)))
    for part in new:
        try:
            check_file_name(part.name)
        except JobError as error:
            raise BadValue("-o:", one_line(error)) from error


def _is_dir(path: str) -> bool:
    try:
        return os.path.isdir(path)
    except ValueError:  # a NUL in the name
        return False

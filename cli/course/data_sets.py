"""Data sets of a lesson: ``data = "classes/*.csv"`` means each of these files."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import Any

from gdcore.data import DataError
from gdcore.tables.paths import exists, split_columns
from pipeline.job.file_names import file_name

_PATTERN = re.compile(r"(?P<files>[^:]*[*?\[][^:]*)(?P<columns>:.*)?", re.DOTALL)


def is_pattern(value: Any) -> bool:
    """Whether a value of ``data`` is a pattern for names of files: it holds ``*``, ``?``, ``[``."""
    return isinstance(value, str) and _PATTERN.fullmatch(value) is not None and not exists(value)


def matching(pattern: str, output: Path) -> list[str]:
    """The data of each file that a pattern names, with its columns, sorted by name.

    Tables in the folder `output` were made by the course itself, and do not count.
    """
    match = _PATTERN.fullmatch(pattern)
    assert match is not None
    files = sorted(glob.glob(match["files"], recursive=True))
    outside = [file for file in files if output not in Path(file).parents]
    return [Path(file).as_posix() + (match["columns"] or "") for file in outside]


def file_of(data: str) -> Path | None:
    """The file that holds the data; None for data that need none."""
    try:
        path, _ = split_columns(data)
    except DataError:
        return None
    return path if path.is_file() else None


def folder_of(data: str) -> str:
    """The name of a folder for what is made of the data: that of their file, else their text."""
    file = file_of(data)
    return file_name(data if file is None else file.stem, "")

"""From "points.csv:hours,score" to the file and the two columns."""

from pathlib import Path

from gdcore import near_miss
from gdcore.dataset import DataError
from gdcore.message import Message
from gdcore.tables import refusals

ENDINGS = (".csv", ".tsv", ".txt")


def split_columns(spec: str) -> tuple[Path, tuple[str, str] | None]:
    """Split "points.csv:x,y" into the path and the two column names (None: not given).

    A colon that is part of an existing path, or of a drive letter, stays in the path. A name may
    have a colon if the path exists. Raises DataError for names that are not two.
    """
    if exists(spec):
        return Path(spec), None
    path, colon, names = spec.rpartition(":")
    for at in (at for at, character in enumerate(spec) if character == ":"):
        if exists(spec[:at]):
            path, names = spec[:at], spec[at + 1 :]
            break
    if not colon or len(path) <= 1:
        return Path(spec), None
    x, comma, y = (name.strip() for name in names.partition(","))
    if not (x and comma and y):
        if not exists(path) and not path.lower().endswith(ENDINGS):
            return Path(spec), None
        wrong = Message(refusals.TWO_NAMES, path=path, name=Path(path).name, given=names)
        raise DataError(wrong)
    return Path(path), (x, y)


def exists(path: str | Path) -> bool:
    """Whether the file exists; False for a text that cannot be a path."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def check_file(path: Path) -> None:
    """Raise DataError for what is not a regular file; for a misspelt one with the nearest name."""
    if exists(path):
        if path.is_dir():
            raise DataError(Message(refusals.FOLDER, path=path))
        if not path.is_file():
            raise DataError(Message(refusals.NOT_REGULAR, path=path))
        return
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        beside = []
    near = near_miss.nearest(path.name, beside)
    hint = Message("check path and name")
    if near:
        hint = Message("did you mean {near!r}?", near=str(path.with_name(near)))
    raise DataError(Message(refusals.NO_FILE, path=str(path), hint=hint))

"""Two columns of numbers from a CSV file, read line by line with a row number for each fault."""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

import numpy as np

from gdcore import near_miss
from gdcore.arrays import FloatArray
from gdcore.dataset import LARGEST, MAX_SAMPLES, DataError
from gdcore.spec import nearest

_MAX_LINE = 65_536  # characters; a file without line ends must not fill the memory
_ENCODINGS = (("utf-8-sig", ()), ("gb18030", ("read as GB18030 (GBK): it is not UTF-8",)))

Row = tuple[int, list[str]]


def split_columns(spec: str) -> tuple[Path, tuple[str, str] | None]:
    """Split "points.csv:x,y" into the path and the two column names (None: not given).

    A colon that is part of an existing path, or of a drive letter, stays in the path.
    """
    path, colon, names = spec.rpartition(":")
    if not colon or len(path) <= 1 or exists(spec):
        return Path(spec), None
    x, comma, y = (name.strip() for name in names.partition(","))
    if not (x and comma and y):
        if not exists(path) and not path.lower().endswith((".csv", ".tsv", ".txt")):
            return Path(spec), None
        raise DataError(f"{path}: name two columns as {Path(path).name}:x,y, not {names!r}")
    return Path(path), (x, y)


def read_csv(
    path: Path, columns: tuple[str, str] | None = None
) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    """Read x and y from two columns; the third value holds notices for the reader.

    The first row is a header if it is not all numbers. Delimiters: comma, semicolon, tab.
    Encodings: UTF-8, with or without BOM, then GB18030 (GBK), which is noted. At most 100,000
    rows are read, one line at a time. Raises DataError as "file:row: what is wrong".
    """
    _check_file(path)
    for encoding, notices in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                x, y = _columns(path, file, columns)
                return x, y, notices
        except UnicodeDecodeError:
            continue
        except OSError as error:
            raise DataError(f"{path}: {error.strerror or error}") from None
    raise DataError(f"{path}: is not text in UTF-8 or GB18030 (GBK); save it as CSV UTF-8")


def exists(path: str | Path) -> bool:
    """Whether the file exists; False for a text that cannot be a path."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _check_file(path: Path) -> None:
    if exists(path):
        if path.is_dir():
            raise DataError(f"{path}: is a directory, not a CSV file")
        if not path.is_file():
            raise DataError(f"{path}: is not a regular file")
        return
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        beside = []
    near = near_miss.nearest(path.name, beside)
    hint = f"; did you mean {str(path.with_name(near))!r}?" if near else ""
    raise DataError(f"{str(path)!r}: no such file{hint}")


def _columns(
    path: Path, file: TextIO, columns: tuple[str, str] | None
) -> tuple[FloatArray, FloatArray]:
    rows = _rows(path, file)
    number, first = next(rows, (0, []))
    if not first:
        raise DataError(f"{path}: is empty")
    header = _is_header(f"{path}:{number}", first, columns)
    picked = _pick(f"{path}:{number}", first, header, columns)
    names = [first[column] if header else axis for column, axis in zip(picked, "xy", strict=True)]
    pairs: list[tuple[float, ...]] = []
    if not header:
        rows = chain([(number, first)], rows)
    for number, row in rows:
        where = f"{path}:{number}"
        if len(row) != len(first):
            raise DataError(f"{where}: {len(row)} cells, but the first row has {len(first)}")
        if len(pairs) == MAX_SAMPLES:
            raise DataError(f"{where}: more than {MAX_SAMPLES:,} rows of numbers; take a sample")
        cells = zip(picked, names, strict=True)
        pairs.append(tuple(_value(where, name, row[column]) for column, name in cells))
    if not pairs:
        raise DataError(f"{path}: has a header but no rows of numbers")
    x, y = np.array(pairs).T
    return x, y


def _rows(path: Path, file: TextIO) -> Iterator[Row]:
    lines = _lines(path, file)
    first = next(lines, "")
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")

    def all_lines() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(all_lines(), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}") from None


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(_MAX_LINE):
        number += 1
        if len(line) == _MAX_LINE and not line.endswith(("\n", "\r")):
            raise DataError(f"{path}:{number}: a line of more than {_MAX_LINE:,} characters")
        yield line


def _pick(where: str, first: list[str], header: bool, columns: tuple[str, str] | None) -> list[int]:
    if columns is None:
        if len(first) == 2:
            return [0, 1]
        remedy = "name two, as file.csv:x,y" if header else "give it a header and name two"
        if len(first) == 1:
            remedy = "x and y are needed, separated by a comma"
        raise DataError(f"{where}: has {len(first)} column(s) ({', '.join(first)[:60]}); {remedy}")
    for name in columns:
        if not header:
            raise DataError(f"{where}: has no header, so no column {name!r}")
        if name not in first:
            raise DataError(f"{where}: no column {name!r}; {nearest(name, first)}")
    return [first.index(name) for name in columns]


def _is_header(where: str, first: list[str], columns: tuple[str, str] | None) -> bool:
    """Whether the first row names the columns. Raises DataError if half of it is a number."""
    texts = [cell for cell in first if not _is_number(cell)]
    if texts and len(texts) < len(first) == 2 and columns is None:
        what = f"{texts[0][:40]!r} is not a number" if texts[0] else "an empty cell"
        raise DataError(f"{where}: {what}")
    return bool(texts)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _value(where: str, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        what = f"{cell[:40]!r} is not a number" if cell else "an empty cell"
        raise DataError(f"{where}: column {column!r}: {what}") from None
    if not abs(value) <= LARGEST:
        raise DataError(
            f"{where}: column {column!r}: {cell!r} is not within -{LARGEST:g}..{LARGEST:g}"
        )
    return value

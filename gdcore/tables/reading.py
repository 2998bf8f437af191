"""Two columns of numbers from a CSV file, read line by line; each fault with its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.dataset import MAX_SAMPLES, DataError, plain_name
from gdcore.message import Message
from gdcore.spec import nearest
from gdcore.tables import refusals
from gdcore.tables.cells import Numbers, is_number
from gdcore.tables.encoding import encoding_of
from gdcore.tables.paths import check_file
from gdcore.tables.rows import Row, rows_of

Columns = tuple[str, str] | None


@dataclass(frozen=True)
class Table:
    """Two columns of a file, each (n,), their names ("" without a header), notices."""

    x: FloatArray
    y: FloatArray
    names: tuple[str, str]
    notices: tuple[str, ...]


def read_csv(path: Path, columns: Columns = None) -> Table:
    """Read x and y from the two columns of a file, or from the two that are named.

    The first row is a header if it is not all numbers. The columns are separated by commas,
    semicolons or tabs; between the last two a comma is a decimal mark. At most 100,000 rows are
    read, one line at a time. Raises DataError as "file:row: what is wrong; what to do".
    """
    check_file(path)
    try:
        encoding, notices = encoding_of(path)
        with path.open(encoding=encoding, newline="") as file:
            mark, rows = rows_of(path, file)
            table = _table(path, mark, rows, columns)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(Message(refusals.UNREADABLE, path=path, reason=reason)) from None
    return Table(table.x, table.y, table.names, notices + table.notices)


def _table(path: Path, mark: str, rows: Iterator[Row], columns: Columns) -> Table:
    number, first = next(rows, (0, []))
    if not first:
        raise DataError(Message(refusals.EMPTY, path=path))
    while len(first) > 2 and not first[-1]:  # a spreadsheet's empty columns at the right
        first.pop()
    header = _is_header(f"{path}:{number}", first, mark, columns)
    picked = _pick(path, number, first, header, columns)
    names = tuple(
        first[column] if header else axis for column, axis in zip(picked, "xy", strict=True)
    )
    numbers = Numbers(mark)
    pairs: list[list[float]] = []
    if not header:
        rows = chain([(number, first)], rows)
    for number, row in rows:
        where = f"{path}:{number}"
        while len(row) > len(first) and not row[-1]:
            row.pop()
        _check_width(where, row, first, mark)
        if len(pairs) == MAX_SAMPLES:
            raise DataError(Message(refusals.TOO_MANY_ROWS, where=where, most=MAX_SAMPLES))
        cells = zip(picked, names, strict=True)
        pairs.append([numbers.read(where, name, row[column]) for column, name in cells])
    if not pairs:
        raise DataError(Message(refusals.ONLY_A_HEADER, path=path))
    x, y = np.array(pairs).T
    return Table(x, y, (names[0], names[1]) if header else ("", ""), numbers.notices())


def _check_width(where: str, row: list[str], first: list[str], mark: str) -> None:
    if len(row) != len(first):
        commas = mark == "," and len(row) == 2 * len(first)
        template = refusals.UNEVEN_COMMAS if commas else refusals.UNEVEN
        raise DataError(Message(template, where=where, count=len(row), wanted=len(first)))


def _is_header(where: str, first: list[str], mark: str, columns: Columns) -> bool:
    """Whether the first row names the columns. Raises DataError if half of it is a number."""
    texts = [cell for cell in first if not is_number(cell, mark)]
    if texts and len(texts) < len(first) == 2 and columns is None:
        number = next(cell for cell in first if is_number(cell, mark))
        wrong = Message(refusals.HALF_A_HEADER, where=where, number=number, text=texts[0][:40])
        raise DataError(wrong)
    return bool(texts)


def _pick(path: Path, row: int, first: list[str], header: bool, columns: Columns) -> list[int]:
    """The numbers of the two columns, from 0."""
    where = f"{path}:{row}"
    if columns is None:
        if len(first) == 2:
            return [0, 1]
        about = {"where": where, "names": _listed(first), "name": path.name, "count": len(first)}
        if len(first) == 1:
            raise DataError(Message(refusals.ONE_COLUMN, **about))
        template = refusals.CHOOSE if header else refusals.CHOOSE_UNNAMED
        raise DataError(Message(template, **about))
    for name in columns:
        if not header:
            raise DataError(Message(refusals.NO_HEADER, where=where, column=name))
        if name not in first:
            hint = nearest(name, [cell for cell in first if cell])
            raise DataError(Message(refusals.NO_COLUMN, where=where, column=name, hint=hint))
        if (count := first.count(name)) > 1:
            raise DataError(Message(refusals.TWICE, where=where, column=name, count=count))
    return [first.index(name) for name in columns]


def _listed(names: list[str]) -> str:
    """The names, as many as a line holds."""
    text = plain_name(", ".join(names))
    return text if len(text) <= 100 else f"{text[:99]}…"

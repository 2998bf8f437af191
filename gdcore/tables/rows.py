"""The rows of a text file, one line at a time, cut at commas, semicolons or tabs."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from gdcore.dataset import MAX_SAMPLES, DataError
from gdcore.message import Message
from gdcore.tables import refusals

Row = tuple[int, list[str]]

_MARKS = "\t;,"  # a comma comes last: it may be a decimal mark
_LOOKED_AT = 8  # lines
_MAX_LINE = 65_536  # characters; a file without line ends must not fill the memory
_MAX_LINES = 20 * MAX_SAMPLES  # empty ones count too: a file without samples must come to an end
_EXCELS_OWN = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


def rows_of(path: Path, file: TextIO) -> tuple[str, Iterator[Row]]:
    """The mark between the cells, and the rows that are not empty, each with its number from 1.

    A first line "sep=;", which Excel understands, names the mark. Raises DataError.
    """
    lines = _lines(path, file)
    head = list(islice(lines, _LOOKED_AT))
    if head and (named := _EXCELS_OWN.fullmatch(head[0])):
        head[0] = "\n"  # the rows keep their numbers
        return named[1], _rows(path, chain(head, lines), named[1])
    mark = delimiter_of(head)
    return mark, _rows(path, chain(head, lines), mark)


def delimiter_of(lines: Sequence[str]) -> str:
    """The mark that cuts most of these lines into equally many cells, two at least.

    Of equals a tab comes before a semicolon, and this before a comma.
    """
    return max(_MARKS, key=lambda mark: _even_lines(lines, mark))


def _even_lines(lines: Sequence[str], mark: str) -> int:
    """How many lines have the number of cells that is the most frequent one above one."""
    # Each line by itself: a lone quotation mark must not swallow the lines below it.
    rows = chain.from_iterable(
        csv.reader([line], delimiter=mark, skipinitialspace=True) for line in lines
    )
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)


def _rows(path: Path, lines: Iterator[str], mark: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=mark, skipinitialspace=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        where = f"{path}:{reader.line_num}"
        raise DataError(Message(refusals.BROKEN_QUOTES, where=where, reason=str(error))) from None


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 1
    while line := _line(path, file, number):
        if len(line) == _MAX_LINE and not line.endswith(("\n", "\r")):
            where = f"{path}:{number}"
            raise DataError(Message(refusals.LONG_LINE, where=where, most=_MAX_LINE))
        if number > _MAX_LINES:
            where = f"{path}:{number}"
            raise DataError(Message(refusals.TOO_MANY_LINES, where=where, most=_MAX_LINES))
        yield line
        number += 1


def _line(path: Path, file: TextIO, number: int) -> str:
    try:
        return file.readline(_MAX_LINE)
    except UnicodeDecodeError:
        raise DataError(Message(refusals.ENCODING_CHANGES, path=path, row=number)) from None

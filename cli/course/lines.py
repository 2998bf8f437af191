"""On which line of a TOML file a key stands.

`tomllib` reads the values but forgets their lines. `tomlkit`, the usual package that keeps the
text, does not tell line numbers either. Messages need only the line where a key or a table begins,
and a few patterns find it. A key written in an unusual way is found at its table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

Where = tuple[str | int, ...]
"""A place in the file, as ``("lesson", 0, "gif", "width")``."""

_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_ARRAY = re.compile(rf"\s*\[\[\s*({_NAMES})\s*\]\]\s*(?:#.*)?")
_TABLE = re.compile(rf"\s*\[\s*({_NAMES})\s*\]\s*(?:#.*)?")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_LONG_TEXT = re.compile(r'"""|' + "'''")


def lines_of(text: str) -> Mapping[Where, int]:
    """The lines of all keys and tables, counted from 1."""
    found: dict[Where, int] = {}
    count: Counter[str] = Counter()
    table: Where = ()
    end = None  # of a text of several lines that has begun
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if end is None:
            if match := _ARRAY.fullmatch(line):
                name = ".".join(_split(match[1]))
                table = (name, count[name])
                count[name] += 1
                found.setdefault(table, number)
            elif match := _TABLE.fullmatch(line):
                first, *rest = _split(match[1])
                table = (first, count[first] - 1, *rest) if count[first] else (first, *rest)
                found.setdefault(table, number)
            elif match := _KEY.match(line):
                names = _split(match[1])
                for length in range(1, len(names) + 1):
                    found.setdefault((*table, *names[:length]), number)
        for mark in _LONG_TEXT.findall(line):
            end = mark if end is None else (None if mark == end else end)
    return found


def line_of(lines: Mapping[Where, int], where: Where) -> int:
    """The line of a place, else of the nearest table around it, else the first one."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _split(names: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, names)]

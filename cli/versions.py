"""Which versions the project asks for, read from its own ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*\])?\s*(.*)")
_CLAUSE = re.compile(r"(>=|<=|==|!=|<|>)\s*([\d.]+)")


@cache
def _project() -> dict[str, Any]:
    path = Path(__file__).resolve().parent.parent / "pyproject.toml"
    project: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    return project


def pinned(key: str) -> str:
    """A text of the project's table, such as ``requires-python``."""
    return str(_project()[key])


def requirements() -> Iterator[tuple[str, str]]:
    """Each needed package and its range: ``("manim", ">=0.22,<0.23")``."""
    for line in _project()["dependencies"]:
        if match := _REQUIREMENT.match(line.partition(";")[0].strip()):
            yield match[1], match[2]


def admits(wanted: str, version: str) -> bool:
    """Whether a range such as ``>=0.22,<0.23`` holds the version (release numbers only)."""
    return all(_holds(sign, version, bound) for sign, bound in _CLAUSE.findall(wanted))


def _holds(sign: str, version: str, bound: str) -> bool:
    pairs = zip_longest(_release(version), _release(bound), fillvalue=0)
    ours, theirs = zip(*pairs, strict=True)
    return {
        ">=": ours >= theirs, "<=": ours <= theirs, "==": ours == theirs,
        "!=": ours != theirs, "<": ours < theirs, ">": ours > theirs,
    }[sign]  # fmt: skip


def _release(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()

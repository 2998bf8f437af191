"""From values to keys: equal values give equal digests, in every process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import Any, Protocol, cast


class NoKey(TypeError):
    """A value of a type that has no digest."""


def digest(*values: object) -> str:
    """The SHA-256 of the values: numbers, texts, arrays, sequences and frozen dataclasses of them.

    Of a dataclass its name and its fields count, except fields declared ``compare=False``.
    Raises `NoKey` for anything else.
    """
    total = hashlib.sha256()
    for piece in _pieces(values):
        # Each piece follows its length, so that ("ab", "c") differs from ("a", "bc").
        total.update(len(piece).to_bytes(8, "big") + piece)
    return total.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    kind = type(value)
    if value is None or isinstance(value, (bool, int, float, str, PurePath)):
        yield f"{kind.__name__} {value!r}".encode("utf-8", "surrogatepass")
    elif isinstance(value, bytes):
        yield b"bytes " + value
    elif isinstance(value, Enum):
        yield f"{kind.__qualname__} {value.name}".encode()
    elif isinstance(value, (tuple, list)):
        yield f"{kind.__name__} of {len(value)}".encode()
        for item in value:
            yield from _pieces(item)
    elif is_dataclass(value) and not isinstance(value, type):
        compared = [field.name for field in fields(value) if field.compare]
        yield f"{kind.__module__}.{kind.__qualname__} of {len(compared)}".encode()
        for name in compared:
            yield from _pieces((name, getattr(value, name)))
    elif kind.__module__ == "numpy" and kind.__name__ == "ndarray":
        yield from _array(cast(_Array, value))
    else:
        raise NoKey(f"a {kind.__qualname__} has no key")


class _Array(Protocol):
    """What is used of a NumPy array, so that NumPy need not be imported."""

    @property
    def __array_interface__(self) -> dict[str, Any]: ...
    def tobytes(self) -> bytes: ...


def _array(value: _Array) -> Iterator[bytes]:
    """An array's type, shape and bytes."""
    interface = value.__array_interface__
    if "O" in interface["typestr"]:
        raise NoKey("an array of objects has no key")
    yield f"array {interface['typestr']} {interface['shape']}".encode()
    yield value.tobytes()

"""Reads a document that somebody else may have written; every error names its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NoReturn

from cli.console.failures import BadData
from cli.console.language import say

_LARGEST = 1e12  # of a number that means anything here


class Fields:
    """An object of a JSON document. ``place`` says where it stands: ``files[3]``."""

    def __init__(self, file: Path, values: Any, place: str = "") -> None:
        self._file, self._values, self._place = file, values, place
        if not isinstance(values, dict):
            self._refuse("", say("must be an object"))

    @classmethod
    def of_file(cls, file: Path) -> Fields:
        """The document of a file. Raises BadData if there is none, or if it is no JSON object."""
        try:
            return cls(file, json.loads(file.read_bytes().decode("utf-8-sig")))
        except OSError as error:
            told = say("{file!r} cannot be read: {reason}", file=str(file), reason=error.strerror)
            raise BadData(told) from error
        except (ValueError, RecursionError) as error:
            told = say("{file!r} is not JSON: {error}", file=str(file), error=error)
            raise BadData(told) from error

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, usual: str | None = None) -> str:
        """A text; without a usual one it must be there."""
        value = self._value(name, usual)
        if not isinstance(value, str):
            self._refuse(name, say("must be a text"))
        return _whole(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty if it is not there."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            self._refuse(name, say("must be a list of texts"))
        return tuple(_whole(value) for value in values)

    def number(self, name: str, usual: float | None = None) -> float:
        """A number from 0 on; without a usual one it must be there."""
        value = self._value(name, usual)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not 0 <= value < _LARGEST:
            self._refuse(name, say("must be a number from 0"))
        return float(value)

    def below(self, name: str) -> str:
        """A path below the folder of the document, with ``/`` between its parts."""
        path = self.text(name)
        posix, windows = PurePosixPath(path), PureWindowsPath(path)
        away = posix.anchor or windows.anchor or ".." in (*posix.parts, *windows.parts)
        if away or not posix.parts:
            self._refuse(name, say("{path!r} is not in the folder of the document", path=path))
        return posix.as_posix()

    def each(self, name: str) -> Iterator[Fields]:
        """The objects of a list, none if it is not there."""
        for number, value in enumerate(self._list(name)):
            yield Fields(self._file, value, f"{self._at(name)}[{number}]")

    def _value(self, name: str, usual: Any) -> Any:
        """The value of a field; null is as if it were not there."""
        value = self._values.get(name)
        return usual if value is None else value

    def _list(self, name: str) -> list[Any]:
        value = self._value(name, [])
        if not isinstance(value, list):
            self._refuse(name, say("must be a list"))
        return value

    def _at(self, name: str) -> str:
        return ".".join(filter(None, (self._place, name)))

    def _refuse(self, name: str, reason: str) -> NoReturn:
        where = self._at(name)
        raise BadData(" ".join(filter(None, (f"{self._file}:", where, reason))))


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON can hold but no file."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

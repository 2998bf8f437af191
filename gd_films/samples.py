"""Data as a notebook holds them: arrays, lists, a table of two columns. No digit is lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from cli.console.failures import one_line
from cli.console.language import say
from exit_codes import BAD_DATA
from gd_films.errors import failure
from gdcore.arrays import FloatArray
from gdcore.data import DataError, Dataset
from gdcore.dataset import plain_name

SAMPLES = "data"
_NUMBERS = "iufO"  # kinds of arrays; O holds objects, which may be numbers


def samples_given(data: object) -> dict[str, str]:
    """What ``data=`` says, as options: the data as text, and the names of the axes, if it has any.

    `data` is a text or a path as for ``--data``; a pair (x, y) of arrays or lists; a table of two
    columns, such as a DataFrame or a dict; or a `Dataset`. The text of a number reads back equal.
    A list of points is refused: two of them would look like a pair.
    Raises WrongRequest for anything else, and for samples that gdcore refuses.
    """
    if isinstance(data, (str, os.PathLike)):
        return {SAMPLES: os.fspath(data) if isinstance(data, os.PathLike) else data}
    try:
        samples = data if isinstance(data, Dataset) else _dataset(data)
    except DataError as error:
        raise failure(f"{SAMPLES}: {one_line(error)}", BAD_DATA) from error
    pairs = zip(samples.x.tolist(), samples.y.tolist(), strict=True)
    names = {"x_name": samples.x_name, "y_name": samples.y_name}
    text = " ".join(f"{x!r},{y!r}" for x, y in pairs)
    return {SAMPLES: text} | {key: name for key, name in names.items() if name}


def _dataset(data: object) -> Dataset:
    (x_name, x), (y_name, y) = _columns(data)
    return Dataset(_numbers("x", x), _numbers("y", y), x_name=x_name, y_name=y_name)


def _columns(data: Any) -> list[tuple[str, Any]]:
    """The names and values of x and of y; a name is empty if it is no text."""
    if isinstance(data, Mapping) or hasattr(data, "columns"):
        names = [*(data if isinstance(data, Mapping) else data.columns)]
        if len(names) != 2:
            listed = ", ".join(map(str, names))
            message = "data: a table must have two columns, x and y, not {n}: {names}"
            raise failure(say(message, n=len(names), names=listed), BAD_DATA)
        return [(_name(name), data[name]) for name in names]
    _refuse_points(data)
    try:
        x, y = data
    except (TypeError, ValueError):
        message = "data: must be a text, a pair (x, y) of arrays, or a table of two columns"
        raise failure(say(message), BAD_DATA) from None
    return [(_name(getattr(column, "name", "")), column) for column in (x, y)]


def _refuse_points(data: Any) -> None:
    """Refuse a list of tuples, and one array: of two points x and y would be mixed up."""
    if isinstance(data, list) and any(isinstance(each, tuple) for each in data):
        message = "data: a list of tuples is no pair (x, y); for points give: x, y = zip(*points)"
        raise failure(say(message), BAD_DATA)
    if getattr(data, "ndim", 1) > 1:
        message = "data: one array is no pair (x, y); if its rows are points give: x, y = array.T"
        raise failure(say(message), BAD_DATA)


def _numbers(axis: str, values: Any) -> FloatArray:
    array = np.asarray(values)
    try:
        if array.dtype.kind not in _NUMBERS:
            raise TypeError
        return array.astype(np.float64)
    except (TypeError, ValueError):
        message = "data: {axis} holds what is no number"
        raise failure(say(message, axis=axis), BAD_DATA) from None


def _name(name: object) -> str:
    return plain_name(name) if isinstance(name, str) else ""

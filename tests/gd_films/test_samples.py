"""Data that a notebook holds: as options they are the same samples, to the last digit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gd_films import WrongRequest
from gd_films.samples import samples_given
from gdcore import NOISY
from gdcore.data import parse_data

X = [0.1, 1 / 3, 2.5e-9, 1e22]
Y = [-7.0, 0.1 + 0.2, 5e-324, 123456789.123456789]


class Table:
    """As a DataFrame: columns by name."""

    def __init__(self, **columns: Any) -> None:
        self.columns = [*columns]
        self._columns = columns

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]


@pytest.mark.parametrize(
    "data",
    [
        (X, Y),
        [X, Y],
        [np.array(X), np.array(Y)],
        {"hours": X, "score": Y},
        Table(hours=np.array(X), score=Y),
    ],
)
def test_no_digit_is_lost(data: Any) -> None:
    read = parse_data(samples_given(data)["data"])
    assert read.x.tolist() == X and read.y.tolist() == Y


def test_the_columns_name_the_axes() -> None:
    assert samples_given({"hours": X, "score": Y})["x_name"] == "hours"
    assert samples_given(Table(hours=X, score=Y))["y_name"] == "score"
    assert samples_given((X, Y)).keys() == {"data"}
    assert samples_given({0: X, 1: Y}).keys() == {"data"}  # a table without names


def test_texts_and_paths_are_those_of_the_command() -> None:
    assert samples_given("women.csv:height,weight") == {"data": "women.csv:height,weight"}
    assert samples_given(Path("a/points.csv"))["data"] == str(Path("a/points.csv"))


def test_a_data_set_of_gdcore() -> None:
    assert parse_data(samples_given(NOISY)["data"]).has_samples_of(NOISY)


def test_whole_numbers_and_single_precision() -> None:
    data = np.array([1, 2, 3]), np.array([0.1, 0.2, 0.3], dtype=np.float32)
    read = parse_data(samples_given(data)["data"])
    assert read.x.tolist() == [1, 2, 3] and read.y.tolist() == data[1].tolist()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (([1, 2], [1, 2, 3]), "of one length"),
        (([1, float("nan")], [1, 2]), "sample 2: x = nan"),
        (([], []), "1 to 100,000 samples"),
        (([1, 2], ["one", "two"]), "y holds what is no number"),
        (([True], [1]), "x holds what is no number"),
        ({"a": X, "b": Y, "c": Y}, "not 3: a, b, c"),
        (7, "a pair (x, y) of arrays"),
        ([[1, 2], [3, 4], [5, 6]], "a pair (x, y) of arrays"),
        (np.ones((3, 2)), "x, y = array.T"),
        (np.ones((2, 2)), "x, y = array.T"),
        ([(1, 5), (2, 7)], "x, y = zip(*points)"),
        ([(1, 5), (2, 7), (3, 8)], "x, y = zip(*points)"),
        (([[1]], [[1]]), "of one length"),
    ],
)
def test_what_is_no_data_is_refused_in_one_line(data: Any, said: str) -> None:
    with pytest.raises(WrongRequest) as raised:
        samples_given(data)
    text = str(raised.value)
    assert text.startswith("data: ") and said in text and "\n" not in text
    assert raised.value.exit_code == 65

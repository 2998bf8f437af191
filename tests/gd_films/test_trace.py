"""`trace` in a notebook: the very numbers, as arrays of one length."""

from __future__ import annotations

import csv
import io
from math import isnan

import numpy as np
import pytest
from click.testing import CliRunner

from cli.program import gd
from gd_films import WrongRequest, trace

X, Y, RATE = [1.0, 2.0, 3.0], [2.3, 3.6, 6.3], 0.05


def test_the_numbers_are_those_of_a_plain_descent() -> None:
    """One sample after the other, computed here without gdcore."""
    found = trace("sgd", data=(X, Y), lr=RATE, w0=1, epochs=4, order="in-order")
    rows = found["trace"] == "sgd"  # the film has another descent beside it
    weight = 1.0
    for number, (w, after) in enumerate(zip(found["w"][rows], found["next_w"][rows], strict=True)):
        sample = number % 3
        assert found["samples"][rows][number] == (sample,)
        assert found["epoch"][rows][number] == number // 3
        assert w == weight
        weight -= RATE * (2 * X[sample] * (weight * X[sample] - Y[sample]))
        assert after == pytest.approx(weight, rel=1e-15)
        weight = after
    assert number == 11


@pytest.mark.parametrize("film", ["batch", "sgd", "compare", "plane"])
def test_the_table_is_that_of_the_command(film: str) -> None:
    """Each cell of its CSV, with its name, at its place."""
    done = CliRunner().invoke(gd, ["trace", film, "--format", "csv", "--epochs", "3"])
    head, *rows = csv.reader(io.StringIO(done.stdout))
    found = trace(film, epochs=3)
    assert [*found] == head
    assert {len(column) for column in found.values()} == {len(rows)} and rows
    for name, texts in zip(head, zip(*rows, strict=True), strict=True):
        for value, text in zip(found[name].tolist(), texts, strict=True):
            if name == "trace":
                assert value == text
            elif name == "samples":
                assert " ".join(map(str, value)) == text
            else:
                assert value == float(text) if text else isnan(value)


def test_the_kinds_of_the_columns() -> None:
    found = trace("batch", epochs=2)
    assert found["update"].dtype == found["epoch"].dtype == np.int64
    assert found["w"].dtype == found["cost"].dtype == np.float64


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("sgd", {"lrr": 1}, "there is no option 'lrr'; did you mean 'lr'?"),
        ("sgd", {"lr": -1}, "lr must be a number above 0"),
        ("sgd", {"theme": "dark"}, "there is no option 'theme'"),
        ("sdg", {}, "there is no film 'sdg'; did you mean 'sgd'?"),
        ("sgd@start", {}, "only a whole film is possible here"),
        ("sgd", {"rates": [0.1, 0.2]}, "does not take it"),
        ("sgd", {"data": "no.csv"}, "no.csv"),
        ("landscape", {"data": (X, Y)}, "the film has a curve of its own"),
    ],
)
def test_a_wrong_request_is_a_value_error_of_one_line(
    name: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(WrongRequest) as raised:
        trace(name, **options)
    assert isinstance(raised.value, ValueError)
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert not str(raised.value).startswith("--")


def test_it_speaks_the_language_asked_for() -> None:
    with pytest.raises(WrongRequest, match="没有选项"):
        trace("sgd", lang="zh", lrr=1)

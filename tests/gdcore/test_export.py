"""CSV rows and JSON: the columns, and numbers that read back equal."""

import csv
import io
import json

import numpy as np

from gdcore import LECTURE, NOISY, LeastSquares, Trace, csv_rows, descend, rows, to_json

COLUMNS = ["trace", "update", "epoch", "samples", "rate", "w", "grad_w", "next_w", "loss", "cost"]


def sgd(**options) -> Trace:
    asked = {"lr": 0.01, "epochs": 3, "order": "shuffled", "rule": "adam"} | options
    return descend(LeastSquares(NOISY), 1 / 3, **asked)


def read_back(traces: dict) -> list[dict]:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(csv_rows(traces))
    text.seek(0)
    return list(csv.DictReader(text))


def test_csv_reads_back_equal() -> None:
    trace = sgd()
    rows = read_back({"sgd": trace})
    assert list(rows[0]) == COLUMNS
    assert len(rows) == trace.updates == 9
    assert [int(row["samples"]) for row in rows] == trace.samples[:, 0].tolist()
    assert [int(row["epoch"]) for row in rows] == trace.epoch.tolist()
    assert [int(row["update"]) for row in rows] == list(range(9))
    for column, values in (
        ("rate", trace.rate),
        ("w", trace.w[:-1]),
        ("grad_w", trace.gradient[:, 0]),
        ("next_w", trace.w[1:]),
        ("loss", trace.loss),
        ("cost", trace.cost[:-1]),
    ):
        assert [float(row[column]) for row in rows] == values.tolist()
    assert rows[0]["w"] == "0.3333333333333333"


def test_csv_of_traces_with_and_without_a_bias() -> None:
    plane = descend(LeastSquares(LECTURE, bias=True), [1.0, 0.5], lr=0.01, epochs=2)
    assert plane.b is not None
    rows = read_back({"line": sgd(order="batch"), "plane": plane})
    assert list(rows[0]) == [*COLUMNS, "b", "grad_b", "next_b"]
    assert [row["trace"] for row in rows] == ["line"] * 3 + ["plane"] * 2
    assert rows[0]["b"] == rows[0]["next_b"] == ""
    assert rows[0]["samples"] == "0 1 2"
    assert [float(row["b"]) for row in rows[3:]] == plane.b[:-1].tolist()
    assert [float(row["grad_b"]) for row in rows[3:]] == plane.gradient[:, 1].tolist()
    assert [float(row["next_b"]) for row in rows[3:]] == plane.b[1:].tolist()


def test_rows_are_typed() -> None:
    trace = sgd(batch_size=2)
    (name, update, epoch, samples, rate, *numbers), *others = rows({"mini": trace})
    assert (name, update, epoch, rate) == ("mini", 0, 0, 0.01)
    assert samples == trace.samples[0].tolist() and len(samples) == 2
    assert numbers[0] == 1 / 3 and {type(number) for number in numbers} == {float}
    assert [len(other[3]) for other in others] == [1, 2, 1, 2, 1]


def test_json_holds_the_rows_and_what_is_said_of_them() -> None:
    traces = {"mini": sgd(batch_size=2), "plain": sgd()}
    content = json.loads(to_json(traces, {"film": "noisy"}))
    assert list(content) == ["film", "traces"] and content["film"] == "noisy"
    for (name, trace), made in zip(traces.items(), content["traces"], strict=True):
        said = [name, "finished", "shuffled"]
        assert [made["trace"], made["stopped"], made["order"]] == said
        expected = [dict(zip(COLUMNS, row, strict=True)) for row in rows({name: trace})]
        assert made["updates"] == expected and len(expected) == trace.updates


def test_values_beyond_range() -> None:
    trace = descend(LeastSquares(LECTURE), 1.0, lr=0.3, epochs=5000)
    assert trace.cost[-1] == np.inf
    text = to_json({"blown": trace})
    assert "Infinity" not in text and "NaN" not in text
    (content,) = json.loads(text)["traces"]
    assert content["updates"][-1]["cost"] is None and content["stopped"] == trace.stopped
    assert len(content["updates"]) == trace.diverged_at == trace.updates
    assert read_back({"blown": trace})[-1]["cost"] == "inf"

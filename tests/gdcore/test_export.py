"""CSV rows and JSON: the columns, and numbers that read back equal."""

import csv
import io
import json

import numpy as np

from gdcore import LECTURE, NOISY, LeastSquares, Trace, csv_rows, descend, to_json

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


def test_json_holds_the_trace_and_what_was_asked_for() -> None:
    trace = sgd(batch_size=2, seed=5, schedule="inverse")
    content = json.loads(to_json({"mini": trace}))["traces"]["mini"]
    assert content["asked"] == {
        "objective": repr(trace.objective),
        "start": [1 / 3],
        "lr": 0.01,
        "epochs": 3,
        "order": "shuffled",
        "batch_size": 2,
        "rule": "adam:beta1=0.9,beta2=0.999,eps=1e-08",
        "schedule": "inverse:decay=0.01",
        "seed": 5,
    }
    assert (content["stopped"], content["updates"]) == ("finished", 6)
    assert [len(row) for row in content["samples"]] == [2, 1] * 3
    for name in ("theta", "gradient", "rate", "loss", "loss_after", "cost", "epoch"):
        np.testing.assert_array_equal(content[name], getattr(trace, name))


def test_values_beyond_range() -> None:
    trace = descend(LeastSquares(LECTURE), 1.0, lr=0.3, epochs=5000)
    assert trace.cost[-1] == np.inf
    text = to_json({"blown": trace})
    assert "Infinity" not in text and "NaN" not in text
    content = json.loads(text)["traces"]["blown"]
    assert content["cost"][-1] is None and content["diverged_at"] == trace.updates
    assert read_back({"blown": trace})[-1]["cost"] == "inf"

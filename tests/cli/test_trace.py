"""`trace`: the same numbers as gdcore's, in four formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from scenes import FILMS, Lesson
from scenes.catalogue.knobs import knobs_of

Invoke = Callable[..., Result]
COLUMNS = [
    "trace", "update", "epoch", "samples", "rate", "w", "grad_w", "next_w", "loss", "cost",
]  # fmt: skip


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_every_number_of_the_film(invoke: Invoke) -> None:
    text = invoke("trace", "sgd", "--format", "csv", "--epochs", "7").stdout
    assert text.splitlines()[0].split(",") == COLUMNS
    rows = rows_of(text)
    traces = FILMS["sgd"].traces(Lesson(epochs=7))
    assert [row["trace"] for row in rows] == [n for n, t in traces.items() for _ in range(21)]
    for name, trace in traces.items():
        own = [row for row in rows if row["trace"] == name]
        assert [float(row["w"]) for row in own] == trace.w[:-1].tolist()
        assert [float(row["next_w"]) for row in own] == trace.w[1:].tolist()
        assert [float(row["grad_w"]) for row in own] == trace.gradient[:, 0].tolist()
        assert [float(row["loss"]) for row in own] == trace.loss.tolist()
        assert [float(row["cost"]) for row in own] == trace.cost[:-1].tolist()
        assert [row["w"] for row in own] == [repr(w) for w in trace.w[:-1].tolist()]
        assert [int(row["epoch"]) for row in own] == trace.epoch.tolist()


def test_samples_of_an_update_stand_in_one_cell(invoke: Invoke) -> None:
    (row, *_) = rows_of(invoke("trace", "batch", "--format", "csv").stdout)
    assert row["samples"] == "0 1 2"


def test_json_holds_the_same_and_what_was_asked_for(invoke: Invoke) -> None:
    asked = ("--lr", "0.02", "--epochs", "3", "--data", "1,2 2,5", "--order", "random")
    document = json.loads(invoke("trace", "sgd", "--format", "json", *asked).stdout)
    rows = rows_of(invoke("trace", "sgd", "--format", "csv", *asked).stdout)
    updates = [update for trace in document["traces"] for update in trace["updates"]]
    assert len(rows) == len(updates) > 0
    for row, update in zip(rows, updates, strict=True):
        assert list(update) == COLUMNS
        assert update["samples"] == [int(index) for index in row["samples"].split()]
        assert update["w"] == float(row["w"]) and update["cost"] == float(row["cost"])
    assert document["film"] == "sgd"
    assert document["asked"].keys() == knobs_of(Lesson).keys()
    data = {"name": "inline", "x": [1.0, 2.0], "y": [2.0, 5.0], "seed": None}
    told = {"data": data, "lr": 0.02, "epochs": 3, "order": "random"}
    chosen = document["chosen"]  # three epochs are few: at 0.02 more than half of the way is left
    assert (chosen["w0"], chosen["shares"], chosen["faults"]) == (1.2, [], {"SGD": "creeping"})
    assert chosen["works"] > 0.02
    default = {"w0": 1.2, "batch_size": None, "rule": "sgd", "rates": [], "landscape": "ravine"}
    assert document["asked"].items() >= (told | default).items()


def test_lecture_prints_what_the_programs_print(invoke: Invoke) -> None:
    batch = invoke("trace", "batch", "--format", "lecture").stdout.splitlines()
    assert batch[1] == "Epoch: 0 w= 1.0933333333333333 loss= 4.666666666666667"
    assert batch[-2] == "Epoch: 99 w= 1.9999444396553017 loss= 1.752432687141379e-08"
    assert batch[-1].endswith("7.999777758621207") and len(batch) == 102
    sgd = invoke("trace", "sgd", "--format", "lecture").stdout.splitlines()
    assert sgd[1:5] == [
        "\tgrad: 1.0 2.0 -2.0",
        "\tgrad: 2.0 4.0 -7.84",
        "\tgrad: 3.0 6.0 -16.2288",
        "progress: 0 w= 1.260688 loss= 4.919240100095999",
    ]
    assert sgd[-1].endswith("7.9999999999996945") and len(sgd) == 402


def test_lecture_knows_no_mini_batches(refusal: Callable[..., tuple[int, str]]) -> None:
    code, line = refusal("trace", "sgd", "--batch-size", "2", "--format", "lecture")
    assert code == 2 and line.startswith("--format lecture: ")


def test_divergence_is_said(invoke: Invoke) -> None:
    knobs = ("--lr", "0.3", "--epochs", "5000")
    assert "diverged at update" in invoke("trace", "batch", *knobs).stdout.splitlines()[-1]
    document = json.loads(invoke("trace", "batch", *knobs, "--format", "json").stdout)
    (trace,) = document["traces"]
    assert trace["stopped"] == f"diverged at update {len(trace['updates'])}"
    assert trace["updates"][-1]["cost"] is None  # beyond the range of a double


def test_table_is_the_default_and_lines_up(invoke: Invoke) -> None:
    head, *rows, last = invoke("trace", "batch", "--epochs", "12").stdout.splitlines()
    assert head.split() == COLUMNS
    assert {len(row) for row in rows} == {len(head)} and len(rows) == 12
    assert last == "batch: 12 updates, finished"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["-o", "numbers.csv"], "numbers.csv"),
        (["-o", "out/", "--format", "json"], "out/sgd.json"),
        (["-o", "随机", "--format", "lecture"], "随机/sgd.txt"),
    ],
)
def test_output(invoke: Invoke, tmp_path: Path, words: list[str], name: str) -> None:
    result = invoke("trace", "sgd", *words)
    assert result.stdout == f"{name}\n"
    form = {".csv": "csv", ".json": "json", ".txt": "lecture"}[Path(name).suffix]
    written = (tmp_path / name).read_bytes().decode()
    assert written == invoke("trace", "sgd", "--format", form).stdout


def test_a_failure_leaves_the_old_file(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")
    assert invoke("trace", "sgd", "--batch-size", "9", "-o", "old.csv").exit_code == 2
    assert (tmp_path / "old.csv").read_text() == "old"


def test_notices_of_the_data_are_passed_on(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "gbk.csv").write_bytes("甲,乙\n1,2\n2,4\n".encode("gbk"))
    result = invoke("trace", "batch", "--data", "gbk.csv", "--format", "csv")
    assert result.exit_code == 0 and result.stderr.startswith("Note: ")
    quiet = invoke("trace", "batch", "--data", "gbk.csv", "--format", "csv", "--quiet")
    assert quiet.stderr == "" and quiet.stdout == result.stdout


def test_json_keeps_the_names_of_the_columns(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("height [cm],weight [kg]\n1,2\n2,4\n")
    words = ("trace", "batch", "--data", "a.csv", "--format", "json")
    asked = json.loads(invoke(*words).stdout)["asked"]
    assert (asked["x_name"], asked["y_name"]) == ("height [cm]", "weight [kg]")
    asked = json.loads(invoke(*words, "--y-name", "mass").stdout)["asked"]
    assert (asked["x_name"], asked["y_name"]) == ("height [cm]", "mass")

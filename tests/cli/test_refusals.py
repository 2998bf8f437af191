"""Bad input: one line that names the option, the range or the nearest name, and an exit code."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from scenes import FILMS

Invoke = Callable[..., Result]
Refusal = Callable[..., tuple[int, str]]
Finished = subprocess.CompletedProcess[str]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999", "-1", "0", "abc", "", "1e31"])
def test_bad_rate(refusal: Refusal, value: str) -> None:
    line = f"--lr must be a number above 0 and at most 1e+30, not {value!r}"
    assert refusal("trace", "batch", "--lr", value) == (2, line)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["--w0", "nan"], ["--w0", "from -1e+30 to 1e+30", "'nan'"]),
        (["--w0", "1e300"], ["--w0", "from -1e+30 to 1e+30"]),
        (["--epochs", "0"], ["--epochs", "whole number from 1 to 10000"]),
        (["--epochs", "1.5"], ["--epochs", "whole number", "'1.5'"]),
        (["--batch-size", "0"], ["--batch-size", "from 1"]),
        (["--seed", "-1"], ["--seed", "whole number from 0"]),
        (["--order", "shufled"], ["--order", "batch, in-order, shuffled, random", "'shuffled'"]),
        (["--rule", "momentun"], ["--rule", "did you mean 'momentum'?"]),
        (["--rule", "momentum:momentum=2"], ["--rule", "momentum", "< 1", "2.0"]),
        (["--rule", "adam:beta=0.9"], ["--rule", "no setting 'beta'", "did you mean 'beta"]),
        (["--schedule", "step:gamma=nan"], ["--schedule", "gamma", "nan"]),
        (["--format", "cvs"], ["--format", "lecture", "did you mean 'csv'?"]),
        (["--epochs", "10000", "--data", "random:n=20"], ["--epochs", "100,000", "fewer"]),
        (["--lrr", "1"], ["--lrr", "Did you mean", "--lr"]),
    ],
)
def test_bad_knobs(refusal: Refusal, words: list[str], parts: list[str]) -> None:
    code, line = refusal("trace", "sgd", *words)
    assert code == 2
    assert all(part in line for part in parts), line


@pytest.mark.parametrize("film", ["learning-rate", "optimizers", "cost-function"])
@pytest.mark.parametrize("value", ["0.01", "0.02"])
def test_a_rate_is_refused_where_there_is_none_be_it_the_default(
    refusal: Refusal, film: str, value: str
) -> None:
    code, line = refusal("trace", film, "--lr", value)
    assert code == 2 and line.startswith("--lr: ")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["--lang", "de"], ["--lang", "zh, en"]),
        (["--theme", "drak"], ["--theme", "did you mean 'dark'?"]),
        (["--aspect", "21:9"], ["--aspect", "16:9, 4:3, 1:1, 9:16"]),
        (["-q", "1080p"], ["--quality", "480p15, 720p30, 1080p60, 1440p60, 2160p60"]),
        (["--fps", "0"], ["--fps", "from 1 to 120"]),
        (["--pace", "9"], ["--pace", "from 0.25 to 4"]),
        (["--duration", "1"], ["--duration", "from 5 to 600"]),
        (["--only", "epoch"], ["--only", "did you mean 'epochs'?", "start, first-steps"]),
        (["--theme", "transparent", "-o", "a.mp4"], ["a.mp4", "transparency", ".mov", ".webm"]),
        (["-o", "a.avi"], ["-o", ".mp4", ".mov", ".webm", "'a.avi'"]),
        (["-o", "-"], ["-o", "standard output"]),
        (["--format", "mp4,gfi"], ["--format", "mp4,mov,webm,gif", "did you mean 'gif'?"]),
        (["--format", "mp4,gif", "-o", "a.mp4"], ["-o", "one file", "2 formats"]),
        (["--format", "mp4,gif", "--fps", "24"], ["--format", "24", "multiple of 10, 20 or 25"]),
        (["--format", "gif", "-o", "a.mp4"], ["-o", ".gif", "'a.mp4'"]),
        (["--format", "mp4", "--theme", "transparent"], ["mp4", "transparency"]),
        (["--order", "random"], ["--order", "batch", "sgd"]),
    ],
)
def test_bad_pictures(refusal: Refusal, words: list[str], parts: list[str]) -> None:
    code, line = refusal("video", "batch", *words)
    assert code == 2
    assert all(part in line for part in parts), line


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["gif", "batch", "--fps", "15"], ["--fps", "10, 20, 25, 50", "'15'"]),
        (["gif", "batch", "--colors", "1"], ["--colors", "from 4 to 256"]),
        (["gif", "batch", "--width", "7"], ["--width", "from 64 to 3840"]),
        (["gif", "batch", "--loop", "-1"], ["--loop", "from 0 to 65535"]),
        (["gif", "batch", "-o", "a.mp4"], ["-o", ".gif", "'a.mp4'"]),
        (["frame", "batch", "--at", "1000"], ["--at", "the length of batch"]),
        (["frame", "batch", "--section", "reslt"], ["--section", "did you mean 'result'?"]),
        (["frame", "batch", "--at", "1", "--section", "start"], ["--at", "--section"]),
        (["video", "batch", "sgd", "-o", "a.mp4"], ["-o", "one file", "2 films"]),
        (["video"], ["FILM", f"{', '.join(FILMS)}, all"]),
        (["vdeo"], ["vdeo", "Did you mean 'video'?"]),
        (["trace", "cost-function"], ["cost-function", "no updates", "batch, sgd"]),
        (["completion", "csh"], ["SHELL", "bash, zsh, fish"]),
    ],
)
def test_bad_commands(refusal: Refusal, words: list[str], parts: list[str]) -> None:
    code, line = refusal(*words)
    assert code == 2
    assert all(part in line for part in parts), line


@pytest.mark.parametrize("verb", ["video", "gif", "frame", "trace"])
def test_unknown_film_is_refused_at_once(command: Callable[..., Finished], verb: str) -> None:
    result = command(verb, "batc")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "no film 'batc'; did you mean 'batch'? (there is: cost-function" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b"x,y\n1,2\n3\n", "points.csv:3"),
        (b"x,y\n1,2\n2,four\n", "points.csv:3"),
        (b"x,y\n1,2\n2,nan\n", "points.csv:3"),
    ],
)
def test_bad_csv(refusal: Refusal, tmp_path: Path, content: bytes, part: str) -> None:
    (tmp_path / "points.csv").write_bytes(content)
    code, line = refusal("trace", "batch", "--data", "points.csv")
    assert code == 65 and line.startswith("--data: ") and part in line, line


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("a.csv", "x;y\n1,5;2\n2.5;3\n", ["a.csv:3", "'x'", "'2.5'", "point or a comma"]),
        ("a.csv", "x,y\n1,5,2,5\n", ["a.csv:2", "semicolons"]),
        ("a.csv", "x,y\n1,NA\n", ["a.csv:2", "'y'", "'NA'", "delete the row"]),
        ("a.csv", "a,b,c\n1,2,3\n", ["a.csv:1", "(a, b, c)", "a.csv:XCOLUMN,YCOLUMN"]),
        ("a.csv", "Größe,y\n1,2\n", ["a.csv:1", "CSV UTF-8"]),
        ("a.xlsx", "PK\x03\x04", ["a.xlsx", "workbook", "CSV UTF-8"]),
    ],
)
def test_a_refusal_of_a_file_says_where_and_what_to_do(
    refusal: Refusal, tmp_path: Path, name: str, content: str, parts: list[str]
) -> None:
    (tmp_path / name).write_bytes(content.encode("cp1252"))
    code, line = refusal("trace", "batch", "--data", name)
    assert code == 65 and line.startswith("--data: ")
    assert all(part in line for part in parts), line


def test_names_of_axes_are_refused_where_there_are_none(refusal: Refusal) -> None:
    for film in ("compare", "optimizers"):
        code, line = refusal("trace", film, "--x-name", "hours")
        assert code == 2 and line.startswith("--x-name: ") and "batch, sgd" in line
    code, line = refusal("trace", "batch", "--x-name", "\u202e ")
    assert code == 2 and line.startswith("--x-name: x_name must hold a letter")


@pytest.mark.parametrize("data", ["lectur", "missing.csv", "1,2 3", "random:n=0", "1,nan"])
def test_bad_data(refusal: Refusal, data: str) -> None:
    code, line = refusal("trace", "batch", "--data", data)
    assert code == 65 and line.startswith("--data: ")


def test_debug_adds_the_traceback(invoke: Invoke) -> None:
    result = invoke("trace", "batch", "--rule", "adamm", "--debug")
    assert result.exit_code == 2
    *before, last = result.stderr.splitlines()
    assert before[0].startswith("Traceback") and last.startswith("Error: --rule: ")


def test_data_that_no_film_can_show(invoke: Callable[..., Result]) -> None:
    result = invoke("video", "batch", "--data", "0,1 0,2")
    assert result.exit_code == 65
    assert "--data: inline: all x are 0" in result.stderr


@pytest.mark.parametrize("verb", ["trace", "video", "gif", "frame", "sheet"])
def test_an_output_is_never_an_input(
    verb: str, refusal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    ending = {"trace": ".csv", "video": ".mp4", "gif": ".gif"}.get(verb, ".png")
    data = tmp_path / "points.csv"
    data.write_text("1,2\n2,4\n3,6\n")
    scene = tmp_path / "talk.py"
    scene.write_text("from manim import Scene\nclass Talk(Scene): pass\n")
    output = tmp_path / f"points{ending}"
    if output != data:
        os.link(data, output)
    code, line = refusal(verb, "batch", "--data", "points.csv", "-o", output.name)
    assert code == 2 and "choose another name with -o" in line
    assert data.read_text() == "1,2\n2,4\n3,6\n"
    if verb != "trace":
        (tmp_path / f"link{ending}").symlink_to(scene)
        code, line = refusal(verb, "talk.py", "-o", f"link{ending}")
        assert code == 2 and "talk.py" in line

"""A course is made in turn: what fails is named, what is there stays, what is killed goes on."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.course.files import files_in, put_tables

STAND_IN = Path(__file__).parents[1] / "stand_in.py"
Finished = subprocess.CompletedProcess[str]
COURSE = """
title = "T"
[defaults]
lang = ["en", "zh"]
quality = "480p15"
[[lesson]]
name = "one"
films = ["batch", "sgd"]
make = ["video", "poster"]
[[lesson]]
name = "two"
films = ["batch"]
data = "*.csv"
lang = "en"
make = ["gif", "trace"]
"""


def lay_out(folder: Path) -> None:
    """The course and its data."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text(COURSE)
    put_tables(folder)


@pytest.mark.slow
def test_what_fails_is_named_and_what_is_there_stays(
    stand_in: Callable[..., Finished], tmp_path: Path
) -> None:
    lay_out(tmp_path)
    done = stand_in("course", "--jobs", "1")
    films = ["one/batch-en.mp4", "one/batch-en.png", "one/batch-zh.mp4", "one/batch-zh.png"]
    made = [
        *films,
        "two/a/batch-en.gif",
        "two/b/batch-en.gif",
        "two/a/batch.csv",
        "two/b/batch.csv",
    ]
    assert done.stdout.splitlines() == [f"build/{name}" for name in (*made, "index.html")]
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and lines[-1] == "Failed: one sgd video en, one sgd video zh."
    assert "Error: one sgd video en: scene Broken failed in section 'second'" in done.stderr
    assert lines[-2].startswith("6 made, 0 as before, 2 failed, in ")
    assert re.match(r"1/8  one batch video en  in \d+:\d\d  \d+:\d\d left$", lines[0])

    before = files_in(tmp_path)
    manifest = json.loads(before["manifest.json"])
    assert [file["path"] for file in manifest["files"]] == made
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(before[file["path"]]).hexdigest()
        assert file["size"] == len(before[file["path"]])
    film, poster, *_, table = manifest["files"]
    assert film["command"] == [
        *("gd", "video", "batch", "--lang=en", "--quality=480p15", "--poster"),
        *("-o", "build/one/"),
    ]
    assert (film["films"], film["titles"]) == (["batch"], ["Batch gradient descent"])
    assert (film["lang"], film["theme"], film["aspect"]) == ("en", "dark", "16:9")
    assert (film["product"], poster["product"], film["frames"]) == ("video", "poster", 30)
    assert (table["product"], table["data"], table["lesson"]) == ("trace", "b.csv", "two")
    assert film["summaries"] == ["One update of w per epoch"] and "cues" not in poster
    starts = {cue["section"]: cue["first"] for cue in film["cues"]}
    assert starts == {"first": 0, "second": 15}
    assert {"gradient-descent-films", "python", "manim"} <= manifest["versions"].keys()
    assert [each["films"] for each in manifest["failed"]] == [["sgd"], ["sgd"]]
    assert "the chalk broke" in manifest["failed"][0]["error"]
    page = before["index.html"].decode()
    assert 'href="one/batch-zh.mp4"' in page and 'href="two/b/batch.csv"' in page
    assert page.count('<article class="card"') == 2 and "the chalk broke" in page

    # A file that somebody changed is made again, and all that was made of other data.
    (tmp_path / "build/one/batch-zh.mp4").write_text("mine")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n2,5\n")
    again = stand_in("course", "--json", "--quiet", "--jobs", "1")
    document = json.loads(again.stdout)
    assert document.pop("manifest") == "build/manifest.json"
    assert document.pop("page") == "build/index.html"
    assert document == json.loads((tmp_path / "build/manifest.json").read_text(encoding="utf-8"))
    after = files_in(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {
        "two/b/batch.csv", "manifest.json",
    }  # fmt: skip
    errors = again.stderr.splitlines()  # --quiet
    assert [line.partition(":")[0] for line in errors] == ["Error", "Error", "Failed"]
    third = stand_in("course", "--jobs", "1")
    assert "\n0 made, 6 as before, 2 failed" in third.stderr
    assert files_in(tmp_path) == after


def test_a_manifest_of_another_program_stays(
    refusal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    lay_out(tmp_path)
    file = tmp_path / "build" / "manifest.json"
    file.parent.mkdir()
    file.write_text('{"name": "my web app"}')
    message = "is there already, and it is no manifest of a course: move it"
    assert refusal("course") == (73, f"'build/manifest.json' {message}")
    assert [*files_in(tmp_path).values()] == [b'{"name": "my web app"}']


def start(folder: Path) -> subprocess.Popen[bytes]:
    env = os.environ | {"GD_CACHE": str(folder / "cache"), "LANG": "en_US.UTF-8"}
    return subprocess.Popen(
        [sys.executable, str(STAND_IN), "course", "--jobs", "1", "--quiet"], cwd=folder, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(folder: Path) -> dict[str, bytes]:
    with start(folder) as run:
        _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    return files_in(folder)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_killed_at_any_moment_then_the_same_bytes(tmp_path: Path) -> None:
    """The manifest, too. GD_EVERY_FAULT=1: at ten moments."""

    def place(name: str) -> Path:
        lay_out(tmp_path / name)
        file = tmp_path / name / "course.toml"
        file.write_text(COURSE.replace(', "sgd"', ""))
        return file.parent

    begun = time.monotonic()
    wanted = finish(place("clean"))
    whole = time.monotonic() - begun
    posters = {content for name, content in wanted.items() if name.endswith((".mp4", ".gif"))}
    assert len(wanted) == 9 + 1 + len(posters)  # one poster for films of the same bytes
    draws = random.Random(7)
    for number in range(10 if "GD_EVERY_FAULT" in os.environ else 1):
        folder = place(str(number))
        with start(folder) as run:
            time.sleep(draws.uniform(0.4, 1) * whole)
            run.send_signal(draws.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
            run.communicate(timeout=30)
        for name, content in files_in(folder).items():
            if name != "manifest.json" and not Path(name).name.startswith(".gd-"):
                assert content == wanted[name]
        assert finish(folder) == wanted


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """A row for each lesson and one for all, drawn again in place, with the time that is left."""
    from cli.course.checking import Expected, Planned
    from cli.course.plan import Step
    from cli.course.progress import LiveProgress, course_progress
    from pipeline import Progress

    monkeypatch.setenv("COLUMNS", "70")
    steps = [
        Planned(
            Step(name, name, "gif", ("batch",), (), {}, {}, 1, ()),
            (Expected("x.gif", 20, 6.0, 10),),
        )
        for name in ("one", "two", "two")
    ]
    assert type(course_progress(steps, quiet=False)) is not LiveProgress  # a log
    table = LiveProgress(steps, quiet=False)
    table.start(steps[0])
    table.update(Progress(done=10, total=20, fps=99, section="first"))
    table.finish(steps[0])
    shown = capsys.readouterr().err.rpartition("\x1b[J")[2].splitlines()
    assert [line.split()[:2] for line in shown] == [
        ["one", "1/1"],
        ["two", "0/2"],
        ["1/3", shown[2].split()[1]],
    ]
    assert shown[0].endswith("done") and "0:00 left" in shown[2]  # the first took no time
    for step in steps[1:]:
        table.start(step)
        table.finish(step, failed=step is steps[2])
    assert table.failed == {"two"}
    assert capsys.readouterr().err.endswith("\x1b[3F\x1b[J")

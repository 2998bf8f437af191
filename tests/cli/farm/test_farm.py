"""Films that other machines draw: the same bytes, whoever comes and goes, and one clear line."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.course.files import files_in
from tests.cli.farm.conftest import (
    FILMS,
    Cluster,
    Files,
    Run,
    forget,
    is_drawing,
    lay_out,
    notes_in,
    processes_with,
    receipts,
    until,
)

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc, and the fonts' folders of Linux"),
]


def test_the_same_bytes_come_back_whoever_draws(
    run: Run, plain: Files, cluster: Cluster, tmp_path: Path
) -> None:
    """A worker with another font is refused; the next one draws; one of two is killed."""
    home = tmp_path / "home"
    (home / ".fonts").mkdir(parents=True)
    (home / ".fonts" / "Other.ttf").write_bytes(b"no font")
    cluster.work("other", HOME=str(home))
    folder = lay_out(tmp_path / "far")
    code, errors = run.course(folder, "--on", cluster.place)
    line, error = errors.splitlines()
    assert line.startswith("worker tcp://127.0.0.1:")
    assert line.endswith(" is not used: its font file Other.ttf differs")
    address = line.split()[1]
    message = f"no worker can be used (docs/farm.md); {address}: its font file Other.ttf differs"
    assert (code, error) == (69, f"Error: {cluster.place}: {message}")

    first = cluster.work("first")
    code, errors = run.course(folder, "--on", cluster.place)
    assert code == 0 and errors.count("is not used") == 1
    assert f"{FILMS} made, 0 as before, 0 failed" in errors
    assert files_in(folder) == plain
    # This machine drew nothing itself: there are only films, and notes that they were drawn.
    about = notes_in(folder / "cache")
    assert about and all("film" in each or "needs" in each for each in about)
    assert receipts(folder / "cache") == FILMS

    forget(first)
    second, folder = cluster.work("second"), lay_out(tmp_path / "killed")
    with run.start(folder, "--on", cluster.place, "--quiet") as course:
        until(lambda: is_drawing(second))
        cluster.kill("second")
        _, errors = course.communicate(timeout=60)
    assert course.returncode == 0, errors
    assert files_in(folder) == plain


def test_without_the_scheduler_what_is_finished_stays(
    run: Run, plain: Files, cluster: Cluster, tmp_path: Path
) -> None:
    folder = lay_out(tmp_path / "course")
    cluster.work("first")
    with run.start(folder, "--on", cluster.place) as course:
        assert course.stdout is not None and course.stderr is not None
        assert course.stdout.readline() == "build/one/batch-start-en.mp4\n"
        cluster.kill("scheduler")
        *_, error = course.stderr.read().splitlines()
    remedy = "start it again and run the same command: finished films are kept"
    assert course.returncode == 74
    assert error == f"Error: {cluster.place}: the scheduler is gone; {remedy}"
    made = files_in(folder)
    manifest = json.loads(made.pop("manifest.json"))
    assert manifest["files"] and manifest["failed"] == []
    assert {name: plain[name] for name in made} == made and len(made) < len(plain)
    code, error = run.course(folder, "--on", cluster.place, "--lang", "zh")
    assert code == 69
    assert error.startswith(f"错误：{cluster.place} 没有 Dask 调度器应答")


def test_a_killed_farm_leaves_nothing_and_goes_on(run: Run, plain: Files, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "course")
    with run.start(folder, "--on", "local:2") as course:
        until(lambda: list(folder.glob("gd-film-*/gd-film-*")))  # a worker draws
        os.kill(course.pid, signal.SIGKILL)
        course.wait()
        until(lambda: not processes_with(f"GD_CACHE={folder}"), 10)
    assert run.course(folder, "--on", "local:4", "--quiet") == (0, "")
    assert files_in(folder) == plain
    assert not list(folder.glob("gd-film-*")) and not list(folder.glob("cache/1/.gd-*"))


def test_two_shares_draw_all_and_the_course_draws_nothing(
    run: Run, plain: Files, tmp_path: Path
) -> None:
    """Plain processes over one cache, as an array job of a cluster starts them."""
    folder = lay_out(tmp_path / "course")
    shares = [run.start(folder, "--share", f"{number}/2", "--jobs", "1") for number in (1, 2)]
    said = [share.communicate(timeout=120) for share in shares]
    assert [share.returncode for share in shares] == [0, 0]
    assert [paths for paths, _ in said] == ["", ""]
    assert sum(len(errors.splitlines()) for _, errors in said) == FILMS
    assert not (folder / "build").exists()
    drawn = {path.name for path in (folder / "cache").glob("1/*.note")}
    code, errors = run.course(folder)
    assert code == 0 and f"{FILMS} made, 0 as before, 0 failed" in errors
    assert files_in(folder) == plain
    assert {path.name for path in (folder / "cache").glob("1/*.note")} == drawn

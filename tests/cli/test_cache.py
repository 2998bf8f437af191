"""The cache as a user sees it: the second time is quick, `--no-cache`, and `cache` itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Finished = subprocess.CompletedProcess[str]
Run = Callable[..., Finished]
ROOT = Path(__file__).resolve().parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")
FILM = ("video", "batch", "-q", "480p15", "--duration", "5", "--lang", "en")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_the_second_time_is_quick(
    command: Run, tmp_path: Path, environment: dict[str, str], cache: Path
) -> None:
    first = json.loads(command(*FILM, "--json").stdout)["files"][0]
    data = (tmp_path / first["path"]).read_bytes()
    assert first["cached"] is False
    (tmp_path / first["path"]).unlink()
    before = os.times()
    again = command(*FILM)
    after = os.times()
    assert after.children_user - before.children_user < 0.5
    assert (again.returncode, again.stdout) == (0, "batch-en.mp4\n")
    _, end = again.stderr.splitlines()
    assert end.startswith("batch: from the cache: 75 frames, ")
    assert (tmp_path / first["path"]).read_bytes() == data
    code = (
        "import sys; from cli.program import gd\n"
        "try: gd()\n"
        "finally: print(sorted({'manim', 'av', 'fontTools'} & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *FILM, "--quiet", "-o", f"{tmp_path}/third.mp4"], cwd=ROOT,
        env=environment | {"GD_CACHE": str(cache)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "[]\n")
    assert (tmp_path / "third.mp4").read_bytes() == data


@pytest.mark.slow
def test_two_runs_at_once(tmp_path: Path, environment: dict[str, str], cache: Path) -> None:
    words = [sys.executable, str(STAND_IN), "video", "batch", "-q", "l"]
    runs = [
        subprocess.Popen(
            [*words, "--quiet", "-o", f"{name}.mp4"], cwd=tmp_path, stderr=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=environment | {"GD_CACHE": str(cache)},
        )
        for name in ("one", "two")
    ]  # fmt: skip
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert (run.returncode, errors) == (0, "")
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
    assert sorted(Path(name).suffix for name in files(cache)) == [
        ".data",
        ".data",
        ".note",
        ".note",
    ]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_killed_in_the_middle_then_the_same_command(
    stand_in: Run, tmp_path: Path, environment: dict[str, str], cache: Path
) -> None:
    words = ("video", "batch", "-q", "l", "--quiet")
    clean = stand_in(*words, "--no-cache", "-o", "clean.mp4")
    assert clean.returncode == 0
    process = subprocess.Popen(
        [sys.executable, str(STAND_IN), *words],
        cwd=tmp_path,
        env=environment | {"GD_CACHE": str(cache)},
    )
    while process.poll() is None and not list(tmp_path.glob(".gd-*.part")):
        time.sleep(0.01)
    process.kill()
    assert process.wait(timeout=30) != 0
    assert not (tmp_path / "batch.mp4").exists() and files(cache) == []
    assert stand_in(*words).returncode == 0
    assert (tmp_path / "batch.mp4").read_bytes() == (tmp_path / "clean.mp4").read_bytes()


@pytest.mark.slow
def test_no_cache_neither_reads_nor_writes(stand_in: Run, cache: Path) -> None:
    words = ("frame", "batch", "-q", "l", "--json")
    assert stand_in(*words, "--no-cache").returncode == 0
    assert files(cache) == []
    assert json.loads(stand_in(*words).stdout)["files"][0]["cached"] is False
    assert len(files(cache)) == 2
    kept = json.loads(stand_in(*words).stdout)["files"][0]
    anew = json.loads(stand_in(*words, "--no-cache").stdout)["files"][0]
    assert (kept["cached"], anew["cached"]) == (True, False)
    assert kept["sha256"] == anew["sha256"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "env",
    [{"GD_CACHE": "/proc/cache"}, {"GD_CACHE": "", "HOME": "/proc", "XDG_CACHE_HOME": ""}],
    ids=["closed", "no home"],
)
def test_a_cache_that_cannot_be_is_no_error(stand_in: Run, env: dict[str, str]) -> None:
    for _ in range(2):
        result = stand_in("frame", "batch", "-q", "l", "--quiet", env=env)
        assert (result.returncode, result.stdout, result.stderr) == (0, "batch.png\n", "")


def fill(cache: Path) -> None:
    """Two films of 100 and 200 bytes and a segment of 300; the first was unused for longest."""
    from hashlib import sha256

    from pipeline import Store

    store = Store(cache / "1", 10**6)
    for number, about in ((1, {"film": {}}), (2, {"film": {}}), (3, {})):
        film = cache / "film"
        film.write_bytes(b"x" * 100 * number)
        store.put(f"{number:064}", film, sha256(film.read_bytes()).hexdigest(), about)
        os.utime(store.folder / f"{number:064}.note", (number, number))
    film.unlink()


def told(invoke: Callable[..., Result], *words: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(invoke("cache", *words, "--json").stdout)
    return document


def test_show_prune_clear(invoke: Callable[..., Result], cache: Path) -> None:
    fill(cache)
    shown = told(invoke)
    assert shown == {
        "folder": str(cache / "1"), "entries": 3, "films": 2, "voices": 0, "size": 600,
        "limit": 2 * 10**9,
        "removed": {"entries": 0, "size": 0},
    }  # fmt: skip
    assert told(invoke, "prune") == shown  # within the limit
    assert len(files(cache)) == 6
    pruned = told(invoke, "prune", "--limit", "0")
    assert (pruned["entries"], pruned["removed"]) == (0, {"entries": 3, "size": 600})
    fill(cache)
    assert told(invoke, "clear")["removed"]["entries"] == 3
    assert files(cache) == []


def test_show_as_a_table(invoke: Callable[..., Result], cache: Path) -> None:
    fill(cache)
    lines = [line.split(maxsplit=1) for line in invoke("cache").stdout.splitlines()]
    assert lines == [
        ["folder", str(cache / "1")], ["films", "2"], ["segments", "1"], ["voices", "0"],
        ["size", "1 kB of at most 2.0 GB"],
    ]  # fmt: skip
    assert invoke("cache", "clear").stdout.splitlines()[-1].split()[:3] == [
        "removed",
        "3",
        "files,",
    ]


def test_bad_words(refusal: Callable[..., tuple[int, str]]) -> None:
    code, line = refusal("cache", "clean")
    assert code == 2 and "did you mean 'clear'?" in line
    code, line = refusal("cache", "prune", "--limit", "-1")
    assert code == 2 and "--limit" in line

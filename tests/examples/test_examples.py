"""The examples work as they are: an own scene, a course of tables, a notebook."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import av
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TABLES = sorted((EXAMPLES / "course").glob("*.csv"))
Finished = subprocess.CompletedProcess[str]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Finished]:
    """Runs a command line as a process, with this checkout's command, in an empty folder."""

    def go(*words: str) -> Finished:
        env = os.environ | {"GD_CACHE": str(tmp_path / "cache"), "PYTHONUTF8": "1", "LANG": "C"}
        done = subprocess.run(
            words, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done

    return go


def test_the_own_scene(run: Callable[..., Finished], tmp_path: Path) -> None:
    """Its sections are chapters, its subcaptions subtitles."""
    scene = f"{EXAMPLES / 'own_scene.py'}:Tangent"
    run(sys.executable, str(ROOT / "render.py"), "video", scene, "-q", "480p15", "-o", "own.mp4")
    with av.open(tmp_path / "own.mp4") as film:
        names = [chapter["metadata"]["title"] for chapter in film.chapters()]
        assert names == ["curve", "descent"]
        assert film.streams.video[0].height == 480
        assert len(film.streams.subtitles) == 1


@pytest.mark.slow
def test_the_course(run: Callable[..., Finished], tmp_path: Path) -> None:
    """Two lessons in two languages, one of them for each table; here its films are short."""
    shutil.copytree(EXAMPLES / "course", tmp_path / "course")
    tables = TABLES[:1]
    for table in TABLES[1:]:  # for the time that they would take
        (tmp_path / "course" / table.name).unlink()
    file = tmp_path / "course" / "course.toml"
    text = file.read_text(encoding="utf-8").replace("duration = 20\n", "")
    file.write_text(text.replace("[defaults]", "[defaults]\nduration = 5"), encoding="utf-8")
    words = (sys.executable, str(ROOT / "render.py"), "course", "course/course.toml", "--json")
    document = json.loads(run(*words).stdout)
    assert document["failed"] == []
    files = {each["path"]: each for each in document["files"]}
    build = tmp_path / "course" / "build"
    there = {path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()}
    posters = {path for path in there if path.startswith("index-files/")}
    assert there - posters == {*files, "manifest.json", "index.html"}
    assert len(posters) == 6  # of three films in two languages
    assert len(tables) == 1
    for lang in ("en", "zh"):
        for table in tables:
            made = files[f"our-tables/{table.stem}/batch-{lang}.mp4"]
            assert (made["data"], made["lang"]) == (table.name, lang)
            assert made["duration"] == pytest.approx(5, abs=0.1)
        with av.open(build / f"our-tables/{tables[0].stem}/batch-{lang}.mp4") as film:
            first = film.chapters()[0]["metadata"]["title"]
            assert first == {"en": "The start", "zh": "起点"}[lang]
        with av.open(build / f"one-step/sgd-first-epoch-{lang}.mp4") as film:
            assert film.streams.video[0].height == 480 and len(film.streams.subtitles) == 2
        with av.open(build / f"one-step/sgd-first-epoch-{lang}.gif") as film:
            assert film.streams.video[0].width == 320
        assert zipfile.is_zipfile(build / f"one-step/deck-{lang}.pptx")
        assert (build / f"one-step/handout-{lang}.pdf").read_bytes().startswith(b"%PDF")
    again = run(*words)
    assert json.loads(again.stdout) == document and "\n0 made, " in again.stderr


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_courses_rate_suits_each_table(run: Callable[..., Finished], table: Path) -> None:
    """The descent of its film comes to rest."""
    words = ["trace", "batch", "--data", str(table), "--lr", "0.02", "--format", "csv"]
    done = run(sys.executable, str(ROOT / "render.py"), *words)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert len(rows) == 100
    assert abs(float(rows[-1]["grad_w"])) < 1e-3 < abs(float(rows[0]["grad_w"]))


def test_the_notebook() -> None:
    """Its cells run in order in one namespace, without Jupyter."""
    matplotlib = pytest.importorskip("matplotlib", reason="the extra `examples` is not installed")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    notebook = json.loads((EXAMPLES / "trace.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells)
    names: dict[str, object] = {}
    for number, cell in enumerate(cells):
        exec(compile("".join(cell["source"]), f"trace.ipynb, cell {number}", "exec"), names)
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    assert len(figures) == 3
    for figure in figures:
        figure.canvas.draw()
        assert all(axes.lines and axes.get_xlabel() for axes in figure.axes)
    pyplot.close("all")

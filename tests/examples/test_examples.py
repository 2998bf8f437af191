"""The examples work as they are: an own scene, a course of tables, a notebook."""

from __future__ import annotations

import csv
import json
import os
import shlex
import subprocess
import sys
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
    own = shlex.join([sys.executable, str(ROOT / "render.py")])

    def go(*words: str) -> Finished:
        env = os.environ | {"GD": own, "GD_CACHE": str(tmp_path / "cache"), "PYTHONUTF8": "1"}
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


@pytest.mark.skipif(os.name == "nt", reason="render.sh is for a POSIX shell")
def test_the_course_is_one_film_for_each_table(run: Callable[..., Finished]) -> None:
    done = run("sh", str(EXAMPLES / "course" / "render.sh"), "--dry-run", "--json")
    decoder, text, paths = json.JSONDecoder(), done.stdout.strip(), []
    while text:
        document, end = decoder.raw_decode(text)
        paths += [file["path"] for file in document["files"]]
        text = text[end:].lstrip()
    assert len(TABLES) >= 2
    assert [Path(path).stem for path in paths] == [table.stem for table in TABLES]


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

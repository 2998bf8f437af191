"""The films under manim's own command line, with its defaults."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from manim import tempconfig
from manim.__main__ import main
from PIL import Image

from scenes import FILMS
from tests.quick_texts import quick_texts

ROOT = Path(__file__).resolve().parents[2]


def manim(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run manim from the checkout, with its media elsewhere."""
    command = [sys.executable, "-m", "manim", *options, "--media_dir", str(tmp_path)]
    environment = {**os.environ, "PYTHONWARNINGS": "default"}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
def test_a_films_last_frame(film: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`manim -ql -s scenes/films/batch/scene.py BatchDescent` goes through the whole film.

    The command runs in this process, which has imported manim.
    """
    entry = FILMS[film]
    path = entry.module.replace(".", "/") + ".py"
    monkeypatch.chdir(ROOT)
    loaded = importlib.import_module(entry.module)
    monkeypatch.setitem(sys.modules, entry.module, loaded)  # manim puts its own there
    words = ["render", "-ql", "-s", "--silent", path, entry.scene, "--media_dir", str(tmp_path)]
    with tempconfig({}), quick_texts():
        done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    (still,) = tmp_path.rglob("*.png")
    with Image.open(still) as picture:
        assert picture.size == (854, 480)
        colors = picture.convert("RGB").getcolors(maxcolors=10**6)
        assert colors is not None and len(colors) > 100


@pytest.mark.slow
def test_a_film_as_video(tmp_path: Path) -> None:
    """In a process of its own: manim plays and encodes the frames, one a second to be quick."""
    done = manim(
        tmp_path, "-ql", "--silent", "--fps", "1", "scenes/films/batch/scene.py", "BatchDescent"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    films = [path for path in tmp_path.rglob("BatchDescent.mp4")]
    assert len(films) == 1 and films[0].stat().st_size > 10_000

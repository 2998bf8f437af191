"""The films under manim's own command line, with its defaults."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from scenes import FILMS

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
def test_a_films_last_frame(film: str, tmp_path: Path) -> None:
    """`manim -ql -s scenes/films/batch/scene.py BatchDescent` goes through the whole film."""
    entry = FILMS[film]
    path = entry.module.replace(".", "/") + ".py"
    done = manim(tmp_path, "-ql", "-s", path, entry.scene)
    assert done.returncode == 0, done.stdout + done.stderr
    (still,) = tmp_path.rglob("*.png")
    with Image.open(still) as picture:
        assert picture.size == (854, 480)
        colors = picture.convert("RGB").getcolors(maxcolors=10**6)
        assert colors is not None and len(colors) > 100


@pytest.mark.slow
def test_a_film_as_video(tmp_path: Path) -> None:
    """Frames are played and encoded by manim itself, at one frame a second to be quick."""
    done = manim(tmp_path, "-ql", "--fps", "1", "scenes/films/batch/scene.py", "BatchDescent")
    assert done.returncode == 0, done.stdout + done.stderr
    films = [path for path in tmp_path.rglob("BatchDescent.mp4")]
    assert len(films) == 1 and films[0].stat().st_size > 10_000

"""The command is killed at many moments; then the same command makes the same film."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENE = """
from manim import RIGHT, UP, Create, Scene, Square, Text

class Walk(Scene):
    def construct(self):
        self.next_section("one")
        square = Square()
        self.play(Create(square))
        for k in range(5):
            self.play(square.animate.shift(RIGHT if k % 2 else UP))
        self.next_section("two")
        self.add(Text("end"))
        self.wait(4)
"""
COMMAND = "video walk.py:Walk -q 480p15 --fps 20 --quiet --format mp4,gif -o films/"


class Place:
    """A folder with the scene, a cache, and a folder for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir(parents=True)
        (folder / "walk.py").write_text(SCENE)

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "render.py"), *COMMAND.split()],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=os.environ | {"GD_CACHE": f"{self.folder}/cache", "TMPDIR": str(self.temporary)},
        )  # fmt: skip

    def finish(self) -> dict[str, bytes]:
        """Run to the end; return the files by name."""
        with self.start() as run:
            _, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors
        return self.films()

    def films(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "films").glob("*")}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_killed_at_any_moment_then_the_same_command(tmp_path: Path) -> None:
    """From start-up to the check of the finished files. GD_EVERY_FAULT=1: at sixty moments."""
    begun = time.monotonic()
    wanted = Place(tmp_path / "clean").finish()
    whole = time.monotonic() - begun
    assert sorted(wanted) == ["Walk.gif", "Walk.mp4"]
    draws = random.Random(5)
    for k in range(60 if "GD_EVERY_FAULT" in os.environ else 2):
        place = Place(tmp_path / str(k))
        number = draws.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
        with place.start() as run:
            time.sleep(draws.uniform(0, whole))
            run.send_signal(number)
            _, errors = run.communicate(timeout=20)
        # A signal may come before Python has set a handler, or after the end.
        assert run.returncode in (-number, 128 + number, 0), errors
        if number != signal.SIGKILL:
            assert os.listdir(place.temporary) == [], number
            assert set(place.films()) in (set(), {"Walk.gif", "Walk.mp4"})
        for name, film in place.films().items():
            if not name.startswith(".gd-"):
                assert film == wanted[name]
        assert place.finish() == wanted
        assert os.listdir(place.temporary) == []

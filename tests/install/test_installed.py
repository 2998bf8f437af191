"""The installed command `gd`, outside the checkout: it does everything that ./gd does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import av
import pytest

from tests.install.conftest import ROOT, Installation

pytestmark = pytest.mark.slow
SCENE = """
from manim import RIGHT, Circle, Scene

class Moving(Scene):
    def construct(self):
        circle = Circle()
        self.play(circle.animate.shift(RIGHT), run_time=0.4)
"""


def test_what_is_imported_is_the_wheels(installed: Installation) -> None:
    rooms = ["gdcore", "programs", "scenes", "pipeline", "voice", "cli", "gd_films", "exit_codes"]
    code = f"import {', '.join(rooms)}\nfor room in {', '.join(rooms)}: print(room.__file__)"
    for line in installed.run("python", "-c", code).stdout.splitlines():
        assert Path(line).is_relative_to(installed.packages)


def test_its_version_is_the_projects(installed: Installation) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert installed.run("gd", "--version").stdout == f"gd {project['version']}\n"


def test_it_lists_the_films_in_both_languages(installed: Installation) -> None:
    for lang in ("en", "zh"):
        films = json.loads(installed.run("gd", "list", "--json", "--lang", lang).stdout)
        assert len(films) > 10


def test_it_prints_the_lectures_numbers(installed: Installation) -> None:
    lines = installed.run("gd", "trace", "batch", "--format", "lecture").stdout.splitlines()
    assert len(lines) > 100
    assert lines[-1].split() == ["Predict", "(after", "training)", "4", "7.999777758621207"]


def test_the_doctor_finds_all_and_speaks_of_no_checkout(installed: Installation) -> None:
    document = json.loads(installed.run("gd", "doctor", "--json").stdout)
    assert document["ok"] is True
    remedies = [check["remedy"] for check in document["checks"]]
    assert any("pipx reinstall" in remedy for remedy in remedies)
    assert not [remedy for remedy in remedies if "./gd" in remedy or "setup/" in remedy]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_its_completion_calls_it_again(installed: Installation) -> None:
    script = installed.run("gd", "completion", "bash").stdout
    script += "COMP_WORDS=(gd video b); COMP_CWORD=2; _gd_completion; echo ${COMPREPLY[@]}\n"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("batch\n", "")


def test_it_renders_and_writes_nothing_beside_its_code(installed: Installation) -> None:
    (installed.folder / "mine.py").write_text(SCENE, encoding="utf-8")
    before = installed.files()
    still = installed.run("gd", "frame", "batch", "--at", "1", "-q", "480p15", "-o", "still.png")
    film = installed.run("gd", "video", "mine.py:Moving", "-q", "480p15", "-o", "mine.mp4")
    assert (still.stdout, film.stdout) == ("still.png\n", "mine.mp4\n")
    with av.open(str(installed.folder / "mine.mp4")) as container:
        assert container.streams.video[0].frames == 6
    assert set(os.listdir(installed.folder)) == {"mine.py", "still.png", "mine.mp4"}
    assert installed.files() == before

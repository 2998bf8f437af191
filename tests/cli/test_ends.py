"""A scene that does not end, or that ends Python: the command ends in time, others are made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="POSIX signals"),
]
EVERY = bool(os.environ.get("GD_EVERY_FAULT"))

SCENES = """
import threading, time
from manim import *

class Short(Scene):
    def construct(self):
        self.next_section("begin")
        self.wait(0.2)

class Exits(Short):
    def construct(self):
        super().construct()
        exit()

class Swallows(Short):
    def construct(self):
        super().construct()
        print("stuck", flush=True)
        while True:
            try:
                time.sleep(0.2)
            except BaseException:
                pass

class Lingers(Short):
    def construct(self):
        super().construct()
        print("stuck", flush=True)
        try:
            time.sleep(60)
        finally:
            time.sleep(60)

class Threads(Short):
    def construct(self):
        super().construct()
        threading.Thread(target=time.sleep, args=(60,)).start()
        print("stuck", flush=True)
        time.sleep(60)

class Computes(Short):
    def construct(self):
        super().construct()
        print("stuck", flush=True)
        sum(range(10**12))  # one long call, in which no handler of Python runs
"""


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    (tmp_path / "scenes.py").write_text(SCENES)
    return tmp_path / "scenes.py"


def in_session(session: int) -> list[str]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state not in "ZX":
            found.append(stat.parent.name)
    return found


@pytest.mark.parametrize(
    ("scene", "number", "code"),
    [
        ("Swallows", signal.SIGTERM, 143),
        ("Computes", signal.SIGTERM, -signal.SIGKILL),
        *(
            [
                ("Swallows", signal.SIGINT, 130),
                ("Lingers", signal.SIGTERM, 143),
                ("Threads", signal.SIGINT, 130),
                ("Computes", signal.SIGHUP, -signal.SIGKILL),
            ]
            if EVERY
            else []
        ),
    ],
)
def test_a_signal_ends_whatever_a_scene_does(
    scene: str, number: int, code: int, scenes: Path, environment: dict[str, str]
) -> None:
    """GD_EVERY_FAULT=1 adds other scenes and signals."""
    words = ["video", f"{scenes}:{scene}", "-q", "l", "--no-cache", "-o", f"{scenes.parent}/"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "render.py"), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=environment | {"TMPDIR": str(scenes.parent)},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        while process.stderr.readline() not in ("stuck\n", ""):
            pass
        time.sleep(0.3)  # the call that does not end begins after the line
        process.send_signal(number)
        begun = time.monotonic()
        process.communicate(timeout=20)  # returns when nothing holds the pipes
        assert time.monotonic() - begun < 2
    finally:
        process.kill()
    assert process.returncode == code
    end = time.monotonic() + 1
    while (left := in_session(process.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []
    assert not list(scenes.parent.glob("*.mp4"))


def test_a_scene_that_exits_or_takes_too_long_fails_and_the_others_are_made(
    command: Callable[..., subprocess.CompletedProcess[str]], scenes: Path
) -> None:
    (scenes.parent / "endless.py").write_text(
        "from manim import *\n\nclass Endless(Scene):\n    def construct(self):\n"
        "        while True:\n            self.mobjects\n"
    )
    films = [f"{scenes}:Exits", "endless.py:Endless", f"{scenes}:Short"]
    done = command("video", *films, "-q", "l", "--no-cache", "--timeout", "5")
    assert (done.returncode, done.stdout) == (1, "Short.mp4\n")
    assert done.stderr.splitlines()[-1] == "Finished: Short. Failed: Exits, Endless."
    said = "scene Exits failed in section 'begin' at 0.20 s: SystemExit: a scene must not"
    assert f"Error: Exits: {said}" in done.stderr
    assert "Error: Endless: not finished within 5 s (--timeout)" in done.stderr.splitlines()


@pytest.mark.skipif(not EVERY, reason="GD_EVERY_FAULT=1 asks for it")
@pytest.mark.parametrize(("scene", "code"), [("Swallows", 124), ("Threads", 124)])
def test_the_limit_ends_a_scene_that_does_not_end(
    scene: str, code: int, command: Callable[..., subprocess.CompletedProcess[str]], scenes: Path
) -> None:
    done = command("video", f"{scenes}:{scene}", "-q", "l", "--no-cache", "--timeout", "4")
    assert (done.returncode, done.stdout) == (code, "")
    assert f"Error: {scene}: not finished within 4 s (--timeout)" in done.stderr.splitlines()

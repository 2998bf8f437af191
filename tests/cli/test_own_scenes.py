"""A scene file instead of FILM: errors are reported at once, correct scenes are rendered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from scenes import FILMS, Lesson

FILE = """
from manim import *

class Base(Scene):
    pass

class Intro(Base):
    def construct(self):
        self.next_section("first")
        self.add(Square())
        self.wait(0.5)
        self.next_section("second")
        self.play(self.mobjects[0].animate.shift(RIGHT), run_time=0.5)

class Helper:
    pass
"""


@pytest.fixture
def lecture(tmp_path: Path) -> str:
    (tmp_path / "my lecture").mkdir()
    (tmp_path / "my lecture" / "scenes.py").write_text(FILE)
    return "my lecture/scenes.py"


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["video", "@:Intor"], 2, ["no scene 'Intor'", "did you mean 'Intro'?", "Base, Intro"]),
        (
            ["video", "@:Base", "Intro"],
            2,
            ["'Intro' is no film", "write my lecture/scenes.py:"],
        ),
        (["sheet", "@:Base", "Outro"], 2, ["no film 'Outro'", "batch, sgd"]),
        (["video", "@"], 2, ["2 scenes", "as in my lecture/scenes.py:Base"]),
        (["video", "missing.py:Intro"], 2, ["no file 'missing.py'"]),
        (["video", "@:Intro", "--lr", "0.1"], 2, ["--lr", "not for a scene file"]),
        (["frame", "@:Intro", "--lang", "en"], 2, ["--lang"]),
        (["gif", "@:Intro", "--theme", "light"], 2, ["--theme", "transparent"]),
        (["video", "@:Intro", "./@:Intro"], 2, ["2 of them", "'Intro.mp4'"]),
        (["trace", "@:Intro"], 2, ["no trace"]),
        (["video", "@:Intro", "--seed", "4294967296"], 2, ["--seed", "at most 4294967295"]),
        (["video", "bad.py:Intro"], 65, ["bad.py:2", "syntax"]),
        (["video", "empty.py"], 2, ["no scenes"]),
    ],
)
def test_refusals(
    refusal: Callable[..., tuple[int, str]], tmp_path: Path, lecture: str,
    words: list[str], code: int, parts: list[str],
) -> None:  # fmt: skip
    (tmp_path / "bad.py").write_text("\nclass Intro(:\n")
    (tmp_path / "empty.py").write_text("")
    found, line = refusal(*(word.replace("@", lecture) for word in words))
    assert found == code
    assert all(part in line for part in parts), line


def test_dry_run(invoke: Callable[..., Result], lecture: str) -> None:
    words = ("video", f"{lecture}:Intro", "batch", "-q", "l", "--dry-run")
    own, film = json.loads(invoke(*words, "--json").stdout)["files"]
    assert (own["film"], own["path"], own["frames"]) == ("Intro", "Intro.mp4", None)
    assert film["frames"] == round(FILMS["batch"].seconds(Lesson()) * 15)
    assert invoke(*words).stdout.splitlines()[1].split()[:4] == ["Intro", "?", "?", "854x480"]


@pytest.mark.slow
def test_rendered(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, lecture: str
) -> None:
    words = ("video", f"{lecture}:Intro", "-q", "l", "--fps", "20", "--format", "mp4,gif")
    result = command(*words, "--json")
    assert result.returncode == 0, result.stderr
    video, gif = json.loads(result.stdout)["files"]
    assert (video["path"], video["frames"], gif["path"]) == ("Intro.mp4", 20, "Intro.gif")
    assert [section["name"] for section in video["sections"]] == ["first", "second"]
    again = command(*words)
    assert (again.returncode, again.stdout) == (0, "Intro.mp4\nIntro.gif\n")
    assert "from the cache" in again.stderr
    (tmp_path / lecture).write_text(FILE.replace("RIGHT", "LEFT"))
    assert "from the cache" not in command(*words).stderr
    missing = command("frame", f"{lecture}:Intro", "--section", "secnd", "-q", "l")
    assert missing.returncode == 2
    assert "there is: first, second; did you mean 'second'?" in missing.stderr


@pytest.mark.slow
def test_debug_says_what_the_fast_path_could_not_draw(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "space.py").write_text(
        "from manim import *\n\nclass Space(ThreeDScene):\n    def construct(self):\n"
        "        self.add(Square())\n        self.wait(0.2)\n"
    )
    words = ("video", "space.py:Space", "-q", "l", "--fps", "20", "--no-cache")
    said, silent = command(*words, "--debug"), command(*words)
    assert said.returncode == silent.returncode == 0, said.stderr
    assert "Drawn by manim's camera, slowly: Space: CheckedThreeDCamera has a" in said.stderr
    assert "slowly" not in silent.stderr


RANDOM = """
from random import uniform

from manim import *

class Random(Scene):
    def __init__(self):
        super().__init__()

    def construct(self):
        dot = Dot([uniform(-3, 3), np.random.uniform(-2, 2), 0], color=random_color())
        self.play(dot.animate.shift(UP), run_time=0.2)
"""


@pytest.mark.slow
def test_seed_and_manim_cfg_are_those_of_manims_command(
    command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "scenes.py").write_text(RANDOM)
    (tmp_path / "sub" / "manim.cfg").write_text("[CLI]\nbackground_color = RED\n")
    (tmp_path / "manim.cfg").write_text("[CLI]\nbackground_color = #336699\nframe_height = 5\n")
    stock = subprocess.run(
        [sys.executable, "-m", "manim", "render", "sub/scenes.py", "Random", "-ql", "--seed", "7",
         "--format", "png-sequence", "--media_dir", "media", "--progress_bar", "none"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert stock.returncode == 0, stock.stderr
    words = ("--at", "0", "-q", "l", "--seed", "7", "-o", "ours.png", "--no-cache")
    result = command("frame", "sub/scenes.py:Random", *words)
    assert result.returncode == 0, result.stderr
    assert "sub/manim.cfg is not used" in result.stderr
    first = min((tmp_path / "media").rglob("*.png"))
    ours, theirs = (Image.open(path).convert("RGB") for path in (tmp_path / "ours.png", first))
    assert ours.getpixel((0, 0)) == (0x33, 0x66, 0x99)
    assert ours.tobytes() == theirs.tobytes()
    (tmp_path / "manim.cfg").write_text("[CLI]\nquality = best\n")
    result = command("frame", "sub/scenes.py:Random", *words)
    assert result.returncode == 65, "manim reads its settings when it is imported"
    assert f"settings in {tmp_path / 'manim.cfg'}: quality must be one of" in result.stderr
    assert result.stderr.endswith("; correct or remove them\n")

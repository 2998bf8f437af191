"""`clips`, and `video --join`: what is refused, what is written, and what a second run does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from click.testing import Result

from exit_codes import CANNOT_CREATE

FILE = """
from manim import *

class Intro(Scene):
    def construct(self):
        self.next_section("first")
        self.add(Square())
        self.add_subcaption("hello", duration=0.4)
        self.wait(0.5)
        self.next_section("second")
        self.play(self.mobjects[0].animate.shift(RIGHT), run_time=0.5)

class Outro(Intro):
    pass
"""
SMALL = ("-q", "480p15", "--quiet", "--jobs", "1")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("clips batch -o clips.mp4", "must be a folder"),
        ("clips batch@nothing", "no section 'nothing'"),
        ("clips batch --by scene", "cue, section"),
        ("clips batch --format webp", "mp4, mov, webm, gif"),
        ("video batch sgd --join --format gif", "mp4, mov, webm"),
        ("video batch sgd --join --format mp4,webm", "mp4, mov, webm"),
        ("video batch sgd --join -o lecture.gif", "must end in"),
        ("video batch --join --max-size 5MB", "--max-size"),
        ("video batch --no-titles", "--join"),
    ],
)
def test_refusals(refusal: Callable[..., tuple[int, str]], words: str, part: str) -> None:
    code, line = refusal(*words.split())
    assert code == 2 and part in line


def test_a_file_in_the_place_of_the_folder_stays(
    invoke: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "batch-clips").write_text("mine")
    result = invoke("clips", "batch", "--quiet")
    assert result.exit_code == CANNOT_CREATE and len(result.stderr.splitlines()) == 1
    assert (tmp_path / "batch-clips").read_text() == "mine"


@pytest.mark.slow
def test_clips_and_one_film_of_several(invoke: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(FILE)
    result = invoke("clips", "own.py:Intro", *SMALL)
    folder = Path("Intro-clips")
    names = ["Intro-01-first-1.mp4", "Intro-02-second-1.mp4", "clips.json"]
    assert result.stdout.splitlines() == [str(folder / name) for name in names], result.stderr
    listed = json.loads((folder / "clips.json").read_text())
    assert [each["file"] for each in listed["clips"]] == names[:2]
    (again,) = json.loads(invoke("clips", "own.py:Intro", *SMALL, "--json").stdout)["films"]
    assert again == {"folder": str(folder), "cached": True, **listed}

    films = ("own.py:Intro", "own.py:Outro")
    assert invoke("video", *films, "--join", *SMALL).stdout == "lecture.mp4\n"
    with av.open("lecture.mp4") as container:
        chapters = [
            (chapter["metadata"]["title"], float(chapter["start"] * chapter["time_base"]))
            for chapter in container.chapters()
        ]
    titles = [
        "1 Intro", "Intro · first", "Intro · second", "2 Outro", "Outro · first", "Outro · second"
    ]  # fmt: skip
    assert [title for title, _ in chapters] == titles
    # A card has two and a half seconds, the sections have 7 and 8 frames.
    starts = [0, 38, 45, 53, 91, 98]
    assert [round(start * 15) for _, start in chapters] == starts
    (joined,) = json.loads(invoke("video", *films, "--join", *SMALL, "--json").stdout)["files"]
    assert joined["cached"] and joined["path"] == "lecture.mp4"
    assert [section["first"] for section in joined["sections"]] == starts

    plain = invoke("video", *films, "--join", "--no-titles", "--subtitles", "en", *SMALL)
    assert plain.stdout.split() == ["lecture.mp4", "lecture.en.srt", "lecture.en.vtt"]
    said = Path("lecture.en.srt").read_text().split("\n\n")
    times = [block.splitlines()[1].split(",")[0] for block in said if block]
    assert times == ["00:00:00", "00:00:01"] and said[1].endswith("hello")

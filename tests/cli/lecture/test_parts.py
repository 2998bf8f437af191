"""Parts of films, ``FILM@SECTION`` and ``FILM@FIRST..LAST``, wherever a FILM is taken."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli.request.parts import part_of, split
from pipeline import Part
from scenes import FILMS

Invoke = Callable[..., Result]
Refusal = Callable[..., tuple[int, str]]
Finished = subprocess.CompletedProcess[str]

SCENE = """
from manim import RIGHT, Scene, Square

class Talk(Scene):
    def construct(self):
        square = Square()
        self.next_section("start")
        self.play(square.animate.shift(RIGHT), run_time=1)
        self.next_section("middle")
        self.play(square.animate.shift(RIGHT), run_time=1)
        self.next_section("a/b: *end*")
        self.play(square.animate.shift(RIGHT), run_time=1)
"""


def plan(invoke: Invoke, *words: str) -> list[dict[str, Any]]:
    result = invoke(*words, "--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout)["files"])


@pytest.mark.parametrize(
    ("word", "film", "part"),
    [
        ("sgd", "sgd", None),
        ("sgd@first-epoch", "sgd", Part.of("first-epoch")),
        ("sgd@a..b", "sgd", Part("a", "b")),
        ("sgd@a..a", "sgd", Part.of("a")),
        ("x.py:Intro@a..b c", "x.py:Intro", Part("a", "b c")),
        ("me@home/x.py:Intro", "me@home/x.py:Intro", None),
        ("me@home/x.py:Intro@part@2", "me@home/x.py:Intro", Part.of("part@2")),
        ("x.py@b.py", "x.py", Part.of("b.py")),
    ],
)
def test_a_word(word: str, film: str, part: Part | None) -> None:
    assert split(word)[0] == film and part_of(word) == part


def test_several_parts_of_several_films(invoke: Invoke) -> None:
    words = ("gif", "sgd@first-epoch", "Batch@start..chart", "sgd@first-epoch", "sgd", "sgd@why")
    rows = plan(invoke, *words, "-o", "out/")
    seconds = {section.name: section.seconds for section in FILMS["sgd"].sections}
    assert [(row["film"], row["part"], row["path"]) for row in rows] == [
        ("sgd", "first-epoch", "out/sgd-first-epoch.gif"),
        ("batch", "start..chart", "out/batch-start..chart.gif"),
        ("sgd", None, "out/sgd.gif"),
        ("sgd", "why", "out/sgd-why.gif"),
    ]
    assert rows[0]["frames"] == round(20 * seconds["first-epoch"])
    whole, result = FILMS["batch"].sections, FILMS["batch"].sections[-1]
    assert rows[1]["frames"] == round(20 * sum(s.seconds for s in whole if s is not result))


def test_an_option_means_the_same(invoke: Invoke) -> None:
    for verb, option in (("video", "--only"), ("gif", "--only"), ("frame", "--section")):
        with_option = plan(invoke, verb, "sgd", option, "why", "--lang", "en")
        assert plan(invoke, verb, "sgd@why", "--lang", "en") == with_option
    (row,) = plan(invoke, "sheet", "sgd@why")
    assert row["path"] == "sgd-why-sheet.png"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            ["video", "batch@char"],
            ["batch has no section 'char'; did you mean 'chart'?", "first-steps"],
        ),
        (["video", "batch@start..char"], ["'char'", "did you mean 'chart'?"]),
        (["video", "batch@chart..start"], ["'start' comes before 'chart'", "start..chart"]),
        (["video", "batch@"], ["'batch@'", "FILM@SECTION", "FILM@FIRST..LAST"]),
        (["video", "batch@start.."], ["'batch@start..'", "FILM@FIRST..LAST"]),
        (["video", "batch@..chart"], ["FILM@FIRST..LAST"]),
        (["video", "batc@start"], ["no film 'batc'; did you mean 'batch'?"]),
        (["gif", "all@start"], ["'all@start'", "whole film"]),
        (["trace", "batch@start"], ["'batch@start'", "whole film"]),
        (["video", "batch@start", "--only", "start"], ["--only", "FILM@SECTION"]),
        (["frame", "batch@start", "--section", "start"], ["--section", "FILM@SECTION"]),
        (["frame", "batch@start", "--at", "100"], ["--at", "the length of batch@start"]),
        (["video", "batch@start", "batch@chart", "-o", "a.mp4"], ["one file for 2 films"]),
    ],
)
def test_refusals(refusal: Refusal, words: list[str], parts: list[str]) -> None:
    code, line = refusal(*words)
    assert code == 2
    assert all(part in line for part in parts), line


def test_sections_are_completed(command: Callable[..., Finished]) -> None:
    def completed(word: str) -> list[str]:
        asked = {"COMP_WORDS": f"gd gif {word}", "COMP_CWORD": "2"}
        answer = command(env=asked | {"_GD_COMPLETE": "bash_complete"}).stdout
        return [line.removeprefix("plain,") for line in answer.splitlines()]

    names = [section.name for section in FILMS["sgd"].sections]
    assert completed("sgd@") == [f"sgd@{name}" for name in names]
    assert completed(f"sgd@{names[1]}..") == [f"sgd@{names[1]}..{name}" for name in names[1:]]


@pytest.mark.slow
def test_parts_of_a_users_scene(command: Callable[..., Finished], tmp_path: Path) -> None:
    """Its sections are known when it was played: their names may be any, the order counts."""
    (tmp_path / "talk.py").write_text(SCENE)
    words = ["talk.py:Talk@start..middle", "talk.py@a/b: *end*", "talk.py@middle..start"]
    result = command("gif", *words, "talk.py@midle", "--width", "64", "--fps", "10", "--json")
    assert result.returncode == 2
    document = json.loads(result.stdout)
    middle = {"name": "middle", "first": 10, "frames": 10, "title": "middle"}
    end = {"name": "a/b: *end*", "first": 0, "frames": 10, "title": "a/b: *end*"}
    assert [(f["part"], f["frames"], f["sections"][-1]) for f in document["files"]] == [
        ("start..middle", 20, middle), ("a/b: *end*", 10, end),
    ]  # fmt: skip
    wrong = [failed["error"] for failed in document["failed"]]
    assert "'start' comes before 'middle': write start..middle" in wrong[0]
    assert "no section 'midle'" in wrong[1] and "did you mean 'middle'?" in wrong[1]
    assert len(list(tmp_path.glob("Talk-*.gif"))) == 2

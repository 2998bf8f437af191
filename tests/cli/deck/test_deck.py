"""The verb `deck`: what is refused, and a deck of real films."""

from __future__ import annotations

import importlib.util
import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pptx import Presentation

from cli.deck.fitting import within
from cli.making.orders import Order, orders
from cli.request.lessons import Asked
from cli.request.parts import Chosen
from cli.request.request import Request
from cli.request.shape import Shape
from exit_codes import BAD_DATA, UNAVAILABLE
from pipeline import Mp4
from scenes import FILMS, Telling

FILE = """
from manim import *

class Intro(Scene):
    def construct(self):
        self.next_section("first")
        self.add(Square())
        self.wait(0.5)
        self.next_section("second")
        self.play(self.mobjects[0].animate.shift(RIGHT), run_time=0.5)
"""
SMALL = ("-q", "480p15", "--jobs", "1")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("deck batch -o deck.odp", "must end in .pptx"),
        ("deck batch --theme transparent", "--theme must have a background"),
        ("deck batch --aspect 9:16", "16:9, 4:3"),
        ("deck batch --media webm", "mp4, gif"),
        ("deck batch --media gif --voice draft", "hold no sound"),
        ("deck batch@nothing", "no section 'nothing'"),
    ],
)
def test_refusals(refusal: Callable[..., tuple[int, str]], words: str, part: str) -> None:
    code, line = refusal(*words.split())
    assert code == 2 and part in line


def test_a_template_is_refused_before_a_film_is_made(
    refusal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "theirs.pptx").write_text("mine")
    code, line = refusal("deck", "batch", "--template", "theirs.pptx")
    assert code == BAD_DATA and "'theirs.pptx' is no PowerPoint file" in line
    Presentation().save("theirs.pptx")
    code, line = refusal("deck", "batch", "--template", "theirs.pptx", "-o", "theirs.pptx")
    assert code == 2 and "would be lost" in line


def test_without_the_extra_the_remedy_is_named(
    refusal: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "cli.console.extras.find_spec", lambda name: None if name == "pptx" else find(name)
    )
    code, line = refusal("deck", "batch")
    assert code == UNAVAILABLE and "'python-pptx'" in line and "./gd deck" in line
    monkeypatch.setattr("cli.console.extras.is_checkout", lambda: False)
    code, line = refusal("deck", "batch")
    assert code == UNAVAILABLE and "pip install 'gradient-descent-films[deck]'" in line


@pytest.mark.slow
def test_a_deck_of_a_film_and_a_scene(invoke: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(FILE)
    words = ("deck", "batch@start", "own.py:Intro", "--title", "Machine learning 1", *SMALL)
    result = invoke(*words, "--print", "-o", "lecture.pptx")
    assert result.stdout == "lecture.pptx\nlecture-print.pptx\n", result.stderr
    size = sum(Path(name).stat().st_size for name in result.stdout.split())
    assert f"lecture.pptx: 4 slides, {size / 1000:,.0f} kB" in result.stderr
    title, start, own, end = Presentation("lecture.pptx").slides
    assert [shape.text_frame.text for shape in title.shapes] == [
        "Machine learning 1", "Batch gradient descent\nIntro"
    ]  # fmt: skip
    notes = start.notes_slide.notes_text_frame.text
    cues = json.loads(invoke("cues", "batch@start", "--json").stdout)["cues"]
    assert cues[0]["narration"] in notes
    assert f"Question:\n{cues[0]['notes']['ask']}" in notes
    assert own.notes_slide.notes_text_frame.text == ""
    lines = end.shapes[1].text_frame.text.split("\n")
    assert all(line.endswith(" \\") for line in lines[:-1]) and max(map(len, lines)) < 60
    command = shlex.split(" ".join(line.removesuffix("\\") for line in lines))
    assert command[:5] == ["gd", "deck", "batch@start", "own.py:Intro", "--title"]
    assert command[5] == "Machine learning 1" and command[-4:] == shlex.split(
        "-o lecture.pptx --lang en"
    )
    (again,) = json.loads(invoke(*words, "--quiet", "--json").stdout)["files"]
    assert again["path"] == "deck.pptx" and again["size"] == Path("deck.pptx").stat().st_size
    kinds = [slide["kind"] for slide in again["slides"]]
    assert kinds == ["title", cues[0]["kind"], "play", "end"]


def test_all_films_of_a_deck_are_made_smaller_in_the_same_way() -> None:
    asked = Asked({}, Telling(lang="en"))
    request = Request(asked, Shape.of_quality("1080p60", "16:9"), None, (".mp4",), ())
    made = orders([Chosen(FILMS["batch"]), Chosen(FILMS["sgd"])], request)
    tries: list[set[Any]] = []

    def size_of(tried: Sequence[Order]) -> int:
        """Of a coarser picture, fewer frames and fewer pixels."""
        tries.append({(order.job.frame, order.job.encoding) for order in tried})
        ((frame, encoding),) = tries[-1]
        assert isinstance(encoding, Mp4)
        return int(frame.width * frame.height * frame.fps * 0.9 ** (encoding.crf or 19))

    limit = size_of(made) // 20
    smaller, lost = within(made, limit, size_of)
    assert size_of(smaller) <= limit and 2 < len(tries) < 10
    assert lost[0] == "30 frames a second instead of 60" and "of at most" in lost[-1]
    for before, after in zip(made, smaller, strict=True):
        assert (before.name, before.job.title) == (after.name, after.job.title)
        assert after.job.expected_frames == before.job.expected_frames / 2

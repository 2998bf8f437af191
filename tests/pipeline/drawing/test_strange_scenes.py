"""Scenes that are easily refused or changed: their frames are those of manim, with a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline import FrameSpec, Png, Rendered, RenderJob, SceneFailed, render

SCENES = str(Path(__file__).parents[1] / "strange_scenes.py")
Job = Callable[..., RenderJob]


@pytest.fixture
def strange(job: Job) -> Job:
    """Makes a job for a scene of strange_scenes.py."""

    def make(name: str, output: str, **options: Any) -> RenderJob:
        made = job(name, output, **options)
        return replace(made, scene=replace(made.scene, module=SCENES))

    return make


SMALL = ["FarOut", "Plain", "Zooming", "GivesCamera", "MakesCamera", "Space", "Hidden"]


@pytest.mark.parametrize(("name", "width"), [*((name, 160) for name in SMALL), ("FarOut", 854)])
def test_frames_are_those_of_manim(
    name: str, width: int, drawn: Callable[..., Any], stock_frames: Callable[..., Any]
) -> None:
    picture = FrameSpec(width, round(width * 9 / 32) * 2, 10)
    ours = drawn(name, picture=picture, module=SCENES).frames
    stock = stock_frames(name, picture, SCENES)
    assert len(ours) == len(stock) > 1
    assert [k for k, (a, b) in enumerate(zip(ours, stock, strict=True)) if (a != b).any()] == []
    assert any((a != b).any() for a, b in pairwise(ours)), "nothing moved"


def test_what_reaches_far_out_is_named_once_also_by_workers(
    strange: Job, forking: None, tmp_path: Path
) -> None:
    def notes(workers: int) -> list[str]:
        done: Rendered = render(strange("FarOut", f"{workers}.mp4"), workers=workers)
        return sorted(done.warnings)

    forked = notes(2)
    assert [note.partition(" ")[0] for note in forked] == ["Line", "ParametricFunction", "Square"]
    assert all("clip it at the frame" in note for note in forked)
    assert notes(1) == forked


def test_a_renderer_of_its_own_is_refused(strange: Job) -> None:
    with pytest.raises(SceneFailed, match="HasRenderer has a renderer of its own; leave it out"):
        render(strange("HasRenderer", "film.mp4"))


def test_a_character_that_no_font_has_is_named_once(strange: Job) -> None:
    from pipeline.drawing import glyphs

    if glyphs._unknown() is None:
        pytest.skip("Pango's library cannot be asked")
    said = render(strange("Boxes", "boxes.png", encoding=Png(0))).warnings
    assert len(said) == 2
    assert "'\\U0010f123' (U+10F123) of the text 'é \\U0010f123'" in said[0]
    assert "(U+10F124)" in said[1]

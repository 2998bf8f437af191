"""Cues as a scene marks them: they cover the film, and keep their ids in a part of it."""

from __future__ import annotations

import pytest

from pipeline import JobError, NotFound
from pipeline.drawing.timeline import Timeline
from pipeline.job.cues import Cue
from pipeline.job.part import Part


class _Settings:
    """What a timeline reads of manim's settings."""

    class plan:
        output = None

    assets_dir = "."


def timeline() -> Timeline:
    """A film of three sections at 10 fps: two cues, one without marks, a loop."""
    made = Timeline(_Settings())
    made.next_section("start", "default.normal", False)
    made.frames = 4
    made.begin_cue("play", "one", caption="first")
    made.frames = 10
    made.begin_cue("ask", "two", {"ask": "Where?"}, caption="second")
    made.frames = 25
    made.next_section("middle", "default.normal", False)
    made.frames = 40
    made.next_section("end", "presentation.loop", False)
    made.frames = 60
    return made


def test_cues_cover_the_film() -> None:
    cues = timeline().cues("film", 10)
    assert [(cue.id, cue.first, cue.frames, cue.kind) for cue in cues] == [
        ("film/start/1", 0, 10, "play"),
        ("film/start/2", 10, 15, "ask"),
        ("film/middle/1", 25, 15, "play"),
        ("film/end/1", 40, 20, "loop"),
    ]
    assert [cue.narration for cue in cues] == ["one", "two", "", ""]
    assert cues[1].notes == {"ask": "Where?"} and cues[1].caption == "second"


def test_cues_of_a_section_count_from_its_file() -> None:
    (cue,) = timeline().extras("film", Part.of("middle"), 10).cues
    assert (cue.id, cue.first, cue.frames) == ("film/middle/1", 0, 15)


def test_a_part_of_several_sections_counts_from_its_file() -> None:
    found = timeline().extras("film", Part("middle", "end"), 10)
    assert [(each.name, each.first, each.frames) for each in found.sections] == [
        ("middle", 0, 15), ("end", 15, 20)
    ]  # fmt: skip
    assert [(cue.id, cue.first) for cue in found.cues] == [("film/middle/1", 0), ("film/end/1", 15)]


def test_what_is_no_part() -> None:
    with pytest.raises(NotFound, match="'midle'; there is: start, middle, end"):
        timeline().frames_of(Part("start", "midle"))
    with pytest.raises(JobError, match=r"'start' comes before 'end': write start\.\.end"):
        timeline().frames_of(Part("end", "start"))


@pytest.mark.parametrize(
    ("part", "places"),
    [(Part.of("x"), range(1, 3)), (Part("a", "x"), range(3)), (Part("b", "a"), range(3, 5))],
)
def test_sections_of_the_same_name(part: Part, places: range) -> None:
    """Those in a row are one part; else the first one that fits is meant."""
    assert part.among(["a", "x", "x", "b", "a", "x"]) == places


def test_a_cue_is_read_back_from_its_document() -> None:
    for cue in timeline().cues("film", 10):
        assert Cue.read(cue.document()) == cue

"""Clips and joined films: their frames are those of the films, without encoding."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from PIL import Image

from pipeline import (
    CannotCreate,
    FrameSpec,
    Gif,
    JobError,
    Mp4,
    Png,
    ProRes,
    WebM,
    render,
    render_clips,
)

# 36 frames at 10 fps: cues begin at 0, 7, 20 and 29; "b" at 20. A tone is heard from 1 s to 2.5 s.
from tests.pipeline.cutting.conftest import FRAMES, PICTURE, STARTS, pictures, sound, whole


@pytest.mark.parametrize(
    ("encoding", "frame"),
    [
        (Mp4(), PICTURE),
        pytest.param(WebM(), replace(PICTURE, transparent=True), marks=pytest.mark.slow),
        pytest.param(ProRes(), PICTURE, marks=pytest.mark.slow),
        pytest.param(Gif(), PICTURE, marks=pytest.mark.slow),
        pytest.param(Gif(loop=1), replace(PICTURE, transparent=True), marks=pytest.mark.slow),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_frames_of_all_clips_are_those_of_the_film(encoding, frame, job, cache, no_drawing):
    asked = job("Mute", encoding, frame=frame)
    film = pictures(whole(asked, cache))
    made = render_clips(asked, cache=cache)
    assert made.film.cached and len(film) == FRAMES
    assert [each.clip.first for each in made.clips] == STARTS
    parts = [pictures(each.path) for each in made.clips]
    assert [len(part) for part in parts] == [7, 13, 9, 7]
    assert [data for part in parts for data in part] == film
    if encoding == Gif(loop=1):  # it plays once, but a loop for ever
        assert [loop(each.path) for each in made.clips] == [None, None, None, 0]
    no_drawing()
    again = render_clips(replace(asked, output=asked.output.with_name("again")), cache=cache)
    assert [each.sha256 for each in again.clips] == [each.sha256 for each in made.clips]


def loop(path):
    """How often a GIF plays, 0 for ever; None: once."""
    with Image.open(path) as image:
        return image.info.get("loop")


def test_what_is_said_of_the_clips(job, cache):
    asked = job(frame=FrameSpec(160, 90, 10))
    made = render_clips(asked, about={"language": "en"}, cache=cache)
    document = json.loads((asked.output / "clips.json").read_text())
    assert document == made.document
    head = {key: document[key] for key in ("film", "language", "fps", "size", "by")}
    assert head == {
        "film": "film", "language": "en", "fps": 10, "size": [160, 90], "by": "cue"
    }  # fmt: skip
    second = document["clips"][1]
    assert (second["id"], second["kind"], second["frames"]) == ("film/a/2", "ask", 13)
    assert (second["caption"], second["narration"], second["notes"]) == (
        "second", "two", {"ask": "Where?"}
    )  # fmt: skip
    names = sorted(path.name for path in asked.output.iterdir())
    assert names == sorted(
        ["clips.json"]
        + [each["file"] for each in document["clips"]]
        + [name for each in document["clips"] for name in each["posters"].values()]
    )
    assert second["file"] == "film-02-a-2.mp4" and len(set(names)) == 13
    for each in document["clips"]:
        data = (asked.output / each["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (each["sha256"], each["size"])
    for frame, poster in ((7, second["posters"]["first"]), (19, second["posters"]["last"])):
        still = replace(asked, encoding=Png(frame / 10), output=asked.output / "still.png")
        assert render(still).path.read_bytes() == (asked.output / poster).read_bytes()

    by_section = render_clips(replace(asked, output=asked.output / "s"), "section", cache=cache)
    first, last = by_section.clips
    assert (first.clip.id, first.clip.frames, first.clip.kind) == ("film/a", 20, "ask")
    assert first.clip.narration == "one\ntwo" and last.clip.caption == "third"
    assert first.clip.notes == {"formula": "f", "ask": "Where?"}
    assert (last.clip.id, last.clip.first) == ("film/b: c/d", 20)
    assert "/" not in last.path.name and ":" not in last.path.name

    slides = render_clips(replace(asked, output=asked.output / "q"), "question", cache=cache).clips
    assert [(each.clip.first, each.clip.frames, each.clip.kind) for each in slides] == [
        (0, 20, "ask"), (20, 9, "play"), (29, 7, "loop")
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("encoding", [Mp4(), WebM()], ids=["mp4", "webm"])
def test_a_clip_has_its_part_of_the_sound(encoding, job, cache):
    made = render_clips(job("Lecture", encoding), cache=cache)
    heard, seconds = zip(*(sound(each.path) for each in made.clips), strict=True)
    assert heard[0] == [False] * 7
    # The tone begins 0.3 s after the second cue and ends 0.5 s after the third one.
    assert heard[1][:13] == [False] * 3 + [True] * 10
    assert heard[2][:9] == [True] * 5 + [False] * 4
    for length, clip in zip(seconds, made.clips, strict=True):
        assert abs(length - clip.seconds) < 0.1


def test_clips_appear_together_or_not_at_all(job, cache, monkeypatch):
    asked = job()
    from pipeline.files import verify as verifying

    measure = verifying.verify

    def fails(path, job, frames, to_the_end=True):
        if not to_the_end and frames == 9:
            raise JobError("full")
        return measure(path, job, frames, to_the_end)

    monkeypatch.setattr(verifying, "verify", fails)
    with pytest.raises(JobError, match="full"):
        render_clips(asked, cache=cache)
    assert not asked.output.exists()
    asked.output.write_text("a file")
    with pytest.raises(CannotCreate):
        render_clips(asked, cache=cache)
    assert asked.output.read_text() == "a file"

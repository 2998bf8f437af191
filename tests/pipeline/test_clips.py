"""Clips and joined films: their frames are those of the films, without encoding."""

from __future__ import annotations

import hashlib
import json
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

import pipeline.rendering
from pipeline import (
    CannotCreate,
    Caption,
    FilmCache,
    FrameSpec,
    Gif,
    JobError,
    JoinedFilm,
    Mp4,
    Png,
    ProRes,
    RenderJob,
    SceneRef,
    Store,
    SubtitleTrack,
    WebM,
    render,
    render_clips,
    render_joined,
)
from pipeline.encoders.cover import is_cover
from pipeline.encoders.soundtrack import RATE
from pipeline.job.encodings import suffix_of

# 36 frames at 10 fps: cues begin at 0, 7, 20 and 29; "b" at 20. A tone is heard from 1 s to 2.5 s.
SCENE = """
from manim import *

def plays(count): return (count - 1e-6) / 10
def holds(count): return (count + 1e-6) / 10

class Lecture(Scene):
    def construct(self):
        mark = self.renderer.file_writer.begin_cue
        square = Square(color=RED, fill_opacity=0.5)
        self.add(Circle(radius=3, color=BLUE, fill_opacity=0.2), square)
        self.next_section("a")
        mark("play", "one", {"formula": "f"}, caption="first")
        self.add_subcaption("first", duration=1.5)
        self.play(square.animate.shift(2 * RIGHT), run_time=plays(7))
        mark("ask", "two", {"ask": "Where?"}, caption="second")
        self.add_sound("TONE", time_offset=0.3)
        self.play(Rotate(square), run_time=plays(6))
        self.wait(holds(7))
        self.next_section("b: c/d")
        self.add_subcaption("second", duration=1)
        mark("play", "three", caption="third")
        self.play(square.animate.shift(UP), run_time=plays(9))
        mark("loop", "four", caption="third")
        self.wait(holds(7))

class Mute(Lecture):
    def add_sound(self, *args, **kwargs): pass
"""
STARTS, FRAMES = [0, 7, 20, 29], 36
PICTURE = FrameSpec(160, 90, 10)


@pytest.fixture
def job(tmp_path: Path):
    """A job for a scene of `SCENE`: ``job("Lecture", WebM(), "out")``."""
    time = np.arange(int(1.5 * RATE)) / RATE
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((16000 * np.sin(2 * np.pi * 440 * time)).astype("<i2").tobytes())
    file = tmp_path / "lecture.py"
    file.write_text(SCENE.replace("TONE", str(tmp_path / "tone.wav")))

    def make(name="Mute", encoding=None, output="out", **options):
        options = {"frame": PICTURE, "title": "A film", "name": "film", **options}
        scene = SceneRef(str(file), name)
        return RenderJob(scene, encoding=encoding or Mp4(), output=tmp_path / output, **options)

    return make


@pytest.fixture
def cache(tmp_path: Path) -> FilmCache:
    return FilmCache(Store(tmp_path / "cache", 10**9))


@pytest.fixture
def no_drawing(monkeypatch):
    """From its call on nothing can be rendered."""

    def refuse(*_: object) -> None:
        raise AssertionError("it was drawn again")

    return lambda: monkeypatch.setattr(pipeline.rendering, "_render", refuse)


def whole(job, cache):
    """The film that the clips of `job` are cut out of."""
    output = job.output.with_name(f"whole{suffix_of(job.encoding)}")
    return render(replace(job, output=output), cache=cache).path


def pictures(path):
    """Every decoded frame of a video; of a GIF, each as often as it is shown."""
    if path.suffix == ".gif":
        return list(_shown(path))
    with av.open(path) as container:
        stream = container.streams.video[0]
        decoder = stream.codec_context
        if decoder.name == "vp9":  # libav's own decoder drops the alpha channel
            decoder = av.CodecContext.create("libvpx-vp9", "r")
        form = {"prores": "rgb48le", "libvpx-vp9": "rgba"}.get(decoder.name)
        frames = (f for packet in container.demux(stream) for f in decoder.decode(packet))
        return [frame.to_ndarray(format=form).tobytes() for frame in frames]


def _shown(path):
    """Colours under full transparency do not count."""
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            pixels = np.array(frame.convert("RGBA"))
            pixels[pixels[..., 3] == 0] = 0
            yield from [pixels.tobytes()] * round(image.info["duration"] / 100)


def sound(path):
    """The loudness of each tenth of a second, and how many seconds the track lasts."""
    with av.open(path) as container:
        stream = container.streams.audio[0]
        track = np.zeros(0)
        for frame in container.decode(stream):
            start = round(frame.time * RATE)
            samples = frame.to_ndarray()[0][max(-start, 0) :]
            track = np.concatenate([track, samples])
        length = track.size / RATE
    tenths = np.array_split(track[: len(track) // 4800 * 4800], max(1, len(track) // 4800))
    return [float(np.sqrt(np.mean(each**2))) > 0.05 for each in tenths], length


@pytest.mark.parametrize(
    ("encoding", "frame"),
    [
        (Mp4(), PICTURE),
        pytest.param(WebM(), replace(PICTURE, transparent=True), marks=pytest.mark.slow),
        pytest.param(ProRes(), PICTURE, marks=pytest.mark.slow),
        pytest.param(Gif(), PICTURE, marks=pytest.mark.slow),
        pytest.param(Gif(), replace(PICTURE, transparent=True), marks=pytest.mark.slow),
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
    no_drawing()
    again = render_clips(replace(asked, output=asked.output.with_name("again")), cache=cache)
    assert [each.sha256 for each in again.clips] == [each.sha256 for each in made.clips]


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


@pytest.mark.slow
@pytest.mark.parametrize("encoding", [Mp4(), WebM(), ProRes()], ids=["mp4", "webm", "mov"])
def test_a_joined_film_has_the_frames_of_all(encoding, job, cache, no_drawing):
    suffix = suffix_of(encoding)
    both = tuple(
        SubtitleTrack(language, (Caption(0, 1, word),))
        for language, word in (("eng", "one"), ("zho", "一"))
    )
    film = replace(job("Mute", encoding), title="Mute", name="mute", subtitles=both)
    loud = replace(job("Lecture", encoding), title="Loud", name="loud", language="eng")
    row = [
        JoinedFilm(film, "1 Mute", card=True),
        JoinedFilm(film, "Mute"),
        JoinedFilm(loud, "Loud"),
    ]
    output = film.output / f"all{suffix}"

    def make(each):
        return render(each, cache=cache)

    joined = render_joined(row, output, "All", make)
    alone = [pictures(whole(each.job, cache)) for each in row]
    assert pictures(output) == [data for film in alone for data in film]
    assert (joined.frames, joined.duration) == (3 * FRAMES, 3 * FRAMES / 10)
    with av.open(output) as container:
        assert container.metadata["title"] == "All"
        chapters = [
            (c["metadata"]["title"], round(c["start"] * c["time_base"] * 10))
            for c in container.chapters()
        ]
        covers = [stream for stream in container.streams.video if is_cover(stream)]
        assert len(covers) == (encoding == Mp4())
        said = {stream.metadata["language"]: [] for stream in container.streams.subtitles}
        for packet in container.demux(container.streams.subtitles) if said else ():
            if packet.size > 2:
                text, time = bytes(packet)[2:].decode(), packet.pts * packet.time_base
                said[packet.stream.metadata["language"]].append((text, time))
    names = ["a", "b: c/d"]
    assert chapters == [
        ("1 Mute", 0),
        *((f"Mute · {name}", 36 + at) for name, at in zip(names, (0, 20), strict=True)),
        *((f"Loud · {name}", 72 + at) for name, at in zip(names, (0, 20), strict=True)),
    ]
    if encoding == Mp4():
        film, loud = Fraction(36, 10), Fraction(72, 10)
        assert said == {
            "eng": [("one", 0), ("one", film), ("first", loud), ("second", loud + 2)],
            "zho": [("一", 0), ("一", film)],
        }
    heard, seconds = sound(output)
    assert heard[:108] == [False] * 72 + [False] * 10 + [True] * 15 + [False] * 11
    assert abs(seconds - joined.duration) < 0.1
    no_drawing()
    again = render_joined(row, output.with_stem("again"), "All", make)
    assert again.sha256 == joined.sha256 and again.cached


def test_films_of_different_encodings_are_not_joined(job):
    films = [JoinedFilm(job("Mute", encoding), "A") for encoding in (Mp4(), Mp4("draft"))]
    with pytest.raises(JobError, match="encoded alike"):
        render_joined(films, films[0].job.output / "all.mp4", "All", render)
    assert not films[0].job.output.exists()

"""A lecture with four cues, two sections and a sound, to be cut and joined."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

import pipeline.rendering
from pipeline import (
    FilmCache,
    FrameSpec,
    Mp4,
    RenderJob,
    SceneRef,
    Store,
    render,
)
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

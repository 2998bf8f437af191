"""A user's scene file: the modules beside it, its settings, its sections and captions."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import pytest

from pipeline import FrameSpec, Mp4, Png, RenderJob, SceneRef, render

FILE = """
from manim import WHITE, Scene, Square, config
import neighbour

config.background_color = WHITE
config.pixel_width, config.frame_rate, config.format = 50, 7, "gif"

class Mine(Scene):
    def construct(self):
        self.next_section("one")
        self.add(Square(neighbour.SIDE, fill_opacity=1, color="#0000FF"))
        self.wait(0.5)
        self.next_section("two")
        self.play(self.mobjects[0].animate.scale(0.5), run_time=0.5, subcaption="it shrinks")
"""


@pytest.fixture
def own(tmp_path):
    """Writes a scene file and a module beside it into a folder; returns a job for it."""

    def make(folder, side, encoding, output):
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        (place / "mine.py").write_text(FILE)
        (place / "neighbour.py").write_text(f"SIDE = {side}\n")
        scene = SceneRef(str(place / "mine.py"), "Mine")
        return RenderJob(scene, FrameSpec(64, 36, 10), encoding, tmp_path / output)

    return make


def pixels(path):
    with av.open(path) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def test_sections_and_subcaptions_are_kept(own):
    done = render(own("a", 2, Mp4(), "film.mp4"))
    assert [(s.name, s.first, s.frames) for s in done.sections] == [("one", 0, 5), ("two", 5, 5)]
    assert [(c.start, c.end, c.text) for c in done.captions] == [(0.5, 1.0, "it shrinks")]
    with av.open(done.path) as container:
        assert len(container.chapters()) == 2 and len(container.streams.subtitles) == 1


def test_the_file_decides_its_colours_and_not_the_films_size(own):
    from manim import config

    before = config.pixel_width, config.frame_rate, str(config.background_color)
    still = pixels(render(own("a", 2, Png(0), "film.png")).path)
    assert still.shape == (36, 64, 3)
    assert still[0, 0].tolist() == [255, 255, 255] and still[18, 32].tolist() == [0, 0, 255]
    assert (config.pixel_width, config.frame_rate, str(config.background_color)) == before


def test_each_file_gets_its_own_neighbours(own):
    sides = [
        (pixels(render(own(folder, side, Png(0), f"{folder}.png")).path)[18, :, 0] < 128).sum()
        for folder, side in (("a", 2), ("b", 4))
    ]
    assert abs(sides[1] - 2 * sides[0]) <= 2
    assert "neighbour" not in sys.modules and "mine" not in sys.modules
    assert not any("/b" in entry for entry in sys.path if Path(entry).name == "b")

"""A user's scene file: the modules beside it, its settings, its sections and captions."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from pipeline import (
    FilmCache,
    FrameSpec,
    JobError,
    Mp4,
    Png,
    RenderJob,
    SceneRef,
    Store,
    render,
)  # fmt: skip
from pipeline.job.errors import BadSettings

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


PICTURE = """
import random
import numpy as np
from manim import Dot, Scene, config
{setting}

class Mine(Scene):
    def construct(self):
        self.add(Dot([random.uniform(-4, 4), np.random.uniform(-2, 2), 0], radius=0.5))
        self.wait(0.2)
"""


@pytest.fixture
def still(tmp_path, monkeypatch):
    """Draws the scene of a file with a setting: returns its still."""
    monkeypatch.chdir(tmp_path)

    def draw(setting="", config="", seed=None, cache=None, **spec):
        (tmp_path / "mine.py").write_text(PICTURE.format(setting=setting))
        (tmp_path / "manim.cfg").write_text(f"[CLI]\n{config}\n")
        scene = SceneRef("mine.py", "Mine", seed=seed)
        job = RenderJob(scene, FrameSpec(64, 36, 10, **spec), Png(0), tmp_path / "still.png")
        done = render(job, cache=cache)
        return np.array(Image.open(done.path).convert("RGBA")), done

    return draw


def test_the_seed_is_that_of_the_file_or_of_manim_cfg_or_of_the_job(still):
    plain, _ = still()
    five, done = still("config.seed = 5")
    assert (plain != five).any() and done.warnings == ()
    assert (still(config="seed = 5")[0] == five).all()
    assert (still(config="seed = 3", seed=5)[0] == five).all()
    again, done = still("config.seed = 5", seed=8)
    assert (again == five).all(), "as with manim, the file has the last word"
    assert "sets config.seed to 5, so the seed 8 has no effect" in done.warnings[0]


def test_background_and_units_of_manim_cfg(still, tmp_path):
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    plain, _ = still(seed=5, cache=cache)
    blue, done = still(config="background_color = #336699", seed=5, cache=cache)
    assert blue[0, 0].tolist() == [0x33, 0x66, 0x99, 255] and not done.cached
    assert still(config="background_color = #336699", seed=5, cache=cache)[1].cached
    near, _ = still(config="frame_height = 4", seed=5)
    assert (near[..., 0] > 0).sum() > 2 * (plain[..., 0] > 0).sum() > 0


@pytest.mark.parametrize(
    ("config", "said"),
    [("frame_height = high", "'high'"), ("[CLI]", "already exists"), ("seed = %(x)s", "%(x)s")],
)
def test_settings_that_manim_cannot_use_are_named(still, tmp_path, config, said):
    with pytest.raises(BadSettings) as caught:
        still(config=config)
    assert caught.value.exit_code == 65
    assert f"settings in {tmp_path / 'manim.cfg'}: " in str(caught.value)
    assert said in str(caught.value) and "Path(" not in str(caught.value)


def test_a_transparent_background_needs_a_film_that_holds_it(still):
    half = "config.background_opacity, config.background_color = 0.5, '#804020'"
    with pytest.raises(JobError, match=r"background_opacity is 0\.5.*theme transparent"):
        still(half)
    picture, _ = still(half, transparent=True)
    assert picture[0, 0].tolist() in ([128, 64, 32, 127], [129, 64, 32, 127])
    assert still(transparent=True)[0][0, 0].tolist() == [0, 0, 0, 0]

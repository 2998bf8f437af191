"""The last frame of each section: from one play of the scene, without loss."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline import FrameSpec, Part, RenderJob, SceneRef, SectionEnds, render
from pipeline.files.pictures import pictures_in

# Two sections have one name; the last is open-ended: every frame of it may be its last.
SCENE = """
from pathlib import Path
from manim import BLUE, RIGHT, Scene, Square

class Talk(Scene):
    def construct(self):
        with open(Path(__file__).with_name("plays"), "a") as file:
            file.write("x")
        square = Square(2, color=BLUE, fill_opacity=1).shift(4 * RIGHT)
        for name in ("same", "same", "other"):
            self.next_section(name)
            self.play(square.animate.shift(-2 * RIGHT), run_time=0.4)
            self.wait(0.3)
        self.next_section("open")
        square.add_updater(lambda mob, dt: mob.shift(2 * dt * RIGHT))
        self.wait_until(lambda: square.get_x() > -1.5)
"""


def arrays(path: Path) -> list[np.ndarray]:
    return [np.asarray(Image.open(io.BytesIO(data)).convert("RGB")) for data in pictures_in(path)]


@pytest.mark.parametrize(("part", "lasts"), [(None, [3, 9, 15]), (Part("hold", "turn"), [9, 15])])
def test_the_frames(job, drawn, part, lasts):
    made = render(job("Film", "ends.zip", SectionEnds(), part=part))
    shown = drawn("Film").frames
    assert (made.frames, len(made.sections)) == (len(lasts), len(lasts))
    for picture, number in zip(arrays(made.path), lasts, strict=True):
        assert np.array_equal(picture, shown[number][..., :3])


def test_one_play_and_sections_of_one_name(tmp_path: Path) -> None:
    scene = tmp_path / "talk.py"
    scene.write_text(SCENE)
    job = RenderJob(
        SceneRef(str(scene), "Talk"), FrameSpec(160, 90, 10), SectionEnds(), tmp_path / "ends.zip"
    )
    made = render(job)
    assert (tmp_path / "plays").read_text() == "x"
    assert [section.name for section in made.sections] == ["same", "same", "other", "open"]
    assert [cue.id for cue in made.cues][:2] == ["film/same/1", "film/same/2"]
    blue = [np.flatnonzero(picture[45, :, 2] > 200).mean() for picture in arrays(made.path)]
    assert blue[0] > blue[1] > blue[2] and blue[3] > blue[2]

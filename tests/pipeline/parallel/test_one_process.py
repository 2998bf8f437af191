"""What must be as in one process: random numbers, output, files that the scene writes."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from pipeline import FilmCache, FrameSpec, Mp4, RenderJob, SceneFailed, SceneRef, Store, render

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.usefixtures("forking"),
]

# 80 frames at 10 fps, in segments of 20.
SCENES = """
import os, random, sys
from manim import *

print("imported")
OWN = random.Random(3)

class Drawn(Scene):
    def construct(self):
        print("drawn")
        random.seed(5)
        for k in range(8):
            print("line", k)
            if k == 5:
                os.write(1, b"raw\\n")
            dot = Dot(random.uniform(-3, 3) * RIGHT + OWN.uniform(-3, 3) * UP)
            self.play(dot.animate.shift(RIGHT), run_time=1)

class Writes(Scene):
    first = 0
    def construct(self):
        for k in range(8):
            print("line", k)
            if k >= self.first:
                with open("log.txt", "a") as file:
                    print(k, file=file)
            self.play(Dot(k * RIGHT / 2).animate.shift(UP), run_time=1)

class WritesLate(Writes):
    first = 5

class ReadsLate(Writes):
    first = 9
    def construct(self):
        super().construct()
        print("seen", self.camera.get_image().getextrema()[0][1] > 200)
        self.wait(1)

class Catches(Writes):
    first = 5
    def construct(self):
        try:
            super().construct()
        except BaseException:
            self.wait(1)

class Exits(Scene):
    def construct(self):
        self.next_section("early")
        self.play(Dot().animate.shift(UP), run_time=1)
        exec(os.environ["EXIT"])
"""


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """Makes a job for one of the scenes; segments have two seconds."""
    from pipeline.encoders.mp4 import SECONDS

    for speed in SECONDS:
        monkeypatch.setitem(SECONDS, speed, 2)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenes.py").write_text(SCENES)

    def make(name, output="film.mp4", encoding=None):
        scene = SceneRef(str(tmp_path / "scenes.py"), name)
        return RenderJob(scene, FrameSpec(160, 90, 10), encoding or Mp4(), tmp_path / output)

    return make


LINES = ["imported", "drawn", *(f"line {k}" for k in range(6)), "raw", "line 6", "line 7"]


def test_random_numbers_and_output_do_not_depend_on_the_number_of_processes(
    scene, stock_frames, tmp_path, capfd
):
    job = scene("Drawn", encoding=Mp4(crf=0))
    shas = set()
    for workers in (1, 2, 3):
        shas.add(render(job, workers=workers).sha256)
        said = capfd.readouterr()
        assert (said.out, said.err.split("\n")[:-1]) == ("", LINES)
    assert len(shas) == 1
    import av

    with av.open(job.output) as container:
        stored = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    frames = stock_frames("Drawn", module=str(tmp_path / "scenes.py"))
    assert len(stored) == len(frames) == 80
    for ours, frame in zip(stored, frames, strict=True):
        # The dot is where manim has it: gray differs by rounding only.
        assert np.abs(ours.astype(int) - frame[..., :3] @ [0.299, 0.587, 0.114]).max() < 20


def test_a_second_run_in_one_process_begins_with_the_same_numbers(scene, tmp_path, capfd):
    job = scene("Drawn")
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    whole = render(job, cache=cache, workers=2)
    text = (tmp_path / "scenes.py").read_text()
    (tmp_path / "scenes.py").write_text(
        text.replace("shift(RIGHT)", "shift(UP if k == 5 else RIGHT)")
    )
    capfd.readouterr()
    again = render(job, cache=cache, workers=1)
    assert capfd.readouterr().err.split("\n")[:-1] == LINES
    anew = render(replace(job, output=tmp_path / "anew.mp4"), workers=2)
    assert again.sha256 == anew.sha256 != whole.sha256


@pytest.mark.parametrize(("name", "first"), [("Writes", 0), ("WritesLate", 5)])
def test_what_a_scene_writes_it_writes_once(name, first, scene, tmp_path, capfd):
    shas = set()
    for workers in (1, 2):
        done = render(scene(name), workers=workers)
        shas.add(done.sha256)
        assert (tmp_path / "log.txt").read_text().split() == [str(k) for k in range(first, 8)]
        (tmp_path / "log.txt").unlink()
        lines = ["imported", *(f"line {k}" for k in range(8))]
        assert capfd.readouterr().err.split("\n")[:-1] == lines
        wanted = "drawn in one process, since the scene writes 'log.txt'"
        assert done.notes == ((wanted,) if workers > 1 else ())
    assert len(shas) == 1


def test_a_scene_that_reads_its_picture_is_drawn_once_more_without_kept_segments(
    scene, tmp_path, capfd
):
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    shas = set()
    for number, workers in enumerate((2, 2, 1)):  # the first run keeps segments
        for entry in cache.store.entries():
            if "film" in (cache.store.look(entry.key) or {}):
                cache.store.forget(entry.key)
        done = render(scene("ReadsLate"), cache=cache, workers=workers)
        shas.add(done.sha256)
        lines = ["imported", *(f"line {k}" for k in range(8)), "seen True"]
        assert capfd.readouterr().err.split("\n")[:-1] == lines, number
        wanted = "drawn in one process, since the scene reads its picture"
        assert done.notes == ((wanted,) if workers > 1 else ())
        assert done.drawn_by_manim == ("the scene reads its picture",)
    assert shas == {render(scene("ReadsLate", "anew.mp4"), workers=1).sha256}


def test_a_scene_that_catches_everything_is_drawn_in_one_process_too(scene, tmp_path):
    assert render(scene("Catches"), workers=2).sha256 == render(scene("WritesLate")).sha256
    assert (tmp_path / "log.txt").read_text().split() == 2 * ["5", "6", "7"]


ENDS = "a scene must not end Python; remove exit() or quit()"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("quit()", f"SystemExit: {ENDS}"),
        ("sys.exit(0)", f"SystemExit: {ENDS}"),
        ("os._exit(0)", f"SystemExit: {ENDS}"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
        ("import click; raise click.exceptions.Exit(0)", "Exit: 0"),
        ("raise type('Odd', (Exception,), {'exit_code': 0})('x')", "Odd: x"),
    ],
)
def test_a_scene_that_ends_the_interpreter_has_failed(
    statement, said, workers, scene, monkeypatch, tmp_path
):
    monkeypatch.setenv("EXIT", statement)
    monkeypatch.setattr("pipeline.parallel.exits.signal.getsignal", lambda number: None)
    with pytest.raises(SceneFailed) as caught:
        render(scene("Exits"), workers=workers)
    assert str(caught.value) == f"scene Exits failed in section 'early' at 1.00 s: {said}"
    assert os.listdir(tmp_path) == ["scenes.py"]

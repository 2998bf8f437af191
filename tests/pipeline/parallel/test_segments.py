"""Segments: the same bytes from any process, and what happens if one is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline import (
    FrameSpec,
    Gif,
    Mp4,
    RenderJob,
    SceneFailed,
    SceneRef,
    WriteFailed,
    render,
    render_together,
)  # fmt: skip

FILMS = Path(__file__).parents[1].joinpath("films.py")
SMALL_RUN = Path(__file__).parents[1].joinpath("small_run.py")
ROOT = FILMS.parents[2]
FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
BOTH = pytest.mark.parametrize("ending", ["mp4", "gif"])

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def short_segments(monkeypatch):
    """A GIF has segments of 20 frames at 10 fps."""
    from pipeline.encoders.animation import segment as gif

    monkeypatch.setattr(gif, "FRAMES", 20)


def children():
    """The child processes that were forked; not other programs, such as a browser of tests."""
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        found = file.read().split()
    return [child for child in found if _program(child) == _program("self")]


def _program(process):
    """The program that a process runs; "" if it has ended."""
    try:
        return os.readlink(f"/proc/{process}/exe")
    except OSError:
        return ""


@FORK
@BOTH
@pytest.mark.parametrize(
    "name", ["Film", "Long", "LeftOut", "Until", "NoPlay", "Swatches", "Zoom", "Crumbs"]
)
def test_bytes_do_not_depend_on_the_number_of_workers(name, ending, job, forking):
    shas = {render(job(name, f"{w}.{ending}"), workers=w).sha256 for w in (1, 2, 5)}
    assert len(shas) == 1


@FORK
def test_a_gif_without_a_background_does_not_depend_on_it_either(job, forking):
    clear = FrameSpec(160, 90, 10, transparent=True)
    shas = {render(job("Long", f"{w}.gif", picture=clear), workers=w).sha256 for w in (1, 3)}
    assert len(shas) == 1


@FORK
def test_a_gif_does_not_depend_on_where_its_segments_begin(job, forking, monkeypatch):
    from pipeline.encoders.animation import segment as gif

    short = render(job("Long", "short.gif"), workers=2)
    monkeypatch.setattr(gif, "FRAMES", 1000)
    assert render(job("Long", "one.gif"), workers=1).sha256 == short.sha256


@FORK
def test_what_holds_over_a_border_is_one_picture(job, forking):
    done = render(job("Long", "long.gif"), workers=2)
    assert (done.frames, done.duration) == (13 + 1 + 29, 7.3)
    assert [packet.duration for packet in _packets(done.path)] == [10] * 13 + [310] + [10] * 29


@FORK
def test_files_that_are_made_together_by_workers(job, forking):
    fast = FrameSpec(160, 90, 20)
    jobs = [
        job("Long", "film.mp4", picture=fast),
        job("Long", "small.mp4", Mp4("small"), picture=fast),
        job("Long", "film.gif", picture=fast),
        job("Long", "small.gif", Gif(width=71, every=2), picture=fast),
    ]
    together = [done.sha256 for done in render_together(jobs, workers=2)]
    assert together == [render(job, workers=1).sha256 for job in jobs]


@FORK
def test_segments_hold_the_frames_of_the_unbroken_film(job, drawn, forking):
    from pipeline.encoders.yuv import YuvFrame
    from pipeline.job.region import Region

    path = render(job("Long", "long.mp4", Mp4(crf=0)), workers=3).path
    import av

    with av.open(path) as container:
        stored = [frame.to_ndarray() for frame in container.decode(video=0)]
        keys = [k for k, p in enumerate(_packets(path)) if p.is_keyframe]
    frames = drawn("Long").frames
    assert len(stored) == len(frames) > 60
    assert keys == [0, 13, 40, 44]  # where segments and sections begin
    for ours, frame in zip(stored, frames, strict=True):
        planes = YuvFrame(160, 90)
        planes.follow(frame, Region(160, 90, full=True))
        assert np.abs(ours.astype(int) - planes.frame.to_ndarray()).max() <= 2


def _packets(path):
    import av

    with av.open(path) as container:
        return [packet for packet in container.demux(video=0) if packet.size]


@FORK
@BOTH
def test_progress_counts_every_frame_once(ending, job, forking):
    seen = []
    done = render(job("Long", f"film.{ending}"), seen.append, workers=2)
    counts = [progress.done for progress in seen]
    assert counts == sorted(counts) and counts[-1] == 73 == round(10 * done.duration)


@FORK
def test_what_manims_camera_had_to_draw_is_told(tmp_path, picture, forking):
    scene = SceneRef(str(FILMS.with_name("adversarial.py")), "Space")
    done = render(RenderJob(scene, picture, Mp4(), tmp_path / "space.mp4"), workers=2)
    assert done.drawn_by_manim == ("CheckedThreeDCamera has a get_stroke_rgbas of its own",)


@FORK
@BOTH
def test_an_error_of_drawing_comes_from_the_worker(ending, job, forking):
    with pytest.raises(SceneFailed, match=r"'lost' at 0\.20 s: BadCoordinate: Dot"):
        render(job("NotANumber", f"film.{ending}"), workers=2)
    assert children() == []


@FORK
def test_a_segment_of_other_parameters_is_not_joined(job, tmp_path):
    from pipeline.encoders.base import Labels
    from pipeline.encoders.mp4 import h264_settings
    from pipeline.encoders.mux import label_mp4
    from pipeline.encoders.segmented import Piece
    from pipeline.encoders.stream import VideoStream
    from pipeline.job.region import Region

    paths = []
    for number, speed in enumerate(("draft", "small")):
        settings = h264_settings(Mp4(speed), 10)
        paths.append(tmp_path / f"segment-{number:06}.mp4")
        stream = VideoStream(settings, FrameSpec(64, 64, 10), paths[-1])
        stream.show(np.zeros((64, 64, 4), np.uint8), 3, Region(64, 64, full=True))
        stream.finish()
    with pytest.raises(WriteFailed, match="parameters"):
        label_mp4([Piece.of(path) for path in paths], tmp_path / "film.mp4", Labels(), 10, 10)


def start(folder, output):
    """Start an endless film in its own process; return when drawing has begun."""
    (folder / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, str(SMALL_RUN), f"{FILMS}:Endless", output, "--workers", "3"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")},
    )  # fmt: skip
    assert process.stderr.readline() == "drawing\n"
    time.sleep(0.5)
    return process


@FORK
@BOTH
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_child(number, ending, tmp_path):
    process = start(tmp_path, f"film.{ending}")
    process.send_signal(number)
    begun = time.monotonic()
    process.communicate(timeout=20)  # its pipes are closed when every child has ended
    assert time.monotonic() - begun < 2
    assert os.listdir(tmp_path) == ["tmp"] and os.listdir(tmp_path / "tmp") == []


@FORK
def test_when_the_parent_is_killed_its_workers_end(tmp_path):
    process = start(tmp_path, "film.mp4")
    process.kill()
    process.communicate(timeout=20)  # returns when the last process with its streams has ended
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("has", [True, False])
def test_x264_does_without_avx512(has, monkeypatch):
    from pipeline.encoders import mp4

    monkeypatch.setattr(mp4, "__cpu_features__", {"AVX512F": has})
    for speed in mp4.SPEEDS:
        options = mp4.h264_settings(Mp4(speed), 30).options
        assert options["x264-params"].endswith(":asm=avx2") is has


@FORK
def test_a_worker_whose_scene_catches_an_error_before_its_first_frame_ends(job, forking, tmp_path):
    """It must not go on in its parent's code: that would clean up what is the parent's."""
    here = os.getpid()
    with pytest.raises(SceneFailed, match="no frames"):
        render(job("Caught", "film.mp4"), workers=2)
    assert os.getpid() == here and children() == [] and os.listdir(tmp_path) == []
    assert render(job("CaughtLate", "film.mp4"), workers=2).frames == 40

"""The job's values: frozen, checked when they are made, quick to import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import (
    FrameSpec,
    Gif,
    JobError,
    Mp4,
    Part,
    Png,
    RenderJob,
    SceneRef,
    encoding_for,
    estimate,
)


def test_importing_the_package_imports_neither_manim_nor_av():
    code = "import sys, pipeline; print({'manim', 'av', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("size", "units"),
    [
        ((1920, 1080), (128 / 9, 8)), ((640, 480), (32 / 3, 8)),
        ((600, 600), (8, 8)), ((1080, 1920), (8, 128 / 9)),
    ],
)  # fmt: skip
def test_the_shorter_side_is_eight_units(size, units):
    assert FrameSpec(*size, 30).scene_size == pytest.approx(units, rel=1e-12)


def test_jobs_are_values():
    def make(**options):
        scene = SceneRef("scenes.films.batch.scene", "Film", (("page", "#000000"),))
        return RenderJob(scene, FrameSpec(64, 64, 10), Mp4(), Path("film.mp4"), **options)

    assert make() == make(expected_frames=3)
    assert hash(make()) == hash(make(expected_frames=3))
    assert make() != make(part=Part.of("hold"))


@pytest.mark.parametrize("picture", [(8, 64, 10), (64, 9000, 10), (64, 64, 0), (64, 64, 240)])
def test_pictures_out_of_range_name_the_range(picture):
    with pytest.raises(JobError, match=r"must be from \d+ to \d+"):
        FrameSpec(*picture)


def test_a_file_name_decides_the_encoding():
    assert encoding_for(Path("a.MP4")) == Mp4()
    assert encoding_for(Path("a.gif")) == Gif()
    assert encoding_for(Path("a.png")) == Png()
    with pytest.raises(JobError, match=r"\.mp4, \.mov, \.webm, \.gif, \.webp, \.apng, \.png"):
        encoding_for(Path("a.avi"))


def test_estimates_grow_with_length_and_size():
    small, large = FrameSpec(854, 480, 15), FrameSpec(1920, 1080, 15)
    one, ten = estimate(small, Mp4(), 660), estimate(small, Mp4(), 6600)
    assert ten.size == pytest.approx(10 * one.size, rel=1e-3)
    assert one.seconds < estimate(large, Mp4(), 660).seconds < 5 * one.seconds
    # The film of batch descent at this size: 660 frames, 617 kB, 8.4 s.
    assert 0.5 < one.size / 617_000 < 2
    assert 0.5 < one.seconds / 8.4 < 2

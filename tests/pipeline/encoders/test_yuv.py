"""The persistent YUV frame equals a conversion of the whole canvas after any change."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from pipeline import SPEEDS, JobError, Mp4, render
from pipeline.encoders.yuv import EXACT, YuvFrame
from pipeline.job.region import Region


def whole(canvas):
    converted = VideoReformatter().reformat(
        av.VideoFrame.from_numpy_buffer(canvas, format="rgba"),
        format="yuv420p", dst_colorspace=Colorspace.ITU709, src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG, interpolation=EXACT,
    )  # fmt: skip
    return converted.to_ndarray()


@pytest.mark.parametrize(("width", "height"), [(160, 90), (94, 210), (640, 362), (16, 16)])
def test_partial_conversion_is_exact(width, height):
    random = np.random.default_rng(3)
    canvas = random.integers(0, 256, (height, width, 4), np.uint8)
    planes = YuvFrame(width, height)
    planes.follow(canvas, Region(width, height, full=True))
    assert np.array_equal(planes.frame.to_ndarray(), whole(canvas))
    for density in (0.02, 0.2, 0.7):
        changed = Region(width, height)
        changed.mask[...] = random.random(changed.mask.shape) < density
        for left, top, right, bottom in changed.rectangles():
            canvas[top:bottom, left:right] = random.integers(
                0, 256, (bottom - top, right - left, 4)
            )
        planes.follow(canvas, changed)
        assert np.array_equal(planes.frame.to_ndarray(), whole(canvas))


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_speed_makes_a_film_of_the_same_pictures(speed, job):
    done = render(job("Film", f"{speed}.mp4", Mp4(speed)))
    best = render(job("Film", "best.mp4", Mp4(crf=1)))
    assert done.frames == 16
    with av.open(done.path) as ours, av.open(best.path) as theirs:
        for a, b in zip(ours.decode(video=0), theirs.decode(video=0), strict=True):
            error = np.square(a.to_ndarray().astype(float) - b.to_ndarray()).mean()
            assert error < 10  # 38 dB


def test_a_speed_that_is_none():
    with pytest.raises(JobError, match="draft, normal, small"):
        Mp4("fast")
    with pytest.raises(JobError, match="crf"):
        Mp4(crf=52)

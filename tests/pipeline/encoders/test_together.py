"""Several files of one film: each frame is drawn once, each file is the same as alone."""

from __future__ import annotations

import os
from dataclasses import replace

import av
import numpy as np
import pytest

from pipeline import (
    FilmCache,
    FrameSpec,
    Gif,
    JobError,
    Part,
    Png,
    SceneFailed,
    SectionSpan,
    Store,
    render,
    render_together,
)  # fmt: skip
from pipeline.encoders.animation.resample import Resampled, Scaled
from pipeline.job.region import Region

FAST = FrameSpec(160, 90, 20)


@pytest.fixture
def pair(job):
    """An mp4 at 20 fps and a GIF of every second of its frames, half as wide."""
    film = job("Film", "film.mp4", picture=FAST)
    return film, replace(
        film, encoding=Gif(width=80, every=2), output=film.output.with_suffix(".gif")
    )


def test_each_file_is_what_it_is_alone(pair, monkeypatch):
    from pipeline.drawing.frames import FrameRenderer

    alone = [render(job, workers=1).sha256 for job in pair]
    drawn, draw = [], FrameRenderer._draw
    monkeypatch.setattr(
        FrameRenderer, "_draw", lambda self, *args: drawn.append(1) or draw(self, *args)
    )
    video, gif = render_together(pair, workers=1)
    assert [video.sha256, gif.sha256] == alone
    assert len(drawn) < video.frames  # a hold is drawn once, and nothing twice
    assert (video.fps, gif.fps) == (20, 10)
    assert gif.duration == pytest.approx(-(-video.frames // 2) / 10)
    assert gif.sections == tuple(span.every(2) for span in video.sections)
    with av.open(gif.path) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (80, 45)


def test_a_failure_spares_both_old_files(job, tmp_path):
    film = job("Raises", "film.mp4")
    other = replace(film, encoding=Gif(), output=tmp_path / "film.gif")
    for name in ("film.mp4", "film.gif"):
        (tmp_path / name).write_text("old")
    with pytest.raises(SceneFailed):
        render_together([film, other])
    assert sorted(os.listdir(tmp_path)) == ["film.gif", "film.mp4"]
    assert [(tmp_path / name).read_text() for name in os.listdir(tmp_path)] == ["old", "old"]


def test_only_what_is_missing_is_made(pair, tmp_path):
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    (video,) = render_together(pair[:1], cache=cache)
    again, gif = render_together(pair, cache=cache)
    assert (again.cached, gif.cached) == (True, False) and again.sha256 == video.sha256
    assert all(file.cached for file in render_together(pair, cache=cache))


def test_what_cannot_be_made_together(pair, job):
    film, gif = pair
    with pytest.raises(JobError, match="the same frames"):
        render_together([film, replace(gif, part=Part.of("hold"))])
    with pytest.raises(JobError, match="by itself"):
        render_together([film, replace(film, encoding=Png())])
    with pytest.raises(JobError, match=r"exactly, not 6\.66667"):
        replace(gif, encoding=Gif(every=3))
    with pytest.raises(JobError, match="every"):
        Gif(every=0)


class Kept:
    def __init__(self):
        self.frames = []

    def show(self, frame, repeat, changed, key_frame=False):
        self.frames += [frame.copy()] * repeat


def test_every_third_frame_however_they_come():
    kept = Kept()
    reduced = Resampled(kept, FrameSpec(16, 16, 30), FrameSpec(16, 16, 10), 3)
    for number, repeat in enumerate([1, 1, 1, 1, 5, 2, 1, 4]):
        reduced.show(np.full((16, 16, 4), number, np.uint8), repeat, Region(16, 16, full=True))
    flat = np.repeat(np.arange(8), [1, 1, 1, 1, 5, 2, 1, 4])
    assert [int(frame[0, 0, 0]) for frame in kept.frames] == flat[::3].tolist()


def test_what_changed_in_frames_that_are_left_out_is_not_forgotten():
    kept, page = Kept(), np.zeros((90, 160, 4), np.uint8)
    reduced = Resampled(kept, FrameSpec(160, 90, 20), FrameSpec(80, 45, 10), 2)
    reduced.show(page, 1, Region(160, 90, full=True))
    changed = Region(160, 90)
    changed.mask[2, 3] = True
    page[32:48, 48:64] = 255
    reduced.show(page, 1, changed)
    reduced.show(page, 1, Region(160, 90))
    assert (kept.frames[1][17:23, 25:31] == 255).all() and not kept.frames[0].any()


def test_a_smaller_picture_keeps_flat_colours_and_alpha():
    frame = np.zeros((90, 160, 4), np.uint8)
    frame[:, :80] = (0xE6, 0x9F, 0x00, 255)
    kept = Kept()
    full = Region(160, 90, full=True)
    Resampled(kept, FrameSpec(160, 90, 10), FrameSpec(80, 46, 10), 1).show(frame, 1, full)
    (small,) = kept.frames
    assert small.shape == (46, 80, 4) and small.flags.c_contiguous
    assert (small[:, :39] == (0xE6, 0x9F, 0x00, 255)).all() and not small[:, 41:].any()


@pytest.mark.parametrize("size", [(100, 56), (71, 40), (320, 180), (213, 120)])
def test_scaling_what_changed_equals_scaling_everything(size):
    random = np.random.default_rng(5)
    drawn, small = FrameSpec(160, 90, 10), FrameSpec(*size, 10)
    canvas = random.integers(0, 256, (90, 160, 4), np.uint8)
    followed = Scaled(drawn, small)
    followed.follow(canvas, Region(160, 90, full=True))
    for _ in range(20):
        before, changed = followed.pixels.copy(), Region(160, 90)
        x, y = int(random.integers(0, 150)), int(random.integers(0, 85))
        changed.mask[changed.tiles(x, y, x + 9, y + 5)] = True
        canvas[y : y + 5, x : x + 9] = random.integers(0, 256, canvas[y : y + 5, x : x + 9].shape)
        where = followed.follow(canvas, changed)
        anew = Scaled(drawn, small)
        anew.follow(canvas, Region(160, 90, full=True))
        assert np.array_equal(followed.pixels, anew.pixels)
        for left, top, right, bottom in where.rectangles():
            before[top:bottom, left:right] = anew.pixels[top:bottom, left:right]
        assert np.array_equal(before, anew.pixels)  # and nothing else has changed


def test_sections_of_every_second_frame():
    spans = [SectionSpan("a", 0, 5), SectionSpan("b", 5, 6), SectionSpan("c", 11, 1)]
    assert [(s.first, s.frames) for s in (span.every(2) for span in spans)] == [
        (0, 3), (3, 3), (6, 0)
    ]  # fmt: skip

"""A key frame at the start of each cue: the film can be cut there, and each part decoded alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import av
import numpy as np
import pytest

from pipeline import Mp4, ProRes, WebM
from pipeline.encoders import mp4
from pipeline.encoders.stream import VideoStream
from pipeline.job.region import Region

# 70 frames at 10 fps, in segments of 20. Cues begin at a play, within a hold, at a picture that is
# shown once, before a hold that goes on in the next segment, and where a segment begins anyway.
SCENE = """
from manim import *
def plays(count): return (count - 1e-6) / 10
def holds(count): return (count + 1e-6) / 10

class Lecture(Scene):
    def construct(self):
        mark = self.renderer.file_writer.begin_cue
        square = Square(color=RED, fill_opacity=0.5)
        self.add(Circle(radius=3, color=BLUE, fill_opacity=0.2), square)
        self.next_section("one")
        mark()
        self.play(square.animate.shift(2 * RIGHT), run_time=plays(7))
        mark()
        self.play(Rotate(square), run_time=plays(6))
        self.wait(holds(5))
        mark()
        self.wait(holds(8))
        mark()
        self.wait(holds(1))
        mark()
        self.play(square.animate.shift(UP), run_time=plays(10))
        mark()
        self.wait(holds(20))
        self.next_section("two")
        self.play(square.animate.shift(LEFT), run_time=plays(3))
        mark()
        self.play(square.animate.shift(LEFT), run_time=plays(10))
"""
CUES = [0, 7, 18, 26, 27, 37, 57]
SEGMENTS = [0, 20, 40, 60]
FRAMES = 70
pytestmark = pytest.mark.slow


@pytest.fixture
def cued(kept):
    """The film of `SCENE` and a cache."""
    kept.file.write_text(SCENE)
    return kept


def key_frames(path):
    """The places of the key frames, in frames of the film."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        fps = stream.average_rate
        return [
            round(p.pts * p.time_base * fps)
            for p in container.demux(stream)
            if p.size and p.is_keyframe
        ]


def decoded(path, threads="NONE"):
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.thread_type = threads
        stream.codec_context.options = {"err_detect": "explode+bitstream+buffer+crccheck"}
        return [frame.to_ndarray() for frame in container.decode(stream)]


def parts(path, starts):
    """The film cut at `starts`, each part decoded by a decoder of its own."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        groups = []
        for packet in container.demux(stream):
            if packet.size and round(packet.pts * packet.time_base * stream.average_rate) in starts:
                groups.append([])
            if packet.size:
                groups[-1].append(bytes(packet))
        for group in groups:
            decoder = av.CodecContext.create(stream.codec_context.name, "r")
            decoder.extradata = stream.codec_context.extradata
            frames = [f for data in group for f in decoder.decode(av.Packet(data))]
            yield [frame.to_ndarray() for frame in [*frames, *decoder.decode(None)]]


def same(ours, theirs):
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))


def test_each_cue_of_an_mp4_begins_with_a_key_frame(cued, forking):
    done = cued.render()
    assert [cue.first for cue in done.cues] == CUES and done.frames == FRAMES
    assert key_frames(done.path) == sorted({*CUES, *SEGMENTS})
    whole = decoded(done.path)
    assert same(whole, decoded(done.path, "FRAME"))
    cut = list(parts(done.path, CUES))
    lengths = [end - start for start, end in pairwise([*CUES, FRAMES])]
    assert [len(part) for part in cut] == lengths
    assert same([frame for part in cut for frame in part], whole)
    cued.forget_films()
    found, alone = cued.render(), cued.render(workers=1, output=done.path.with_stem("alone"))
    assert found.sha256 == alone.sha256 == done.sha256


def test_a_segment_is_found_only_with_the_same_key_frames(cued, forking, counted):
    cued.render()
    counted("begin")
    cued.change("self.wait(holds(8))\n        mark()", "self.wait(holds(8))")
    done = cued.render()
    assert counted("begin") == [1]  # the cue at frame 26 is gone
    assert key_frames(done.path) == [0, 7, 18, 20, 27, 37, 40, 57, 60]
    assert done.sha256 == cued.anew()


@pytest.mark.parametrize("transparent", [False, True])
def test_each_cue_of_a_webm_begins_with_a_key_frame(cued, transparent):
    frame = replace(cued.job.frame, transparent=transparent)
    done = cued.render(encoding=WebM(), output=cued.job.output.with_suffix(".webm"), frame=frame)
    assert set(CUES) <= set(key_frames(done.path))
    whole = decoded(done.path)
    assert len(whole) == FRAMES
    cut = [frame for part in parts(done.path, CUES) for frame in part]
    assert same(cut, whole)


def test_every_frame_of_a_mov_is_a_key_frame(cued):
    done = cued.render(encoding=ProRes(), output=cued.job.output.with_suffix(".mov"))
    assert key_frames(done.path) == list(range(FRAMES))


@pytest.mark.parametrize("speed", mp4.SPEEDS)
def test_key_frames_anywhere_in_a_segment(speed, tmp_path, picture):
    """At changed and unchanged frames, one after another, held or not, and before holds."""
    choose = np.random.default_rng(3)
    settings = mp4.h264_settings(Mp4(speed), 60)  # a segment longer than these frames
    for number in range(4):
        path = tmp_path / f"{number}.mp4"
        stream = VideoStream(settings, picture, path)
        canvas = np.full((90, 160, 4), 60, np.uint8)
        wanted, frames, size = [0], 0, (160, 90)
        for _ in range(40):
            changes, key = bool(choose.integers(4)), choose.random() < 0.25
            repeat = int(choose.choice([1, 1, 1, 2, 3, 12]))
            if changes:
                left = int(choose.integers(120))
                canvas[20:60, left : left + 40] = [*choose.integers(60, 160, 3).tolist(), 255]
            stream.show(canvas, repeat, Region(*size, full=changes), key)
            wanted += [frames] if key else []
            frames += repeat
        stream.finish()
        wanted = sorted(set(wanted))
        assert set(wanted) <= set(key_frames(path))
        whole = decoded(path)
        assert len(whole) == frames and same(whole, decoded(path, "FRAME"))
        cut = list(parts(path, wanted))
        assert [len(part) for part in cut] == [b - a for a, b in pairwise([*wanted, frames])]
        assert same([frame for part in cut for frame in part], whole)

"""Encoding in a thread: the same bytes, its errors, its end, its memory; when there is none."""

from __future__ import annotations

import os
import threading
import time
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest

from pipeline import FrameSpec, Gif, Mp4, SceneFailed, WebM, WriteFailed, render, render_together
from pipeline.encoders.chain import beside_drawing
from pipeline.encoders.encoder_thread import AHEAD, EncoderThread
from pipeline.job.region import Region


@pytest.fixture(autouse=True)
def no_thread_is_left():
    yield
    assert encoders() == []


def encoders():
    return [thread for thread in threading.enumerate() if thread.name == "encoder"]


@pytest.fixture
def threaded(monkeypatch):
    """No worker can be forked; returns a list with an entry for each thread that encodes."""
    from pipeline.parallel import playing

    begin, begun = EncoderThread.__init__, []

    def noted(self, sink):
        begun.append(sink)
        begin(self, sink)

    monkeypatch.setattr(playing, "can_fork", lambda: False)
    monkeypatch.setattr(EncoderThread, "__init__", noted)
    return begun


@pytest.fixture
def refused(monkeypatch):
    """Encoding in a thread is an error."""
    monkeypatch.delattr(EncoderThread, "__init__")


class Here:
    """Replaces `EncoderThread`: passes frames on at once."""

    def __init__(self, sink):
        self.show = sink.show

    def finish(self):
        pass


class Kept:
    """Keeps its frames; from frame `fails` on it raises an error."""

    def __init__(self, pause: float = 0, fails: float = float("inf")) -> None:
        self.frames, self.pause, self.fails = [], pause, fails
        self.taken, self.begun = 0, threading.Event()

    def show(self, canvas, repeat, changed, key_frame=False):
        self.begun.set()
        time.sleep(self.pause)
        self.taken += repeat
        if self.taken > self.fails:
            raise WriteFailed("writing the film failed: No space left on device")
        self.frames += [canvas.copy()] * repeat


def whole():
    return Region(64, 32, full=True)


def canvas():
    return np.zeros((32, 64, 4), np.uint8)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("ending", ["mp4", "gif"])
@pytest.mark.parametrize("name", ["Film", "Long", "Zoom"])
def test_the_bytes_are_those_of_forked_workers(name, ending, job, forking, request):
    forked = render(job(name, f"forked.{ending}"), workers=2)
    begun = request.getfixturevalue("threaded")
    assert render(job(name, f"here.{ending}"), workers=2).sha256 == forked.sha256
    length = {"mp4": 40, "gif": 100}[ending]  # frames of a segment; each segment has its own thread
    assert len(begun) == -(-forked.frames // length)


@pytest.mark.parametrize("ending", ["mp4", "mov", "webm", "gif"])
@pytest.mark.parametrize("clear", [False, True])
def test_the_bytes_are_those_of_one_thread(ending, clear, job, threaded, monkeypatch):
    if ending == "mp4" and clear:
        pytest.skip("an mp4 holds no transparency")
    from pipeline.encoders import encoder_thread
    from pipeline.parallel import playing

    picture = FrameSpec(160, 90, 10, transparent=clear)
    beside = render(job("Film", f"beside.{ending}", picture=picture))
    monkeypatch.setattr(playing, "beside_drawing", nullcontext)
    monkeypatch.setattr(encoder_thread, "EncoderThread", Here)
    alone = render(job("Film", f"alone.{ending}", picture=picture))
    assert beside.sha256 == alone.sha256 and len(threaded) == 1


def test_files_that_are_made_together(job, threaded):
    fast = FrameSpec(160, 90, 20)
    jobs = [
        job("Film", "draft.mp4", Mp4("draft"), picture=fast),
        job("Film", "small.gif", Gif(width=71, every=2), picture=fast),
        job("Film", "film.webm", WebM(), picture=fast),
    ]
    together = [done.sha256 for done in render_together(jobs)]
    assert len(threaded) == 1  # one for all of them
    assert together == [render(job).sha256 for job in jobs]


def test_one_process_encodes_in_a_thread_too(job, threaded):
    render(job("Film", "film.mp4"), workers=1)
    assert len(threaded) == 1


def test_a_still_needs_no_thread(job, refused):
    assert render(job("Film", "film.png")).frames == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_thread_runs_where_workers_are_forked(job, forking, refused):
    assert render(job("Film", "film.mp4"), workers=2).frames == 16


def test_what_is_painted_later_is_not_seen_earlier():
    random, kept, page, expected = np.random.default_rng(3), Kept(pause=0.001), canvas(), []
    with beside_drawing(kept) as sink:
        sink.show(page, 1, whole())
        for number in range(60):
            changed = Region(64, 32)
            changed.mask[...] = random.random(changed.mask.shape) < 0.3
            for left, top, right, bottom in changed.rectangles():
                page[top:bottom, left:right] = number
            expected += [page.copy()] * (1 + number % 3)
            sink.show(page, 1 + number % 3, changed)
            changed.mask[...] = True  # a later change of the region does not matter either
    assert np.array_equal(kept.frames[1:], expected)


def test_a_canvas_of_another_size_is_followed():
    kept = Kept()
    with beside_drawing(kept) as sink:
        sink.show(canvas(), 1, whole())
        sink.show(np.full((16, 16, 4), 7, np.uint8), 1, Region(16, 16, full=True))
    assert [frame.shape for frame in kept.frames] == [(32, 64, 4), (16, 16, 4)]
    assert (kept.frames[1] == 7).all()


def test_only_so_many_frames_wait():
    kept, shown, ahead = Kept(pause=0.005), 0, []
    with beside_drawing(kept) as sink:
        for _ in range(5 * AHEAD):
            sink.show(canvas(), 1, whole())
            shown += 1
            ahead.append(shown - len(kept.frames))
    assert AHEAD <= max(ahead) <= AHEAD + 1  # and the one that it encodes
    assert len(kept.frames) == shown


@pytest.mark.parametrize("fails", [0, 3, AHEAD + 4])
def test_an_error_comes_up_as_it_is(fails):
    kept = Kept(fails=fails)
    with pytest.raises(WriteFailed, match="No space left") as caught, beside_drawing(kept) as s:
        for _ in range(3 * AHEAD):
            s.show(canvas(), 1, whole())
    assert caught.value.exit_code == 74
    assert kept.taken == fails + 1  # nothing is encoded after it


def test_an_error_of_the_last_frame_comes_up_at_the_end():
    sink = EncoderThread(Kept(pause=0.05, fails=0))
    sink.show(canvas(), 1, whole())
    with pytest.raises(WriteFailed):
        sink.finish()
    sink.stop()


def test_an_error_that_the_scene_swallows_comes_again():
    with pytest.raises(WriteFailed), beside_drawing(Kept(fails=0)) as sink:
        for _ in range(2 * AHEAD):
            try:
                sink.show(canvas(), 1, whole())
            except WriteFailed:
                break
        else:
            pytest.fail("the error did not come up")


def test_what_the_block_raises_is_not_hidden():
    with pytest.raises(ZeroDivisionError), beside_drawing(Kept(pause=0.01, fails=0)) as sink:
        sink.show(canvas(), 1, whole())
        time.sleep(0.1)
        raise ZeroDivisionError


def test_a_long_hold_is_stopped_at_once():
    kept, begun = Kept(pause=0.01), time.monotonic()
    with pytest.raises(KeyboardInterrupt), beside_drawing(kept) as sink:
        sink.show(canvas(), 10**6, whole())
        sink.show(canvas(), 10**6, whole())
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 1
    assert kept.taken < 100 and encoders() == []


def test_an_interrupt_does_not_let_go_of_a_thread_that_encodes(monkeypatch):
    sink = EncoderThread(kept := Kept(pause=0.2))
    sink.show(canvas(), 1, whole())
    assert kept.begun.wait(1)
    join, interrupts = sink._thread.join, [KeyboardInterrupt, SystemExit]

    def interrupted(timeout):
        join(timeout)
        if interrupts:
            raise interrupts.pop()

    monkeypatch.setattr(sink._thread, "join", interrupted)
    sink.stop()
    assert interrupts == [] and not sink._thread.is_alive() and kept.taken == 1


def test_a_scene_that_raises_leaves_nothing(job, tmp_path, threaded):
    film = job("Raises", "film.mp4")
    with pytest.raises(SceneFailed, match="division by zero"):
        render_together([film, replace(film, encoding=Gif(), output=tmp_path / "film.gif")])
    assert encoders() == [] and os.listdir(tmp_path) == [] and len(threaded) == 1


def test_an_encoder_that_fails_is_reported_as_in_one_thread(job, tmp_path, threaded, monkeypatch):
    from pipeline.encoders.stream import VideoStream

    def broken(*_):
        raise ValueError("no such plane")

    monkeypatch.setattr(VideoStream, "_convert", broken)
    with pytest.raises(SceneFailed, match=r"scene Film failed .* ValueError: no such plane"):
        render(job("Film", "film.mp4"))
    assert os.listdir(tmp_path) == []


def test_a_fault_of_the_encoder_at_the_last_frame_is_explained(job, threaded, monkeypatch):
    """Nothing is drawn any more that could notice it."""
    from pipeline.encoders.stream import VideoStream

    shown = []

    def fails(self, canvas, repeat, changed, key_frame=False):
        shown.append(repeat)
        if sum(shown) == 16:
            raise ValueError("odd")

    monkeypatch.setattr(VideoStream, "show", fails)
    with pytest.raises(SceneFailed, match="ValueError: odd"):
        render(job("Film", "film.webm"))

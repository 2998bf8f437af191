"""Workers and keepers that are killed, stopped, or hang: the film is the same."""

from __future__ import annotations

import mmap
import os
import signal
import time

import pytest

from pipeline import render
from tests.pipeline.parallel.test_segments import BOTH, children

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.usefixtures("forking", "short_segments"),
]
LOST = "{n} of the workers were lost; others drew their frames"


@pytest.fixture
def short_segments(monkeypatch):
    """A GIF has segments of 20 frames at 10 fps."""
    from pipeline.encoders.animation import segment as gif

    monkeypatch.setattr(gif, "FRAMES", 20)


@BOTH
def test_a_killed_worker_costs_one_retry(ending, job, tmp_path, forking, monkeypatch):
    whole = render(job("Long", f"whole.{ending}"), workers=1)
    broken = _break_once(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))
    done = render(job("Long", f"film.{ending}"), workers=2)
    assert done.sha256 == whole.sha256
    assert broken[0] and done.notes == (LOST.format(n=1),)
    assert children() == []


def test_a_hung_worker_costs_one_retry(job, tmp_path, forking, monkeypatch):
    from pipeline.parallel import workers

    whole = render(job("Long", "whole.mp4"), workers=1)
    monkeypatch.setattr(workers, "PATIENCE", 1.0)
    broken = _break_once(monkeypatch, lambda: time.sleep(600))
    assert render(job("Long", "film.mp4"), workers=2).sha256 == whole.sha256
    assert broken[0]
    assert children() == []


@BOTH
def test_a_segment_whose_worker_and_keeper_are_killed_is_drawn_in_a_second_run(
    ending, job, forking, monkeypatch
):
    whole = render(job("Long", f"whole.{ending}"), workers=1)
    broken = _break_once(monkeypatch, lambda: os.killpg(0, signal.SIGKILL))
    done = render(job("Long", f"film.{ending}"), workers=2)
    assert done.sha256 == whole.sha256
    assert broken[0] and done.notes == (LOST.format(n=1),)
    assert children() == []


def test_a_keeper_that_is_stopped_does_not_hold_up_the_run(job, forking, monkeypatch):
    whole = render(job("Long", "whole.mp4"), workers=1)
    broken = _break_once(monkeypatch, lambda: os.kill(os.getppid(), signal.SIGSTOP))
    done = render(job("Long", "film.mp4"), workers=2)
    assert done.sha256 == whole.sha256
    assert broken[0] and done.notes == ()
    assert children() == []


def test_a_worker_and_keeper_that_are_stopped_are_given_up(job, forking, monkeypatch):
    from pipeline.parallel import workers

    whole = render(job("Long", "whole.mp4"), workers=1)
    monkeypatch.setattr(workers, "PATIENCE", 1.0)
    monkeypatch.setattr(workers, "MARGIN", 0.5)
    broken = _break_once(monkeypatch, lambda: os.killpg(0, signal.SIGSTOP))
    done = render(job("Long", "film.mp4"), workers=2)
    assert done.sha256 == whole.sha256
    assert broken[0] and done.notes == (LOST.format(n=1),)
    assert children() == []


@BOTH
def test_a_worker_lost_twice_is_reported(ending, job, tmp_path, forking, monkeypatch):
    from pipeline.drawing.frames import FrameRenderer
    from pipeline.parallel.workers import WorkerLost

    monkeypatch.setattr(FrameRenderer, "_draw", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(WorkerLost, match="twice"):
        render(job("Long", f"film.{ending}"), workers=2)
    assert children() == []
    assert os.listdir(tmp_path) == []


def _break_once(monkeypatch, harm):
    """The worker that first draws frame 50 is harmed; returns memory whose first byte is 1 then."""
    from pipeline.drawing.frames import FrameRenderer

    draw, broken = FrameRenderer._draw, mmap.mmap(-1, 1)  # forked processes share the memory

    def harmful(self, *arguments):
        if self.file_writer.frames == 50 and not broken[0]:
            broken[0] = 1
            harm()
        draw(self, *arguments)

    monkeypatch.setattr(FrameRenderer, "_draw", harmful)
    return broken

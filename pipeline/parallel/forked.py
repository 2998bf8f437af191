"""A film's segments drawn by workers, each forked off the scene at its segment's first frame."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from manim import config

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.share import Explain, SceneFrame
from pipeline.job.errors import PipelineError
from pipeline.parallel.segments import SegmentInWork, Segments
from pipeline.parallel.workers import Channel, Message, WorkerPool


def can_fork() -> bool:
    """Whether workers can be forked: another thread's locks would stay locked in them for ever."""
    return hasattr(os, "fork") and threading.active_count() == 1


class ForkedShare:
    """Plays the scene without drawing; forks a worker at every `length`-th wanted frame.

    Where segments begin depends on the film alone. In a worker this is the same object on the
    other side of the fork: it plays on, drawing, until its segment is full. One that seeks is a
    *scout*.
    """

    def __init__(self, segments: Segments, pool: WorkerPool) -> None:
        self._segments, self._pool = segments, pool
        pool.keep = None if segments.cache is None else segments.cache.keep
        self._claimed = 0  # wanted frames so far, drawn by whomever
        self._channel: Channel | None = None  # a worker's
        self._number = 0  # of a worker's segment
        self._segment: SegmentInWork | None = None  # begun with its first frame

    @property
    def reasons(self) -> Sequence[str]:
        return self._pool.reasons

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        """As `Share` says, in the parent; a worker never returns from here."""
        try:
            yield
            if self._channel is not None and self._segment is not None:
                _leave(self._channel, self._segment)
            self._pool.wait()
        except BaseException as error:
            if self._channel is None:
                raise
            seeks = self._segment is not None and self._segment.seeks
            _leave_failed(self._channel, error, seeks, explain)

    def lays(self, count: int) -> bool:
        # A worker that begins within a play finds its static mobjects painted as they were at the
        # play's beginning, as manim has them.
        return self._channel is not None or -self._claimed % self._segments.length < count

    def claim(self, count: int) -> int:
        first, self._claimed = self._claimed, self._claimed + count
        if self._channel is not None:
            return min(count, self._left)
        length = self._segments.length
        for start in range(first - first % -length, first + count, length):
            if self._is_worker_after_fork(start // length):
                return min(first + count - start, self._left)
        return 0

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        channel = self._channel
        assert channel is not None
        if self._segment is None:
            begin, seek = self._segments.file.begin, channel.first
            self._segment = SegmentInWork(self._segments, self._number, canvas, begin, seek)
        self._segment.draw(frame)
        if self._segment.left == 0:
            _leave(channel, self._segment)
        if self._segment.seeks:
            canvas.paint_layers(static=False, frame=False)
            channel.beat()
        else:
            channel.say(Message(self._segment.done, frame.section))

    def _is_worker_after_fork(self, number: int) -> bool:
        """Fork the worker of segment `number`: this returns twice, True in the worker."""
        self._channel = self._pool.fork()
        if self._channel is None:
            return False
        self._number = number
        _use_folders_of_its_own()
        return True

    @property
    def _left(self) -> int:
        return self._segments.length if self._segment is None else self._segment.left


def _leave(channel: Channel, segment: SegmentInWork) -> NoReturn:
    """End the worker, whose segment is complete."""
    kept = None
    if segment.seeks:
        if not segment.is_found():
            channel.leave_in_vain()
    else:
        segment.finish()
        key = segment.key
        kept = None if key is None else (key, segment.files)
    reasons = tuple(segment.reasons)
    channel.leave(Message(segment.done, segment.section, True, reasons, kept=kept))


def _leave_failed(channel: Channel, error: BaseException, seeks: bool, explain: Explain) -> None:
    """End the worker, which met with an error."""
    if not isinstance(error, Exception):
        os._exit(1)
    if seeks:
        channel.leave_in_vain()  # a worker will meet with the same
    channel.leave(Message(0, "", error=_portable(explain(error))))


def _use_folders_of_its_own() -> None:
    """manim names a text's temporary files after its content alone.

    Two processes that draw the same text in one folder remove each other's files.
    """
    folder = Path(config.get_dir("tex_dir")).parent / f"worker-{os.getpid()}"
    config["text_dir"], config["tex_dir"] = str(folder / "texts"), str(folder / "tex")


def _portable(error: Exception) -> Exception:
    """The error itself if it survives the way to another process, else its words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return PipelineError(str(error))
    return error

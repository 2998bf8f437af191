"""Workers draw a film's segments. Each is forked when the scene is at its segment's first frame."""

from __future__ import annotations

import os
import pickle
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from manim import config

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.share import Explain, SceneFrame
from pipeline.job.errors import OneProcessNeeded, PipelineError
from pipeline.job.result import Report
from pipeline.parallel.segments import CurrentSegment, Segments
from pipeline.parallel.serial import UNKNOWN, SerialShare
from pipeline.parallel.workers import Channel, Message, WorkerPool


def can_fork() -> bool:
    """Whether workers can be forked: not beside other threads, whose locks would stay locked."""
    return hasattr(os, "fork") and threading.active_count() == 1


class ForkedShare:
    """Plays the scene without drawing; forks a worker at every `length`-th wanted frame.

    So the first frames of segments depend on the film only. A worker has a copy of this object,
    made by the fork: it goes on playing, and draws until its segment is complete. A worker that
    looks its segment up in the cache instead of drawing is a *lookup worker*.
    """

    paints_all = False

    def __init__(self, segments: Segments, pool: WorkerPool) -> None:
        self._segments, self._pool = segments, pool
        pool.keep = None if segments.cache is None else segments.cache.keep
        pool.written = segments.file.take
        self._claimed = 0  # wanted frames so far, drawn here or in another process
        self._channel: Channel | None = None  # None in the parent
        self._number = 0  # of this worker's segment
        self._segment: CurrentSegment | None = None  # made at its first frame

    @property
    def reasons(self) -> Sequence[str]:
        return self._pool.reasons

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        """As `Share` says, in the parent; a worker never returns from here."""
        try:
            yield
            if self._channel is not None:
                _leave(self._channel, self._segment)
            self._pool.wait()
        except BaseException as error:
            if self._channel is None:
                raise
            try:
                looks_up = self._segment is not None and self._segment.looks_up
                _leave_failed(self._channel, error, looks_up, explain)
            finally:  # it must not go on in its parent's code
                os._exit(1)

    def rest(self, report: Report) -> SerialShare | None:
        """The share that draws the segments that were lost; None if there are none."""
        if not self._pool.lost:
            return None
        missing = dict.fromkeys(self._pool.lost, UNKNOWN)
        return SerialShare(self._segments, report, missing, self._pool.finished)

    def paints_static(self, count: int) -> bool:
        # The parent paints too if a segment begins within the play: its worker needs the static
        # picture of the play's beginning, as manim has it.
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
            begin, look_up = self._segments.file.begin, channel.first
            self._segment = CurrentSegment(self._segments, self._number, canvas, begin, look_up)
        self._segment.draw(frame)
        if self._segment.left == 0:
            _leave(channel, self._segment)
        if self._segment.looks_up:
            canvas.paint_layers(static=False, frame=False)
            channel.send(Message(0, frame.section))
        else:
            channel.send(Message(self._segment.done, frame.section))

    def _is_worker_after_fork(self, number: int) -> bool:
        """Fork the worker of segment `number`. This returns in both: True in the worker."""
        state = random.getstate()
        self._channel = self._pool.fork(number)
        if self._channel is None:
            return False
        random.setstate(state)  # Python gives each forked process a new one
        self._number = number
        _use_folders_of_its_own()
        return True

    @property
    def _left(self) -> int:
        return self._segments.length if self._segment is None else self._segment.left


def _leave(channel: Channel, segment: CurrentSegment | None) -> NoReturn:
    """End the worker, since its segment is complete."""
    if segment is None:  # the scene caught an error before its first frame was drawn
        channel.leave(Message(0, "", True))
    kept = None
    if segment.looks_up:
        if not segment.fetch():
            channel.leave_not_found()
    else:
        segment.finish()
        key = segment.key
        kept = None if key is None else (key, segment.files)
    reasons = tuple(segment.reasons)
    written = segment.written
    channel.leave(Message(segment.done, segment.section, True, reasons, kept=kept, written=written))


def _leave_failed(channel: Channel, error: BaseException, looks_up: bool, explain: Explain) -> None:
    """End the worker after an error."""
    if isinstance(error, OneProcessNeeded):
        channel.leave(Message(0, "", alone=error.why))
    if looks_up:
        channel.leave_not_found()  # the worker that draws will raise the same error
    channel.leave(Message(0, "", error=_portable(explain(error))))


def _use_folders_of_its_own() -> None:
    """Give the worker its own folders for texts.

    manim names the temporary files of a text after its content only, so two processes that draw the
    same text in one folder would remove each other's files.
    """
    folder = Path(config.get_dir("tex_dir")).parent / f"worker-{os.getpid()}"
    config["text_dir"], config["tex_dir"] = str(folder / "texts"), str(folder / "tex")


def _portable(error: BaseException) -> Exception:
    """The error itself if it can be pickled, else a `PipelineError` with its text."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return PipelineError(str(error))
    return error if isinstance(error, Exception) else PipelineError(str(error))

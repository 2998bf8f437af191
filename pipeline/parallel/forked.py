"""A film's segments drawn by workers, each forked off the scene at its segment's first frame."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from manim import Scene, config

from pipeline.job.errors import PipelineError
from pipeline.parallel.segments import SegmentRenderer, Task
from pipeline.parallel.workers import Line, Message, Pool


def can_fork() -> bool:
    """Whether workers can be forked: another thread's locks would stay locked in them for ever."""
    return hasattr(os, "fork") and threading.active_count() == 1


class ForkingRenderer(SegmentRenderer):
    """Plays the scene without drawing; forks a worker at every `length`-th wanted frame.

    Where segments begin depends on the film alone. A worker is this same renderer, come out of
    `_mine` on the other side of a fork: it plays on, drawing, until its segment is full. One that
    seeks is a *scout*.
    """

    def __init__(self, task: Task, pool: Pool) -> None:
        super().__init__(task)
        self._pool = pool
        pool.keep = None if task.cache is None else task.cache.keep
        self._line: Line | None = None  # a worker's

    def run(self, scene: Scene, explain: Callable[[Exception], Exception]) -> None:
        """Play the scene through, in the parent; a worker never returns from here."""
        try:
            super().run(scene, explain)
            if self._line is not None:
                self._complete(self._line)
            self._pool.wait()
        except BaseException as error:
            if self._line is None:
                raise
            if not isinstance(error, Exception):
                os._exit(1)
            if self._seeks:
                self._line.leave_in_vain()  # a worker will meet with the same
            self._line.leave(Message(0, "", error=_portable(explain(error))))

    def _lays(self, wanted: int) -> bool:
        # A worker that begins within a play finds its static mobjects painted as they were at the
        # play's beginning, as manim has them.
        return self._line is not None or -self._wanted % self._length < wanted

    def _mine(self, count: int) -> int:
        first, self._wanted = self._wanted, self._wanted + count
        if self._line is not None:
            return min(count, self._left)
        for start in range(first - first % -self._length, first + count, self._length):
            self._line = self._pool.fork()
            if self._line is not None:
                _use_folders_of_its_own()
                self._begin(start // self._length, seek=self._line.first)
                return min(first + count - start, self._left)
        return 0

    def _draw(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        super()._draw(scene, mobjects, repeat)
        assert self._line is not None
        if self._left == 0:
            self._complete(self._line)
        if self._seeks:
            self.retained.paint(static=False, frame=False)
            self._line.beat()
        else:
            self._line.say(Message(self._length - self._left, self.file_writer.section.name))

    def _complete(self, line: Line) -> None:
        kept = None
        if self._seeks:
            if not self._found():
                line.leave_in_vain()
        else:
            assert self._segment is not None
            self._segment.finish()
            key = self._key
            kept = None if key is None else (key, self._files)
        frames, section = self._length - self._left, self.file_writer.section.name
        line.leave(Message(frames, section, True, tuple(self.retained.reasons), kept=kept))


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

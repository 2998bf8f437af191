"""A film drawn in segments, each by a worker forked off the scene at the segment's first frame."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from manim import Scene, config

from .cache import SegmentCache
from .camera import CheckedCamera
from .content import Content
from .encoders.segmented import Segment, Segmented
from .errors import PipelineError
from .frames import FrameRenderer
from .region import Region
from .selection import Selection
from .sink import Frame
from .workers import Line, Message, Pool


def can_fork() -> bool:
    """Whether workers can be forked: another thread's locks would stay locked in them for ever."""
    return hasattr(os, "fork") and threading.active_count() == 1


class SegmentedRenderer(FrameRenderer):
    """Plays the scene without drawing; forks a worker at every `length`-th wanted frame.

    Where segments begin depends on the film alone. A worker is this same renderer, come out of
    `_mine` on the other side of a fork: it plays on, drawing, until its segment is full.

    With a `cache` a worker looks at its first frame before it draws it. If a kept segment begins
    so, it goes on as a *scout*, which only takes note of what each frame would show, and in the end
    fetches the segment that shows all of this. Else it draws, having lost a few milliseconds.
    """

    def __init__(
        self,
        camera_class: type[CheckedCamera],
        selection: Selection,
        pool: Pool,
        encoder: Segmented,
        cache: SegmentCache | None,
    ) -> None:
        super().__init__(camera_class, selection, encoder)
        self._pool, self._encoder, self._length = pool, encoder, encoder.length
        self._cache = cache
        pool.keep = None if cache is None else cache.keep
        self._wanted = 0  # frames so far, drawn by whomever
        # A worker's: its line, its segment, the frames of it that are left, what they show.
        self._line: Line | None = None
        self._number = self._left = 0
        self._segment: Segment | None = None
        self._content: Content | None = None  # None: nobody asks
        self._seeks = False  # a scout's

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
                self._number, self._left = start // self._length, self._length
                if self._line.first and self._cache and self.retained.tells:
                    self._seek(self._cache)
                else:
                    self._encode()
                return min(first + count - start, self._left)
        return 0

    def _seek(self, cache: SegmentCache) -> None:
        """Go on as a scout."""
        self._seeks, self._sink, self._content = True, _Nobody(), Content(cache.about)
        # The first frame may come to be drawn after all, over the static mobjects.
        self.retained.paint(static=True, frame=False)

    def _encode(self) -> None:
        """Go on drawing."""
        self._seeks = False
        self._sink = self._segment = self._encoder.begin(self._number)
        self._content = Content(self._cache.about) if self._cache else None
        self.retained.paint(static=True, frame=True)

    def _draw(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        super()._draw(scene, mobjects, repeat)
        assert self._line is not None
        if self._content is not None:
            self._content.add(self.retained.content, repeat)
        if self._seeks and not self._begins_like_one_kept():
            self._encode()
            self._draw(scene, mobjects, repeat)
            return
        self._left -= repeat
        if self._left == 0:
            self._complete(self._line)
        if self._seeks:
            self.retained.paint(static=False, frame=False)
            self._line.beat()
        else:
            self._line.say(Message(self._length - self._left, self.file_writer.section.name))

    def _begins_like_one_kept(self) -> bool:
        assert self._cache is not None and self._content is not None
        return self._content.beginning in self._cache.beginnings

    def _complete(self, line: Line) -> None:
        key = None if self._content is None else self._content.key
        kept = None
        if self._seeks:
            if key is None or self._cache is None or not self._cache.fetch(key, self._files):
                line.leave_in_vain()
        else:
            assert self._segment is not None
            self._segment.finish()
            kept = None if key is None else (key, self._files)
        frames, section = self._length - self._left, self.file_writer.section.name
        line.leave(Message(frames, section, True, tuple(self.retained.reasons), kept=kept))

    @property
    def _files(self) -> list[Path]:
        """The worker's segment."""
        return self._encoder.files(self._number)


class _Nobody:
    """Takes a scout's frames, which are not drawn."""

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None: ...


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

"""A film's segments drawn one after another in this process, beside a thread that encodes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from manim import Scene

from pipeline.encoders.encoder_thread import Alongside
from pipeline.encoders.segmented import InTurn
from pipeline.job.sink import LiveSink
from pipeline.parallel.segments import SegmentRenderer, Task

Report = Callable[[int, str], None]
"""Takes how many frames of the film are done, and in which section the last one is."""


class SerialRenderer(SegmentRenderer):
    """Draws every segment that is not found; a scene cannot go back to one sought in vain.

    Such a segment is left out, and drawn by the renderer that `rest` returns, for which the scene
    is played once more. `missing` holds those that it has to draw, by their numbers, with what the
    first look told of each; None stands for all.
    """

    def __init__(
        self,
        task: Task,
        report: Report,
        missing: Mapping[int, str | None] | None = None,
        done: int = 0,
    ) -> None:
        super().__init__(task)
        self._task, self._report, self._missing, self._done = task, report, missing, done
        self._in_vain: dict[int, str | None] = {}
        self._differs = False  # whether a second look may have shown something else
        self._thread: Alongside | None = None

    def run(self, scene: Scene, explain: Callable[[Exception], Exception]) -> None:
        """Play the scene through; on any exception files are let go of at once."""
        try:
            super().run(scene, explain)
            if self._left:
                self._complete()
        except BaseException:
            if self._thread is not None and self._segment is not None:
                self._thread.stop()
                self._segment.abort()
            raise

    def rest(self) -> SerialRenderer | None:
        """Who draws what was left out.

        If the scene showed something else when it was played again (one that throws dice), or one
        cannot tell, nothing of it is taken from an earlier time: all of it is drawn then.
        """
        if self._differs:
            for number in range(-(-self._wanted // self._length)):
                for path in self._encoder.files(number):
                    path.unlink(missing_ok=True)
            return SerialRenderer(replace(self._task, cache=None), self._report)
        if self._in_vain:
            return SerialRenderer(self._task, self._report, self._in_vain, self._done)
        return None

    def _lays(self, wanted: int) -> bool:
        return self._takes_part(wanted)

    def _mine(self, count: int) -> int:
        mine = count if self._takes_part(count) else 0
        self._wanted += count
        return mine

    def _takes_part(self, count: int) -> bool:
        """Whether some of the next `count` frames are drawn."""
        first, last = self._wanted // self._length, (self._wanted + count - 1) // self._length
        return any(map(self._is_missing, range(first, last + 1)))

    def _is_missing(self, number: int) -> bool:
        return self._missing is None or number in self._missing

    def _draw(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        place = self._wanted - repeat
        while place < self._wanted:
            number, before = divmod(place, self._length)
            count = min(self._wanted - place, self._length - before)
            if self._is_missing(number):
                if not self._left:
                    self._begin(number, seek=self._missing is None)
                self._draw_part(scene, mobjects, count)
            place += count

    def _draw_part(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        super()._draw(scene, mobjects, repeat)
        if not self._seeks:
            self._tell(repeat)
        if self._left == 0:
            self._complete()

    def _opened(self) -> LiveSink:
        self._segment = InTurn(self._encoder, self._number)
        self._thread = Alongside(self._segment)
        return self._thread

    def _complete(self) -> None:
        key = self._key
        if self._seeks:
            if self._found():
                self._tell(self._length - self._left)
            else:
                self._in_vain[self._number] = key
        else:
            assert self._thread is not None and self._segment is not None
            self._thread.finish()
            self._segment.finish()
            if self._missing is not None and (key is None or self._missing[self._number] != key):
                self._differs = True
            elif self._cache and key:
                self._cache.keep(key, self._files)
        self._left = 0

    def _tell(self, frames: int) -> None:
        self._done += frames
        self._report(self._done, self.file_writer.section.name)

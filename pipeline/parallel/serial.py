"""A film's segments drawn one after another in this process, beside a thread that encodes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.share import Explain, SceneFrame
from pipeline.encoders.chain import segment_beside_drawing
from pipeline.job.result import Report
from pipeline.parallel.segments import SegmentInWork, Segments


class SerialShare:
    """Draws every segment that is not found in the cache.

    A scene cannot go back to a segment that was sought and not found. It is left out, and drawn by
    the share that `rest` returns, for which the scene is played once more. `missing` holds those
    that it has to draw, by their numbers, with the key that the first look gave each; None stands
    for all.
    """

    reasons: Sequence[str] = ()

    def __init__(
        self,
        segments: Segments,
        report: Report,
        missing: Mapping[int, str | None] | None = None,
        done: int = 0,
    ) -> None:
        self._segments, self._report, self._missing, self._done = segments, report, missing, done
        self._claimed = 0  # wanted frames so far, drawn or not
        self._segment: SegmentInWork | None = None
        self._not_found: dict[int, str | None] = {}
        self._differs = False  # whether a second look may have shown something else

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        """As `Share` says; on any exception files and threads are let go of at once."""
        try:
            yield
            if self._segment is not None:
                self._complete(self._segment)
        except BaseException:
            if self._segment is not None:
                self._segment.abort()
            raise

    def rest(self) -> SerialShare | None:
        """The share of what was left out, if there is any.

        If the scene showed something else when it was played again (one that throws dice), or one
        cannot tell, nothing of it is taken from an earlier time: all of it is drawn then.
        """
        if self._differs:
            for number in range(-(-self._claimed // self._segments.length)):
                for path in self._segments.file.files(number):
                    path.unlink(missing_ok=True)
            return SerialShare(replace(self._segments, cache=None), self._report)
        if self._not_found:
            return SerialShare(self._segments, self._report, self._not_found, self._done)
        return None

    def lays(self, count: int) -> bool:
        return self._takes_part(count)

    def claim(self, count: int) -> int:
        here = count if self._takes_part(count) else 0
        self._claimed += count
        return here

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        """Draw the frame in each of the segments in which it is shown."""
        place = self._claimed - frame.repeat
        while place < self._claimed:
            number, before = divmod(place, self._segments.length)
            count = min(self._claimed - place, self._segments.length - before)
            if self._is_missing(number):
                self._draw_in(number, canvas, replace(frame, repeat=count))
            place += count

    def _takes_part(self, count: int) -> bool:
        """Whether some of the next `count` frames are drawn."""
        length = self._segments.length
        first, last = self._claimed // length, (self._claimed + count - 1) // length
        return any(map(self._is_missing, range(first, last + 1)))

    def _is_missing(self, number: int) -> bool:
        return self._missing is None or number in self._missing

    def _draw_in(self, number: int, canvas: Canvas, frame: SceneFrame) -> None:
        if self._segment is None:
            begin = partial(segment_beside_drawing, self._segments.file)
            seek = self._missing is None
            self._segment = SegmentInWork(self._segments, number, canvas, begin, seek)
        self._segment.draw(frame)
        if not self._segment.seeks:
            self._tell(frame.repeat, frame.section)
        if self._segment.left == 0:
            self._complete(self._segment)

    def _complete(self, segment: SegmentInWork) -> None:
        if segment.seeks:
            if segment.is_found():
                self._tell(segment.done, segment.section)
            else:
                self._not_found[segment.number] = segment.key
        else:
            segment.finish()
            self._keep(segment)
        self._segment = None

    def _keep(self, segment: SegmentInWork) -> None:
        """Put a segment that was drawn into the cache, if it is known what it shows."""
        key, cache = segment.key, self._segments.cache
        if self._missing is not None and (key is None or self._missing[segment.number] != key):
            self._differs = True
        elif cache and key:
            cache.keep(key, segment.files)

    def _tell(self, frames: int, section: str) -> None:
        self._done += frames
        self._report(self._done, section)

"""Draws a film's segments one after another in this process; a thread encodes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.share import Explain, SceneFrame
from pipeline.encoders.chain import segment_beside_drawing
from pipeline.job.result import Report
from pipeline.parallel.segments import CurrentSegment, Segments

UNKNOWN = "unknown"


class SerialShare:
    """Draws every segment that is not found in the cache.

    A scene cannot go back. So a segment whose lookup found nothing is left out at first. The share
    that `rest` returns draws it, when the scene is played a second time. `missing` maps the numbers
    of the segments to draw to the keys from the first run; None means all segments. Nothing is
    known of a segment whose workers were killed: its key is `UNKNOWN`. With `paints_all` frames of
    no segment are painted too.
    """

    reasons: Sequence[str] = ()

    def __init__(
        self,
        segments: Segments,
        report: Report,
        missing: Mapping[int, str | None] | None = None,
        done: int = 0,
        paints_all: bool = False,
    ) -> None:
        self.paints_all = paints_all
        self._segments, self._report, self._missing, self._done = segments, report, missing, done
        self._claimed = 0  # wanted frames so far, drawn or not
        self._segment: CurrentSegment | None = None
        self._not_found: dict[int, str | None] = {}
        self._may_differ = False  # whether this second run may have shown other frames

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        """As `Share` says; on any exception files and threads are closed at once."""
        try:
            yield
            if self._segment is not None:
                self._complete(self._segment)
        except BaseException:
            if self._segment is not None:
                self._segment.abort()
            raise

    def rest(self) -> SerialShare | None:
        """The share that draws the segments that were left out; None if there are none.

        If the second run showed other frames than the first (a scene that uses random numbers), or
        if that is not known, all segments are drawn again, and none is taken from the cache.
        """
        if self._may_differ:
            self._segments.file.discard()
            return SerialShare(replace(self._segments, cache=None), self._report)
        if self._not_found:
            return SerialShare(self._segments, self._report, self._not_found, self._done)
        return None

    def paints_static(self, count: int) -> bool:
        return self._draws_some(count)

    def claim(self, count: int) -> int:
        here = count if self._draws_some(count) else 0
        self._claimed += count
        return here

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        """Draw the frame in each segment in which it is shown."""
        place = self._claimed - frame.repeat
        while place < self._claimed:
            number, before = divmod(place, self._segments.length)
            count = min(self._claimed - place, self._segments.length - before)
            if self._is_missing(number):
                self._draw_in(number, canvas, replace(frame, repeat=count))
            place += count

    def _draws_some(self, count: int) -> bool:
        """Whether some of the next `count` frames are drawn."""
        length = self._segments.length
        first, last = self._claimed // length, (self._claimed + count - 1) // length
        return any(map(self._is_missing, range(first, last + 1)))

    def _is_missing(self, number: int) -> bool:
        return self._missing is None or number in self._missing

    def _draw_in(self, number: int, canvas: Canvas, frame: SceneFrame) -> None:
        if self._segment is None:
            begin = partial(segment_beside_drawing, self._segments.file)
            look_up = self._missing is None
            self._segment = CurrentSegment(self._segments, number, canvas, begin, look_up)
        self._segment.draw(frame)
        if not self._segment.looks_up:
            self._report_more(frame.repeat, frame.section)
        if self._segment.left == 0:
            self._complete(self._segment)

    def _complete(self, segment: CurrentSegment) -> None:
        if segment.looks_up:
            if segment.fetch():
                self._report_more(segment.done, segment.section)
            else:
                self._not_found[segment.number] = segment.key
        else:
            segment.finish()
            self._keep(segment)
        self._segment = None

    def _keep(self, segment: CurrentSegment) -> None:
        """Put a segment that was drawn into the cache, if it has a key."""
        key, cache = segment.key, self._segments.cache
        wanted = UNKNOWN if self._missing is None else self._missing[segment.number]
        if wanted != UNKNOWN and (key is None or wanted != key):
            self._may_differ = True
        elif cache and key:
            cache.keep(key, segment.files, segment.written)

    def _report_more(self, frames: int, section: str) -> None:
        self._done += frames
        self._report(self._done, section)

"""One segment of a film: drawn, or found in the cache by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import SegmentCache
from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.repaint.shown import ShownKey
from pipeline.drawing.share import SceneFrame
from pipeline.encoders.segmented import Segment, Segmented


@dataclass(frozen=True, slots=True)
class Segments:
    """What is made of a film's wanted frames: segments of `file`, which are kept in `cache`."""

    file: Segmented
    cache: SegmentCache | None

    @property
    def length(self) -> int:
        """Wanted frames of a segment; the last one may be shorter."""
        return self.file.length


class SegmentInWork:
    """Segment `number`, whose frames are drawn on `canvas` and encoded by what `begin` returns.

    With a cache (and if `seek`) it looks at its first frame before drawing it. If a kept segment
    begins so, it *seeks*: it only takes note of what each frame would show, and in the end fetches
    the segment that shows all of this. Else it draws, having lost a few milliseconds.
    """

    def __init__(
        self,
        segments: Segments,
        number: int,
        canvas: Canvas,
        begin: Callable[[int], Segment],
        seek: bool,
    ) -> None:
        self._segments, self._cache, self.number = segments, segments.cache, number
        self._canvas, self._begin = canvas, begin
        self.done = 0  # frames that were drawn, or noted
        self.seeks = False
        self.section = ""  # of the last of them
        self._encoded: Segment | None = None
        self._shown: ShownKey | None = None  # None: nobody asks
        if seek and self._cache and canvas.tells:
            self._seek(self._cache)
        else:
            self._encode()

    @property
    def left(self) -> int:
        """Frames that it still takes."""
        return self._segments.length - self.done

    @property
    def key(self) -> str | None:
        """Under what the segment may be kept, as far as it goes; None if that cannot be told."""
        return None if self._shown is None else self._shown.key

    @property
    def reasons(self) -> list[str]:
        """Why manim's camera had to draw something."""
        return self._canvas.reasons

    @property
    def files(self) -> list[Path]:
        """Where it is laid aside."""
        return self._segments.file.files(self.number)

    def draw(self, frame: SceneFrame) -> None:
        """Draw the next frame, or note what it shows."""
        self._paint(frame)
        if self.seeks and not self._begins_like_one_kept():
            self._encode()
            self._paint(frame)
        self.done += frame.repeat
        self.section = frame.section

    def finish(self) -> None:
        """Complete the segment, unless it was sought."""
        if self._encoded is not None:
            self._encoded.finish()

    def abort(self) -> None:
        """Let go of files and threads at once."""
        if self._encoded is not None:
            self._encoded.abort()

    def is_found(self) -> bool:
        """Fetch the segment that was sought; say whether it is there by now."""
        key = self.key
        return bool(key and self._cache and self._cache.fetch(key, self.files))

    def _seek(self, cache: SegmentCache) -> None:
        """Go on without drawing."""
        self.seeks, self._shown = True, ShownKey(cache.about)
        # The first frame may come to be drawn after all, over the static mobjects.
        self._canvas.paint_layers(static=True, frame=False)

    def _encode(self) -> None:
        """Go on drawing."""
        self.seeks = False
        self._encoded = self._begin(self.number)
        self._shown = ShownKey(self._cache.about) if self._cache else None
        self._canvas.paint_layers(static=True, frame=True)

    def _paint(self, frame: SceneFrame) -> None:
        changed = self._canvas.paint(frame.mobjects, frame.static)
        if self._encoded is not None:
            self._encoded.show(self._canvas.pixels, frame.repeat, changed)
        if self._shown is not None:
            self._shown.add(self._canvas.content, frame.repeat)

    def _begins_like_one_kept(self) -> bool:
        assert self._cache is not None and self._shown is not None
        return self._shown.beginning in self._cache.beginnings

"""One segment of a film: drawn, or found in the cache by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cache import SegmentCache
from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.repaint.shown import ShownKey
from pipeline.drawing.share import SceneFrame
from pipeline.encoders.segmented import Segment, Segmented


@dataclass(frozen=True, slots=True)
class Segments:
    """A film's wanted frames are made in segments of `file`, and `cache` keeps the segments."""

    file: Segmented
    cache: SegmentCache | None

    @property
    def length(self) -> int:
        """Wanted frames of a segment; the last one may be shorter."""
        return self.file.length


class CurrentSegment:
    """Segment `number`: its frames are drawn on `canvas`, and `begin` returns their encoder.

    With a cache, and if `look_up`, it first makes the key of its first frame without drawing. If a
    kept segment begins with this frame, it *looks up*: it goes on without drawing, makes the key of
    all frames, and at the end fetches the segment with that key. Otherwise it draws; the check
    costs a few milliseconds.
    """

    def __init__(
        self,
        segments: Segments,
        number: int,
        canvas: Canvas,
        begin: Callable[[int], Segment],
        look_up: bool,
    ) -> None:
        self._segments, self._cache, self.number = segments, segments.cache, number
        self._canvas, self._begin = canvas, begin
        self.done = 0  # frames that were drawn, or added to the key
        self.looks_up = False
        self.section = ""  # of the last of these frames
        self._encoded: Segment | None = None
        self._shown: ShownKey | None = None  # None: no key is needed
        if look_up and self._cache and canvas.has_content:
            self._look_up(self._cache)
        else:
            self._encode()

    @property
    def left(self) -> int:
        """Frames that it still takes."""
        return self._segments.length - self.done

    @property
    def key(self) -> str | None:
        """The segment's key, from its frames so far; None if it has none."""
        return None if self._shown is None else self._shown.key

    @property
    def reasons(self) -> list[str]:
        """Why manim's camera had to draw something."""
        return self._canvas.reasons

    @property
    def files(self) -> list[Path]:
        """The files of this segment."""
        return self._segments.file.files(self.number)

    @property
    def written(self) -> dict[Path, str]:
        """The checksums of its files, once it is finished or fetched."""
        return self._segments.file.written(self.number)

    def draw(self, frame: SceneFrame) -> None:
        """Draw the next frame, or add what it shows to the key."""
        if not self.done:  # it begins with a key frame anyway
            frame = replace(frame, begins_cue=False)
        self._paint(frame)
        if self.looks_up and not self._may_be_kept():
            self._encode()
            self._paint(frame)
        self.done += frame.repeat
        self.section = frame.section

    def finish(self) -> None:
        """Complete the file of the segment if it was drawn."""
        if self._encoded is not None:
            self._encoded.finish()

    def abort(self) -> None:
        """Close files and threads at once."""
        if self._encoded is not None:
            self._encoded.abort()

    def fetch(self) -> bool:
        """Copy the segment out of the cache; return whether it was found."""
        key = self.key
        written = self._cache.fetch(key, self.files) if key and self._cache else {}
        self._segments.file.take(written)
        return bool(written)

    def _look_up(self, cache: SegmentCache) -> None:
        """Go on without drawing."""
        self.looks_up, self._shown = True, ShownKey(cache.about)
        # If no kept segment begins so, the first frame is drawn over the static mobjects.
        self._canvas.paint_layers(static=True, frame=False)

    def _encode(self) -> None:
        """Go on drawing."""
        self.looks_up = False
        self._encoded = self._begin(self.number)
        self._shown = ShownKey(self._cache.about) if self._cache else None
        self._canvas.paint_layers(static=True, frame=True)

    def _paint(self, frame: SceneFrame) -> None:
        changed = self._canvas.paint(frame.mobjects, frame.static)
        if self._encoded is not None:
            self._encoded.show(self._canvas.pixels, frame.repeat, changed, frame.begins_cue)
        if self._shown is not None:
            self._shown.add(self._canvas.content, frame.repeat, frame.begins_cue)

    def _may_be_kept(self) -> bool:
        """Whether a kept segment begins with the same first frame."""
        assert self._cache is not None and self._shown is not None
        return self._shown.beginning in self._cache.beginnings

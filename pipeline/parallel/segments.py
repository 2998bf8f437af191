"""A film drawn in segments, each of which is kept, and found again by what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Scene

from pipeline.cache import SegmentCache
from pipeline.drawing.camera import CheckedCamera
from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.repaint.shown import Content
from pipeline.drawing.selection import Selection
from pipeline.encoders.segmented import Segment, Segmented
from pipeline.job.region import Region
from pipeline.job.sink import Frame, LiveSink


@dataclass(frozen=True, slots=True)
class Task:
    """What renderers of segments have in common, and hand on to one another.

    Of the frames that `selection` wants, `encoder` makes segments; they are kept in `cache`.
    """

    camera_class: type[CheckedCamera]
    selection: Selection
    encoder: Segmented
    cache: SegmentCache | None


class SegmentRenderer(FrameRenderer):
    """Draws one segment of `length` wanted frames at a time.

    With a `cache` it looks at a segment's first frame before drawing it. If a kept segment begins
    so, it *seeks*: it only takes note of what each frame would show, and in the end fetches the
    segment that shows all of this. Else it draws, having lost a few milliseconds.
    """

    def __init__(self, task: Task) -> None:
        super().__init__(task.camera_class, task.selection, task.encoder)
        self._encoder, self._length, self._cache = task.encoder, task.encoder.length, task.cache
        self._wanted = 0  # frames so far, drawn by whomever
        # The segment in work, the frames of it that are left, what they show.
        self._number = self._left = 0
        self._segment: Segment | None = None
        self._content: Content | None = None  # None: nobody asks
        self._seeks = False

    def _begin(self, number: int, seek: bool) -> None:
        """Go on with another segment, which may be `seek`-ed."""
        self._number, self._left = number, self._length
        if seek and self._cache and self.retained.tells:
            self._seek(self._cache)
        else:
            self._encode()

    def _seek(self, cache: SegmentCache) -> None:
        """Go on without drawing."""
        self._seeks, self._sink, self._content = True, _Nobody(), Content(cache.about)
        # The first frame may come to be drawn after all, over the static mobjects.
        self.retained.paint(static=True, frame=False)

    def _encode(self) -> None:
        """Go on drawing."""
        self._seeks = False
        self._sink = self._opened()
        self._content = Content(self._cache.about) if self._cache else None
        self.retained.paint(static=True, frame=True)

    def _opened(self) -> LiveSink:
        """Who takes the segment's frames."""
        self._segment = self._encoder.begin(self._number)
        return self._segment

    def _draw(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        self._look(scene, mobjects, repeat)
        if self._seeks and not self._begins_like_one_kept():
            self._encode()
            self._look(scene, mobjects, repeat)
        self._left -= repeat

    def _look(self, scene: Scene, mobjects: Any, repeat: int) -> None:
        super()._draw(scene, mobjects, repeat)
        if self._content is not None:
            self._content.add(self.retained.content, repeat)

    def _begins_like_one_kept(self) -> bool:
        assert self._cache is not None and self._content is not None
        return self._content.beginning in self._cache.beginnings

    def _found(self) -> bool:
        """Whether the segment that was sought is there by now."""
        key = self._key
        return bool(key and self._cache and self._cache.fetch(key, self._files))

    @property
    def _key(self) -> str | None:
        """Under what the segment may be kept, as far as it goes; None if that cannot be told."""
        return None if self._content is None else self._content.key

    @property
    def _files(self) -> list[Path]:
        return self._encoder.files(self._number)


class _Nobody:
    """Takes frames that are not drawn."""

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None: ...

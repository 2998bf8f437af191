"""Which frames are drawn in this process: a frame renderer asks its `Share`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from manim import Mobject

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.job.region import Region
from pipeline.job.result import Report
from pipeline.job.sink import Frame, FrameSink

Explain = Callable[[BaseException], BaseException]
"""Turns an error into one that can be understood without its traceback."""


@dataclass(frozen=True, slots=True)
class SceneFrame:
    """A frame before it is painted: mobjects over a static picture, shown for `repeat` frames.

    ``place`` counts the film's sections: two of them may have the same name. `begins_cue`
    says that a cue begins with it, so it must be a key frame.
    """

    mobjects: Sequence[Mobject]
    static: Frame | None
    repeat: int
    section: str
    place: int
    begins_cue: bool = False


class Share(Protocol):
    """The wanted frames that are drawn in this process, and where they go."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why manim's camera had to draw in other processes."""

    @property
    def paints_all(self) -> bool:
        """Whether frames that are not wanted are painted too: the scene may read its picture."""

    def playing(self, explain: Explain) -> AbstractContextManager[object]:
        """The block in which the scene is played; after it, no frame of this share is in work."""

    def paints_static(self, count: int) -> bool:
        """Whether the static picture of a play with `count` wanted frames is painted here."""

    def claim(self, count: int) -> int:
        """How many of the next `count` wanted frames are drawn here, from the first one on."""

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        """Paint a frame that was claimed, and pass it on."""


class AllFrames:
    """Draws every wanted frame for `sink`, one after another; calls `report` with their number.

    The sink has the first `shown` of them already, from a run that was stopped.
    """

    reasons: Sequence[str] = ()

    def __init__(self, sink: FrameSink, report: Report, paints_all: bool = False) -> None:
        self._sink, self._report, self.paints_all = sink, report, paints_all
        self.done = self.shown = 0

    def playing(self, explain: Explain) -> AbstractContextManager[object]:
        return nullcontext()

    def paints_static(self, count: int) -> bool:
        return True

    def claim(self, count: int) -> int:
        return count

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        changed = canvas.paint(frame.mobjects, frame.static)
        self.done += frame.repeat
        if self.done > self.shown:
            self._sink.show(canvas.pixels, frame.repeat, changed, frame.begins_cue)
            self._report(self.done, frame.section)


class LastFrames(AllFrames):
    """Draws every wanted frame; `sink` gets the last one of each section."""

    def __init__(self, sink: FrameSink, report: Report, paints_all: bool = False) -> None:
        super().__init__(sink, report, paints_all)
        self._latest: Frame | None = None
        self._place = 0

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        yield
        self._pass_on()

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        if frame.place != self._place:
            self._pass_on()
        canvas.paint(frame.mobjects, frame.static)
        self._latest, self._place = canvas.pixels.copy(), frame.place
        self._section = frame.section

    def _pass_on(self) -> None:
        """Give the section's last frame to the sink."""
        if self._latest is None:
            return
        self.done += 1
        if self.done > self.shown:
            height, width = self._latest.shape[:2]
            self._sink.show(self._latest, 1, Region(width, height, full=True))
            self._report(self.done, self._section)
        self._latest = None

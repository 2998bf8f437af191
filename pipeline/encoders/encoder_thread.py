"""A thread that encodes while the next frame is drawn, where no worker is forked.

Drawing is Python and cairo, encoding is swscale and the codec, which work without the interpreter's
lock: so both go on at once in one process.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from pipeline.encoders.segmented import Segment
from pipeline.job.region import Rectangle, Region
from pipeline.job.sink import Frame, FrameSink

# Frames, each perhaps held for long, that may wait for the encoder. By the times that each frame of
# `batch` takes, two would do nearly as well, and more would gain nothing.
AHEAD = 4

# Seconds of one wait of the drawing thread, which waits again if it must. Signals are handled by
# that thread alone, and one without end would keep Ctrl-C waiting: always on Windows, elsewhere
# when the system gives the signal to the other thread.
BREATH = 0.05


@dataclass(frozen=True, slots=True)
class _Shown:
    """One call of `show`: what must be copied to the twin first, and how long it is seen then."""

    twin: Frame
    parts: list[tuple[Rectangle, Frame]]
    repeat: int
    changed: Region


class EncoderThread:
    """Hands frames on to `sink` in a thread, from a twin of the canvas that follows it.

    An exception of the sink's is raised, as it is, by the next `show` and each after it, or by
    `finish`. The sink is the thread's until `finish` or `stop` has returned.

    Neither thread holds a lock while it waits, and they cannot wait for each other: the encoder
    waits while no frame does, and drawing while `AHEAD` do, of which the encoder takes one after
    the other and gives its place back. Should it fail instead, `show` sees that after a breath.
    """

    def __init__(self, sink: FrameSink) -> None:
        self._sink = sink
        self._twin: Frame | None = None
        self._waiting: SimpleQueue[_Shown | None] = SimpleQueue()  # None: nothing comes after it
        self._places: SimpleQueue[None] = SimpleQueue()
        for _ in range(AHEAD):
            self._places.put(None)
        self._error: BaseException | None = None
        self._stopped = False
        # A daemon, although it is always waited for: were an interrupt to hit in the middle of
        # that, a thread that waits for frames must not keep the process.
        self._thread = Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        """Copy what changed and return, as soon as there is a place for it."""
        self._take_place()
        if self._twin is None or self._twin.shape != canvas.shape:
            self._twin = canvas.copy()
        rectangles = changed.rectangles()
        parts = [(box, _part(canvas, box).copy()) for box in rectangles]
        self._waiting.put(_Shown(self._twin, parts, repeat, changed.copy()))

    def finish(self) -> None:
        """Return when the sink has taken every frame."""
        self._waiting.put(None)
        while self._thread.is_alive():
            self._thread.join(BREATH)
        self._check()

    def stop(self) -> None:
        """End the thread after the frame that it is at; never raises."""
        self._stopped = True
        self._waiting.put(None)
        while self._thread.is_alive():
            # Who stops is on its way out already. To go on before the thread has ended would let
            # the encoder be closed while it encodes.
            with suppress(BaseException):
                self._thread.join(BREATH)

    def _take_place(self) -> None:
        while True:
            self._check()
            with suppress(Empty):
                return self._places.get(timeout=BREATH)

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            for shown in iter(self._waiting.get, None):
                self._places.put(None)
                self._hand_on(shown)
        except BaseException as error:
            self._error = error

    def _hand_on(self, shown: _Shown) -> None:
        for box, pixels in shown.parts:
            _part(shown.twin, box)[...] = pixels
        changed = shown.changed
        for _ in range(shown.repeat):  # one by one: a hold of minutes can be stopped
            if self._stopped:
                return
            self._sink.show(shown.twin, 1, changed)
            changed = Region(changed.width, changed.height)


class SegmentBesideDrawing:
    """A segment whose frames are encoded in a thread."""

    def __init__(self, segment: Segment) -> None:
        self._segment, self._thread = segment, EncoderThread(segment)

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self._thread.show(canvas, repeat, changed)

    def finish(self) -> None:
        self._thread.finish()
        self._segment.finish()

    def abort(self) -> None:
        self._thread.stop()
        self._segment.abort()


def _part(frame: Frame, box: Rectangle) -> Frame:
    left, top, right, bottom = box
    return frame[top:bottom, left:right]

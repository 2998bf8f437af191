"""The encoder thread: it encodes while the next frame is drawn, where no worker is forked.

Drawing is Python and cairo. Encoding is swscale and the codec, which release Python's lock. So both
run at the same time in one process.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from pipeline.encoders.segmented import Segment
from pipeline.job.region import Rectangle, Region
from pipeline.job.sink import Frame, FrameSink

# Frames that may wait for the encoder, each shown for any time. Two would be nearly as good, and
# more than four would gain nothing (from the times of each frame of `batch`).
AHEAD = 4

# Seconds of one wait of the drawing thread, which is repeated. Only this thread handles signals, so
# an endless wait would delay Ctrl-C: always on Windows, elsewhere if the system gives the signal to
# the other thread.
WAIT = 0.05


@dataclass(frozen=True, slots=True)
class _Shown:
    """One call of `show`: pixels to copy into the second canvas, and how long it is then shown."""

    canvas: Frame
    parts: list[tuple[Rectangle, Frame]]
    repeat: int
    changed: Region
    key_frame: bool


class EncoderThread:
    """Passes frames to `sink` in a thread, from a second canvas that is kept equal to the first.

    If the sink raises an exception, the next `show`, each later one and `finish` raise it. Until
    `finish` or `stop` has returned, only the thread may use the sink.

    No thread holds a lock while it waits, and the two cannot wait for each other: the encoder waits
    while there is no frame, and drawing waits while there are `AHEAD` frames. The encoder takes
    them one after another, and each frees a place. If the encoder fails, `show` notices it after
    one wait.
    """

    def __init__(self, sink: FrameSink) -> None:
        self._sink = sink
        self._second: Frame | None = None  # the second canvas
        self._waiting: SimpleQueue[_Shown | None] = SimpleQueue()  # None: the end
        self._places: SimpleQueue[None] = SimpleQueue()  # free ones
        for _ in range(AHEAD):
            self._places.put(None)
        self._error: BaseException | None = None
        self._stopped = False
        # A daemon thread, although its end is always waited for: if Ctrl-C interrupts that wait,
        # the thread must not keep the process alive.
        self._thread = Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Wait for a free place, copy what changed, and return."""
        self._take_place()
        if self._second is None or self._second.shape != canvas.shape:
            self._second = canvas.copy()
        rectangles = changed.rectangles()
        parts = [(box, _part(canvas, box).copy()) for box in rectangles]
        self._waiting.put(_Shown(self._second, parts, repeat, changed.copy(), key_frame))

    def finish(self) -> None:
        """Return when the sink has taken every frame."""
        self._waiting.put(None)
        while self._thread.is_alive():
            self._thread.join(WAIT)
        self._check()

    def stop(self) -> None:
        """End the thread after its current frame; never raises."""
        self._stopped = True
        self._waiting.put(None)
        while self._thread.is_alive():
            # The block is already being left, so exceptions are ignored. The wait must not end
            # early: the encoder would be closed while it encodes.
            with suppress(BaseException):
                self._thread.join(WAIT)

    def _take_place(self) -> None:
        while True:
            self._check()
            with suppress(Empty):
                return self._places.get(timeout=WAIT)

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            for shown in iter(self._waiting.get, None):
                self._places.put(None)
                self._pass_on(shown)
        except BaseException as error:
            self._error = error

    def _pass_on(self, shown: _Shown) -> None:
        for box, pixels in shown.parts:
            _part(shown.canvas, box)[...] = pixels
        changed, key_frame = shown.changed, shown.key_frame
        for _ in range(shown.repeat):  # one by one, so that a wait of minutes can be stopped
            if self._stopped:
                return
            self._sink.show(shown.canvas, 1, changed, key_frame)
            changed, key_frame = Region(changed.width, changed.height), False


class SegmentBesideDrawing:
    """A segment whose frames are encoded in a thread."""

    def __init__(self, segment: Segment) -> None:
        self._segment, self._thread = segment, EncoderThread(segment)

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._thread.show(canvas, repeat, changed, key_frame)

    def finish(self) -> None:
        self._thread.finish()
        self._segment.finish()

    def abort(self) -> None:
        self._thread.stop()
        self._segment.abort()


def _part(frame: Frame, box: Rectangle) -> Frame:
    left, top, right, bottom = box
    return frame[top:bottom, left:right]

"""The first run of a scene: who draws is decided at its first play."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.share import Explain, SceneFrame, Share
from pipeline.parallel.one_process import Watch


class FirstRun:
    """A share that passes all on to another one.

    Usually that is `usual`: workers, or segments that are looked up in the cache, or frames that
    were selected. The scene may then be played again, or in several processes at once. A scene that
    has written files or read its picture before its first play must not, so it gets `plain`. If it
    does so later, it is stopped, unless both are the same share.
    """

    def __init__(self, watch: Watch, usual: Share, plain: Share) -> None:
        self._watch, self._usual, self._plain = watch, usual, plain
        self._share: Share | None = None
        self._playing = ExitStack()
        self._explain: Explain = lambda error: error

    @property
    def reasons(self) -> Sequence[str]:
        return () if self._share is None else self._share.reasons

    @property
    def paints_all(self) -> bool:
        return self._chosen.paints_all

    @contextmanager
    def playing(self, explain: Explain) -> Iterator[None]:
        self._explain = explain
        try:
            with self._playing:
                yield
                self._watch.check()
        finally:
            self._watch.is_paused = False

    def paints_static(self, count: int) -> bool:
        with self._watch.paused():
            return self._chosen.paints_static(count)

    def claim(self, count: int) -> int:
        self._watch.check()
        with self._watch.paused():
            return self._chosen.claim(count)

    def draw(self, canvas: Canvas, frame: SceneFrame) -> None:
        with self._watch.paused():
            self._chosen.draw(canvas, frame)

    def _pause(self) -> None:
        self._watch.is_paused = True

    @property
    def _chosen(self) -> Share:
        if self._share is None:
            usual = self._usual if self._watch.why is None else self._plain
            self._share, self._watch.stops = usual, usual is not self._plain
            self._playing.enter_context(self._share.playing(self._explain))
            # At the end the share works, not the scene: this is called before it does.
            self._playing.callback(self._pause)
        return self._share

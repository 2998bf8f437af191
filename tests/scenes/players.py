"""Renderers that play a film without drawing, and a sink for the frames of one that draws."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from manim import Scene, Wait

from pipeline.drawing.frames import FrameRenderer
from pipeline.job.region import Region
from scenes.stage.page.motion import Drive


class Wanted:
    """A selection of frames by number; `draw` counts them."""

    def __init__(self, frames: Collection[int] | None) -> None:
        self.frames = frames

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return self.frames is None or frame in self.frames

    def is_over(self, section: str, frame: int) -> bool:
        return False


class Tray:
    """A sink that keeps frames and, for each frame, what `look` returns for the scene."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.frames: dict[int, np.ndarray] = {}
        self.seen: dict[int, Any] = {}
        self.renderer: Any = None
        self.look: Callable[[], Any] = lambda: None

    def show(
        self, canvas: np.ndarray, repeat: int, changed: Region, key_frame: bool = False
    ) -> None:
        frame = canvas.copy()
        # A hold is drawn once, at its start, for all its wanted frames.
        first = self.renderer.file_writer.frames
        waiting = [n for n in self.wanted.frames or () if n >= first and n not in self.frames]
        numbers = sorted(waiting)[:repeat] if waiting else range(first, first + repeat)
        for number in numbers:
            self.frames[number], self.seen[number] = frame, self.look()


class Settler(FrameRenderer):
    """Finishes each play at once: no copies, no steps, no drawing.

    A Drive ends with its last value. Frames are counted as if they were drawn. ``held`` counts the
    frames of waits without a play between them, ``longest`` is the largest such count.
    """

    held = longest = 0

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        animations = scene.compile_animations(*args, **kwargs)
        seconds = max(animation.get_run_time() for animation in animations)
        waits = all(isinstance(animation, Wait) for animation in animations)
        self.held = self.held + round(seconds * self.camera.frame_rate) if waits else 0
        self.longest = max(self.longest, self.held)
        scene.add_mobjects_from_animations(animations)
        for animation in animations:
            _settle(scene, animation)
        self._advance(round(seconds * self.camera.frame_rate))
        self.num_plays += 1


def unheard(frames: int, section: str) -> None:
    """Progress is not needed here."""


class Stepper(Settler):
    """Steps through each play without drawing: ``look(frame)`` is called at every ``nth`` frame.

    Of a wait in which nothing moves each of these frames is looked at, too.
    """

    nth: int
    look: Callable[[int], object]

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        animations = scene.compile_animations(*args, **kwargs)
        seconds = max(animation.get_run_time() for animation in animations)
        count = round(seconds * self.camera.frame_rate)
        scene.add_mobjects_from_animations(animations)
        for animation in animations:
            _begin(scene, animation)
        for k in range(count):
            frame = self.file_writer.frames + k
            if frame % self.nth == 0:
                for animation in animations:
                    animation.interpolate(min(k / self.camera.frame_rate / seconds, 1.0))
                self.look(frame)
        for animation in animations:
            _end(scene, animation)
        self._advance(count)
        self.num_plays += 1


def _settle(scene: Scene, animation: Any) -> None:
    _begin(scene, animation)
    _end(scene, animation)


def _begin(scene: Scene, animation: Any) -> None:
    animation._setup_scene(scene)
    if not isinstance(animation, Drive):
        animation.begin()


def _end(scene: Scene, animation: Any) -> None:
    animation.interpolate(1)
    animation.clean_up_from_scene(scene)

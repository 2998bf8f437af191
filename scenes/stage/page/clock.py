"""Time on the frame grid: every play gets a whole number of frames, the total is exact."""

from __future__ import annotations


class Clock:
    """Turns seconds of the storyboard into frames; rounding errors never add up.

    ``stretch`` scales the storyboard's seconds (pace or a target duration).
    """

    def __init__(self, fps: float, stretch: float) -> None:
        self.fps = fps
        self.stretch = stretch
        self.elapsed = 0.0
        self.frames = 0

    def advance(self, seconds: float) -> int:
        """Pass ``seconds`` of the storyboard; the number of frames they get."""
        self.elapsed += seconds
        return self._catch_up()

    def until(self, moment: float) -> int:
        """Pass on to ``moment`` of the storyboard; the number of frames that takes."""
        self.elapsed = moment
        return self._catch_up()

    def _catch_up(self) -> int:
        target = round(self.elapsed * self.stretch * self.fps)
        passed = max(0, target - self.frames)
        self.frames += passed
        return passed

    def play_time(self, frames: int) -> float:
        """A run time that manim plays as ``frames`` frames: it draws every 1/fps below it."""
        # It takes a single frame exactly, and complains of anything shorter.
        return 1 / self.fps if frames == 1 else (frames - 1e-4) / self.fps

    def wait_time(self, frames: int) -> float:
        """A duration of a still wait that manim counts as ``frames`` frames: it rounds down."""
        return (frames + 1e-4) / self.fps

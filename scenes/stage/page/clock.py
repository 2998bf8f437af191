"""Time on the frame grid: every play gets a whole number of frames, the total is exact."""

from __future__ import annotations


class Clock:
    """Turns seconds of the storyboard into frames; rounding errors never add up.

    ``stretch`` scales the storyboard's seconds (pace or a target duration). ``frames`` are all
    that have passed; pauses are not part of the storyboard.
    """

    def __init__(self, fps: float, stretch: float) -> None:
        self.fps = fps
        self.stretch = stretch
        self.elapsed = 0.0
        self.frames = 0
        self._paused = 0  # of these frames

    def advance(self, seconds: float) -> int:
        """Pass ``seconds`` of the storyboard; return the number of frames for them."""
        self.elapsed += seconds
        return self._catch_up()

    def until(self, moment: float) -> int:
        """Go on to ``moment`` of the storyboard; return the number of frames for that."""
        self.elapsed = moment
        return self._catch_up()

    def pause(self, frames: int) -> int:
        """Let ``frames`` frames pass between two moments of the storyboard; return their number."""
        self.frames += frames
        self._paused += frames
        return frames

    def _catch_up(self) -> int:
        target = round(self.elapsed * self.stretch * self.fps) + self._paused
        passed = max(0, target - self.frames)
        self.frames += passed
        return passed

    def play_time(self, frames: int) -> float:
        """A run time for which manim draws ``frames`` frames: one at each 1/fps below it."""
        # A single frame needs exactly 1/fps: manim complains about a shorter time.
        return 1 / self.fps if frames == 1 else (frames - 1e-4) / self.fps

    def wait_time(self, frames: int) -> float:
        """The duration of a still wait of ``frames`` frames: manim rounds their number down."""
        return (frames + 1e-4) / self.fps

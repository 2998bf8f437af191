"""Small scenes of shapes for the pipeline's tests. Loaded by path: it imports nothing of ours."""

from __future__ import annotations

import errno
import time

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Dot,
    ManimColor,
    MovingCameraScene,
    Rectangle,
    Rotate,
    Scene,
    Square,
    Triangle,
    VGroup,
)

FRAME = 0.1  # the tests' films run at 10 fps
PAGE = "#1C1C1C"
SWATCHES = ["#58C4DD", "#FC6255", "#FFFF00", "#83C167", "#FFFFFF", "#000000", "#E69F00", "#0072B2"]


def frames(count: int) -> float:
    """The run time of a play of `count` frames."""
    return (count - 1e-6) * FRAME


def hold(count: int) -> float:
    """The run time of a static wait of `count` frames."""
    return (count + 1e-6) * FRAME


class Film(Scene):
    """16 frames: a play (4), a hold (6), a play beside an updater with dt (6)."""

    def __init__(self, page: str = PAGE, **options: object) -> None:
        super().__init__(**options)
        self.page = page

    def construct(self) -> None:
        self.camera.background_color = ManimColor(self.page)
        square = Square(color="#FC6255", fill_opacity=0.5)
        self.add(Circle(radius=3, color="#58C4DD"), square)
        self.next_section("slide")
        self.add_subcaption("第一", duration=0.4)
        self.play(square.animate.shift(2 * RIGHT), run_time=frames(4))
        self.next_section("hold")
        self.add_subcaption("second & last", duration=0.5)
        self.wait(hold(6))
        self.next_section("turn")
        dot = Dot(3 * LEFT)
        dot.add_updater(lambda mob, dt: mob.shift(dt * RIGHT / 3))
        self.add(dot)
        self.play(Rotate(square), run_time=frames(6))
        self.remove(square)  # after the last play there is no frame


class Swatches(Scene):
    """Eight flat colours side by side, filling the frame, for 3 frames."""

    def construct(self) -> None:
        width = self.camera.frame_width / len(SWATCHES)
        bars = VGroup(
            *(
                Rectangle(width=width, height=9, stroke_width=0, fill_opacity=1, fill_color=colour)
                for colour in SWATCHES
            )
        )
        self.add(bars.arrange(RIGHT, buff=0))
        self.wait(hold(3))


class Soft(Scene):
    """A half-transparent orange square without a background; the white page must not show."""

    def construct(self) -> None:
        self.camera.background_color = ManimColor("#FFFFFF")
        shape = Square(4, stroke_width=0, fill_opacity=0.5, fill_color="#E69F00")
        self.add(shape, Triangle(stroke_width=0, fill_opacity=1, fill_color="#E69F00").shift(UP))
        self.play(shape.animate.shift(DOWN), run_time=frames(4))


class NoPlay(Scene):
    """Plays nothing: a film of one frame."""

    def construct(self) -> None:
        self.add(Square(color="#FFFF00"))


class Empty(Scene):
    """Has only a section that is left out."""

    def construct(self) -> None:
        self.next_section("left out", skip_animations=True)
        self.play(Square().animate.shift(UP), run_time=frames(3))


class LeftOut(Scene):
    """2 frames, then 3 that the scene itself leaves out, then 2."""

    def construct(self) -> None:
        square = Square()
        self.next_section("first")
        self.play(square.animate.shift(RIGHT), run_time=frames(2))
        self.next_section("secret", skip_animations=True)
        self.play(square.animate.shift(UP), run_time=frames(3))
        self.next_section("last")
        self.play(square.animate.shift(LEFT), run_time=frames(2))


class Until(Scene):
    """A wait that ends by its condition, at its fourth frame."""

    def construct(self) -> None:
        dot = Dot()
        dot.add_updater(lambda mob, dt: mob.shift(dt * RIGHT))
        self.add(dot)
        self.wait_until(lambda: dot.get_x() > 0.25, max_time=5)


class Zoom(MovingCameraScene):
    """Needs the camera that its class asks for."""

    def construct(self) -> None:
        self.add(Square())
        self.play(self.camera.frame.animate.scale(0.5), run_time=frames(3))


class Raises(Scene):
    """Fails in the middle of its second section."""

    def construct(self) -> None:
        self.next_section("fine")
        self.wait(hold(5))
        self.next_section("worse")
        self.wait(hold(2))
        raise ZeroDivisionError("division by zero")


class NoSpace(Scene):
    """Fails as manim does when it stores a text on a full disk."""

    def construct(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


class Deliberate(Scene):
    """Raises an error with its own exit code."""

    def construct(self) -> None:
        error = ValueError("no such glyph")
        error.exit_code = 65  # type: ignore[attr-defined]
        raise error


class NotANumber(Scene):
    """Moves a dot to a place that cannot be drawn."""

    def construct(self) -> None:
        self.next_section("lost")
        dot = Dot()
        self.add(dot)
        self.wait(hold(2))
        dot.points[0, 0] = float("nan")
        self.wait(hold(2))


class FarAway(Scene):
    """A dot far outside the frame: it need not be drawn."""

    def construct(self) -> None:
        self.add(Dot(1e9 * RIGHT))
        self.wait(hold(2))


class Endless(Scene):
    """Lasts for minutes, and says when its frames have begun."""

    def construct(self) -> None:
        square = Square()
        for number in range(10_000):
            self.play(Rotate(square), run_time=frames(10))
            if number == 1:
                print("drawing", flush=True)
            time.sleep(0.01)


class Long(Scene):
    """73 frames: boundaries of segments within plays, within a hold and beside an updater."""

    def construct(self) -> None:
        square, dot = Square(color="#FC6255", fill_opacity=0.5), Dot(3 * LEFT)
        self.add(Circle(radius=3, color="#58C4DD"), square)
        self.play(square.animate.shift(2 * RIGHT), run_time=frames(13))
        self.next_section("hold")
        self.wait(hold(31))
        self.next_section("turn")
        dot.add_updater(lambda mob, dt: mob.shift(dt * RIGHT))
        self.add(dot)
        self.play(Rotate(square), run_time=frames(29))


class Crumbs(Scene):
    """21 frames: the last segment is a single frame."""

    def construct(self) -> None:
        square = Square()
        self.play(Rotate(square), run_time=frames(20))
        self.play(square.animate.shift(UP), run_time=frames(1))


class Caught(Scene):
    """45 frames, the first segment's 40 if `late`: then a play fails at its first frame."""

    late = False

    def construct(self) -> None:
        square, dot = Square(), Dot(3 * LEFT)
        self.next_section("before", skip_animations=not self.late)
        self.play(Rotate(square), run_time=frames(40))
        self.next_section("after")
        dot.add_updater(_fails, call_updater=False)
        self.add(dot)
        try:
            self.play(square.animate.shift(UP), run_time=frames(5))
        except ZeroDivisionError:
            self.remove(dot)


class CaughtLate(Caught):
    """The same, when a segment is complete."""

    late = True


def _fails(mobject: object) -> None:
    raise ZeroDivisionError

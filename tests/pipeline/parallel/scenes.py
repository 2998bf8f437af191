"""Scenes whose frames depend on more than their plays. Loaded by path: it imports nothing of ours.

The tests draw each scene with manim, and in segments with one and several workers.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    ImageMobject,
    Line,
    MovingCameraScene,
    Rotate,
    Scene,
    Square,
    Succession,
    ThreeDScene,
    UpdateFromFunc,
    ValueTracker,
    VGroup,
    Wait,
    linear,
    tempconfig,
)
from plays import LONG, shapes


class Centre(ThreeDScene):
    """The frame's centre moves in the first play: manim keeps the matrix of its first drawing."""

    def construct(self) -> None:
        self.add(shapes())
        self.move_camera(frame_center=[1, 0.5, 0], phi=20 * DEGREES, run_time=LONG)
        self.play(Rotate(self.mobjects[0]), run_time=1.2)


class Centres(Scene):
    """The frame's centre is set between plays; the first drawing is not the first frame."""

    def construct(self) -> None:
        dot, path = Dot(), Line(LEFT, RIGHT)
        self.camera.frame_center = 0.5 * UP
        self.wait(0.5)
        self.camera.frame_center = RIGHT
        self.play(Succession(Wait(0.3), Create(path, run_time=0.6)))
        self.camera.frame_center = 2 * LEFT
        self.add(shapes())
        self.play(path.animate.shift(UP), run_time=0.7)
        self.wait(0.4)
        self.remove(path)
        self.play(dot.animate.shift(UP), run_time=0.9)


class Skips(Scene):
    """Sections that the scene skips, with an updater that counts time, and the clock shown."""

    def construct(self) -> None:
        dot, square = Dot(3 * LEFT), Square()
        speed = ValueTracker(0.2)
        dot.add_updater(lambda mob, dt: mob.shift(dt * (1 + speed.get_value() + dt) * RIGHT))
        clock = Line(LEFT, RIGHT).shift(2 * DOWN)
        clock.add_updater(lambda mob: mob.put_start_and_end_on(2 * DOWN, self.hand()))
        self.add(dot, clock)
        self.play(square.animate.shift(0.5 * UP), run_time=0.7)
        self.next_section("skipped", skip_animations=True)
        self.play(square.animate.shift(UP), speed.animate.set_value(0.5), run_time=0.83)
        self.wait(0.5)
        dot.suspend_updating()
        self.wait(1.1, frozen_frame=True)
        dot.resume_updating()
        self.wait_until(lambda: dot.get_x() > -1.2, max_time=1)
        self.play(UpdateFromFunc(square, lambda each: each.shift(0.3 * LEFT)), run_time=0.6)
        self.next_section("shown")
        self.play(square.animate.shift(LEFT), run_time=1.3)
        self.next_section("skipped too", skip_animations=True)
        self.play(FadeOut(square), run_time=0.4)
        self.next_section("end")
        self.wait(0.8)

    def hand(self) -> np.ndarray:
        return 2 * DOWN + np.array([np.cos(self.time), np.sin(self.time), 0])


class Clocks(Scene):
    """What is shown comes from the scene's clock, to the last bit."""

    def construct(self) -> None:
        bits = VGroup(*(Dot(k / 8 * RIGHT) for k in range(-26, 27)))
        bits.add_updater(lambda each: self.show(each))
        self.add(bits)
        self.wait(1.7)
        self.wait(0.33)
        self.play(Rotate(Square()), run_time=1.6)

    def show(self, bits: VGroup) -> None:
        number = int(np.float64(self.time).view(np.uint64))
        for k, bit in enumerate(bits):
            bit.set_opacity(number >> k & 1)


class Tempo(Scene):
    """Another frame rate for some plays: manim plays fewer frames of the same length."""

    def construct(self) -> None:
        dot, ring = Dot(), Circle()
        dot.add_updater(lambda mob, dt: mob.shift(dt * UP))
        self.add(dot, ring)
        with tempconfig({"frame_rate": 4}):
            self.play(ring.animate.shift(RIGHT), run_time=LONG)
            self.wait(1.5)
        self.play(Rotate(Square()), run_time=1.2)


class Stepping(Scene):
    """A scene that does something of its own in each frame."""

    def construct(self) -> None:
        self.dot = Dot()
        self.add(self.dot)
        self.play(Rotate(Square()), run_time=LONG)
        self.play(self.dot.animate.shift(RIGHT), run_time=1.2)

    def update_to_time(self, t: float) -> None:
        self.dot.shift(0.05 * UP)
        super().update_to_time(t)


class Turned(Square):
    """A mobject with an interpolation of its own."""

    def interpolate_color(self, *states: object) -> Turned:
        super().interpolate_color(*states)
        return self.rotate(0.1).shift(0.05 * UP)


class OwnMobjects(MovingCameraScene):
    """Mobjects of the scene's own that do more than manim's in each frame."""

    def construct(self) -> None:
        turned, ring = Turned(), Circle()
        self.add(turned, ring)
        counted = ring.interpolate_color

        def interpolate_color(*states: object) -> Circle:
            ring.stroke_opacity = 1
            counted(*states)
            return ring.shift(0.05 * UP)

        ring.interpolate_color = interpolate_color
        self.play(FadeOut(turned), self.camera.frame.animate.shift(UP), run_time=LONG)
        self.play(ring.animate.shift(RIGHT), run_time=1.5)


class Chances(Scene):
    """Python's and NumPy's random numbers, drawn between and within plays."""

    def construct(self) -> None:
        random.seed(5)
        dots = VGroup(*(Dot() for _ in range(5)))
        self.add(dots)
        for _ in range(6):
            for dot in dots:
                dot.move_to([random.uniform(-5, 5), np.random.uniform(-3, 3), 0])
            self.play(FadeIn(Dot(random.random() * RIGHT)), run_time=0.6)
        dots.add_updater(lambda each: each[0].move_to([random.random(), random.gauss(0, 1), 0]))
        self.play(Rotate(Square(), rate_func=linear), run_time=1.3)


class Reads(Scene):
    """An updater that reads the picture back: within a play it sees the frame before."""

    def construct(self) -> None:
        dot, square = Dot(), Square(fill_opacity=0.5)
        self.add(Circle())  # it rests: at a play's beginning manim draws it into the same array
        self.play(FadeIn(square), run_time=1.2)
        self.wait(0.3)
        dot.add_updater(lambda each: each.set_x(5 * self.seen() - 2.5))
        self.add(dot)
        self.play(square.animate.shift(UP), run_time=LONG)
        self.next_section("skipped", skip_animations=True)
        self.play(square.animate.shift(RIGHT), run_time=0.5)
        self.next_section("shown")
        self.remove(square)
        self.wait(0.7)
        self.play(Create(Line(LEFT, RIGHT)), run_time=0.5)

    def seen(self) -> float:
        """A number that nearly every change of the picture changes."""
        picture = self.camera.pixel_array
        assert picture.dtype == np.uint8
        return int((picture[..., 0] * np.arange(picture.shape[1])).sum()) % 997 / 997


class Looks(Reads):
    """A scene that draws by itself before it reads the picture."""

    def seen(self) -> float:
        self.renderer.update_frame(self)
        return super().seen()


class Mirrors(Scene):
    """A scene that takes its picture between plays, shows it, and draws on it."""

    def construct(self) -> None:
        dot = Dot(2 * LEFT)
        self.add(dot)
        self.play(dot.animate.shift(UP), run_time=LONG)
        small = ImageMobject(self.renderer.get_frame()).scale(0.3).shift(RIGHT)
        self.play(FadeIn(small), run_time=0.6)
        self.play(Rotate(Square()), run_time=0.6)
        picture = self.camera.pixel_array  # read once; the scene keeps it
        dot.add_updater(lambda each: each.set_y(picture[::7, ::5, 0].mean() / 99))
        self.play(Rotate(Square()), run_time=1.1)
        self.add(ImageMobject(np.array(self.camera.get_image())).scale(0.2).shift(DOWN))
        self.wait(0.4)


class Prints(Scene):
    """Prints in each frame and between plays; the number of lines is in the picture."""

    def construct(self) -> None:
        dot, self.lines = Dot(), 0
        dot.add_updater(lambda each: each.set_x(self.say() / 20))
        self.add(dot)
        self.play(Rotate(Square()), run_time=LONG)
        self.say()
        self.wait(0.9)

    def say(self) -> int:
        self.lines += 1
        print("line", self.lines)
        return self.lines


class Notes(Prints):
    """Writes its lines into a file, the first one in the middle of a play, and reads them again."""

    def say(self) -> int:
        self.lines += 1
        if self.lines > 14:
            with Path("lines.txt").open("a") as file:
                print(self.lines, file=file)
            return len(Path("lines.txt").read_text().split())
        return self.lines

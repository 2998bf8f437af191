"""Plays whose frames may depend on those before. Loaded by path: it imports nothing of ours.

The tests draw each scene with manim, and in segments with one and several workers.
"""

from __future__ import annotations

import numpy as np
from manim import (
    BLUE,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Add,
    Animation,
    AnimationGroup,
    ApplyWave,
    Blink,
    ChangeSpeed,
    Circle,
    Circumscribe,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    FadeTransform,
    FocusOn,
    GrowFromCenter,
    Homotopy,
    Indicate,
    LaggedStart,
    LaggedStartMap,
    MaintainPositionRelativeTo,
    MoveAlongPath,
    MoveToTarget,
    PhaseFlow,
    Rotate,
    Rotating,
    Scene,
    ShowPassingFlash,
    ShowSubmobjectsOneByOne,
    Square,
    Star,
    Succession,
    Transform,
    Triangle,
    Uncreate,
    UpdateFromAlphaFunc,
    UpdateFromFunc,
    VGroup,
    Wait,
    Wiggle,
    Write,
    smooth,
    squish_rate_func,
    there_and_back,
)
from manim.utils.paths import spiral_path

LONG = 2.3  # seconds: the play goes over two borders of segments


def shapes() -> VGroup:
    """Overlapping shapes with different numbers of points."""
    return VGroup(
        Square(2, color=RED, fill_opacity=0.4).shift(2 * LEFT),
        Star(color=YELLOW, fill_opacity=0.6),
        Circle(1, color=BLUE, fill_opacity=0.5).shift(2 * RIGHT),
    )


class Followers(Scene):
    """Animations that read another mobject in each frame; the follower comes first."""

    def construct(self) -> None:
        path, dot, moon = Square(3, color=BLUE), Dot(color=RED), Dot(UP)
        self.add(path, dot, moon)
        self.play(MoveAlongPath(dot, path), Rotate(path), run_time=LONG)
        self.play(
            MaintainPositionRelativeTo(moon, dot), dot.animate.shift(2 * RIGHT), run_time=LONG
        )


class Adds(Animation):
    """Adds a step to a place in each frame."""

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.shift(0.03 * (1 + alpha) * RIGHT)


class Shakes(Animation):
    """Draws a random place in each frame, from generators of all kinds."""

    def __init__(self, mobject: Square, **kwargs: object) -> None:
        self.chance = np.random.default_rng(7)
        super().__init__(mobject, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        place = [np.random.random(), self.chance.random(), 0]
        self.mobject.move_to(np.array(place))


class FadesOn(FadeIn):
    """A known animation with an interpolation of its own."""

    def interpolate(self, alpha: float) -> None:
        super().interpolate(alpha)
        self.mobject.shift(0.1 * UP)


class Named(FadeIn):
    """A known animation of another name."""


class Own(Scene):
    """Animations of the scene's own that add up or draw random numbers."""

    def construct(self) -> None:
        square, ring, star = shapes()
        self.add(square, ring)
        self.play(Adds(square), AnimationGroup(Adds(ring)), run_time=LONG)
        self.play(Shakes(square), Succession(Adds(ring)), run_time=1.4)
        self.play(FadesOn(star), run_time=1.7)
        self.play(Named(Dot(UP)), run_time=1.3)


class Rates(Scene):
    """Rate functions with a state, by themselves and within manim's own."""

    def construct(self) -> None:
        square, star, ring = shapes()
        self.add(square, star, ring)
        self.play(square.animate.shift(UP), rate_func=self.counted(), run_time=LONG)
        squished = squish_rate_func(self.counted(), 0.1, 0.9)
        self.play(Rotate(star, rate_func=squished), FadeOut(ring), run_time=LONG)
        self.play(AnimationGroup(FadeIn(ring), rate_func=self.counted(), run_time=1.4))

    def counted(self):  # type: ignore[no-untyped-def]
        calls = [0]

        def rate(alpha: float) -> float:
            calls[0] += 1
            return min(calls[0] / 90, 1.0)

        return rate


class Updates(Scene):
    """Functions of the scene's own: updates, homotopies, flows, paths."""

    def construct(self) -> None:
        square, star, ring = shapes()
        self.add(square, star, ring)
        self.play(
            UpdateFromFunc(square, lambda each: each.shift(0.05 * UP)),
            UpdateFromAlphaFunc(star, lambda each, alpha: each.rotate(alpha)),
            PhaseFlow(lambda place: 0.3 * place, ring),
            run_time=LONG,
        )
        angles = iter(np.linspace(0, 1, 1000))

        def twist(start, stop, alpha):  # type: ignore[no-untyped-def]
            return start + next(angles) * UP

        self.play(Transform(square, Circle(), path_func=twist), run_time=LONG)
        self.play(
            Homotopy(lambda x, y, z, t: (x + t, y + next(angles) / 9, z), Dot(LEFT)),
            run_time=0.6,
        )


class Groups(Scene):
    """Animations of manim whose frames depend on those before, most of them on groups."""

    def construct(self) -> None:
        each = shapes()
        self.add(each)
        self.play(Wiggle(each), run_time=LONG)
        self.play(ShowSubmobjectsOneByOne(each, rate_func=there_and_back), run_time=1.7)
        self.play(Blink(each[0], time_on=0.3, time_off=0.4, blinks=2))
        self.play(ApplyWave(each, run_time=1.3), FocusOn(each[1], run_time=1.3))
        self.play(ChangeSpeed(each.animate.shift(UP), {0.3: 0.5, 0.6: 2}))


class Same(Scene):
    """Several animations of one mobject in one play, side by side and nested."""

    def construct(self) -> None:
        square, star, ring = each = shapes()
        self.add(each)
        square.generate_target().shift(2 * UP).set_color(GREEN)
        self.play(MoveToTarget(square), FadeIn(square), run_time=LONG)
        self.play(
            AnimationGroup(
                AnimationGroup(star.animate(run_time=2).shift(UP)),
                AnimationGroup(Rotate(star, run_time=1), FadeOut(ring, run_time=0.6)),
            )
        )
        self.play(
            LaggedStart(FadeIn(ring), ring.animate.shift(UP), Indicate(ring), lag_ratio=0.4),
            Rotating(each, angle=1, run_time=1.7),
        )


class Turns(Scene):
    """Animations one after another, which begin within a play and bring new mobjects."""

    def construct(self) -> None:
        square, star, ring = shapes()
        self.play(
            Succession(Wait(1.3), FadeIn(square), run_time=1.9),
            Succession(Wait(0.4), Add(star), Wait(0.3), star.animate.shift(LEFT), run_time=2.2),
        )
        self.play(
            Succession(square.animate.shift(UP), Transform(star, square), run_time=LONG),
            square.animate.shift(RIGHT),
        )
        self.play(Circumscribe(ring, run_time=1.5), Rotate(square))


class Known(Scene):
    """Ordinary animations: the scene may jump from segment to segment."""

    def construct(self) -> None:
        square, star, ring = each = shapes()
        self.play(LaggedStart(Create(square), Write(star), GrowFromCenter(ring)), run_time=LONG)
        self.play(
            Transform(square, Triangle(), path_func=spiral_path(1.0)),
            Rotating(star, angle=2, rate_func=squish_rate_func(smooth, 0.2, 0.7)),
            Indicate(ring),
            run_time=LONG,
        )
        self.play(LaggedStartMap(FadeOut, each, rate_func=there_and_back, run_time=1.6))
        self.play(FadeTransform(square, Star(5)), ShowPassingFlash(Circle(3)), run_time=1.4)
        self.play(AnimationGroup(Uncreate(ring), Wait(1.2), rate_func=there_and_back))

"""Scenes that manim renders and that are easily refused or changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    OUT,
    RED,
    RIGHT,
    UP,
    Axes,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    MarkupText,
    MovingCamera,
    MovingCameraScene,
    Polygon,
    Rotate,
    Scene,
    Square,
    Text,
    ThreeDCamera,
    ThreeDScene,
    ValueTracker,
)  # fmt: skip

SHORT = 0.4  # seconds of a play


class FarOut(Scene):
    """Coordinates up to 10⁹ units away; partial repaints beside them."""

    def construct(self) -> None:
        plot = Axes().plot(lambda x: 1 / x if x else 1e30, color=BLUE)
        line, steep = (
            Line(LEFT * 3000, RIGHT * 3000, color=RED),
            Line([-1e9, -5e8, 0], [1e9, 5e8, 0]),
        )
        around = Polygon([7.5e6, 2.6e7, 0], [8.5e7, -8e5, 0], [1.6e8, 7.2e7, 0], fill_opacity=0.5)
        ray = Line(
            [3.3, -1.3, 0], [-1.84e8, -7.29e7, 0], stroke_width=20
        )  # cairo draws it elsewhere
        wide, dot = Square(1e9, fill_opacity=0.3, color=GREEN), Dot()
        self.add(wide, line, plot, Dot(1e7 * RIGHT))
        self.play(dot.animate.shift(2 * UP), line.animate.shift(DOWN), run_time=SHORT)
        self.play(Create(steep), wide.animate.set_fill(RED, 0.6), run_time=SHORT)
        self.play(Create(ray), FadeIn(around), run_time=SHORT)
        self.play(FadeOut(ray), run_time=SHORT)
        self.play(FadeOut(plot, around), dot.animate.shift(2 * RIGHT), run_time=SHORT)
        self.play(wide.animate.scale(1e-8), steep.animate.scale(1e-6), run_time=SHORT)


class _Moves(Scene):
    def construct(self) -> None:
        self.add(Circle(fill_opacity=0.5, color=RED))
        self.play(Rotate(Square().shift(RIGHT)), run_time=SHORT)


class Plain(_Moves):
    """A constructor that takes no arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.side = 2


class Zooming(MovingCameraScene):
    """A constructor of its own; the camera comes from the base class."""

    def __init__(self) -> None:
        super().__init__()

    def construct(self) -> None:
        self.add(Square())
        self.play(self.camera.frame.animate.scale(2), run_time=SHORT)


class GivesCamera(Zooming):
    """The camera's class is given to `Scene.__init__`."""

    def __init__(self) -> None:
        Scene.__init__(self, camera_class=MovingCamera)


class MakesCamera(Zooming):
    """A function makes the camera."""

    def __init__(self) -> None:
        Scene.__init__(self, camera_class=partial(MovingCamera, background_color=BLUE))


class Space(ThreeDScene):
    """A constructor of its own, in space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(camera_class=ThreeDCamera, **options)

    def construct(self) -> None:
        self.set_camera_orientation(phi=1)
        self.play(Rotate(Square(fill_opacity=1), axis=OUT), run_time=SHORT)


class HasRenderer(Scene):
    """A renderer of its own: it cannot be rendered here."""

    def __init__(self) -> None:
        from manim.renderer.cairo_renderer import CairoRenderer

        super().__init__(renderer=CairoRenderer())


class Hidden(Scene):
    """A transparent mobject without a place: nothing of it would be painted."""

    def construct(self) -> None:
        lost, dot = Square().set_opacity(0), Dot()
        lost.points[3] = float("nan")
        self.add(lost, ValueTracker(float("inf")), dot)
        self.play(dot.animate.shift(UP), run_time=SHORT)


class Boxes(Scene):
    """A character for private use, which no font has, beside others."""

    def construct(self) -> None:
        self.add(Text("é \U0010f123"), MarkupText("<b>\u2192</b> &#x10f124; \U0010f123"))
        self.wait(SHORT)

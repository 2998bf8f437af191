"""Scenes for measuring: one frame, films of three lengths, and a scene written naively."""

from manim import (
    BLUE,
    DOWN,
    LEFT,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Axes,
    DecimalNumber,
    Dot,
    Line,
    NumberPlane,
    Scene,
    Text,
    ValueTracker,
    always_redraw,
    linear,
)


class OneFrame(Scene):
    """The cost of rendering anything at all."""

    def construct(self) -> None:
        self.add(Dot())
        self.wait(1 / 60)


class Ten(Scene):
    """Ten seconds: for eight a dot moves over a grid, for two nothing moves."""

    rounds = 1

    def construct(self) -> None:
        self.add(NumberPlane(), Text("over the grid", font_size=36).to_corner(UP + LEFT))
        dot = Dot(4 * LEFT, color=RED, radius=0.2)
        self.add(dot)
        for _ in range(self.rounds):
            for way in (RIGHT, UP, LEFT, DOWN):
                self.play(dot.animate.shift(2 * way), run_time=2)
            self.wait(2)


class Thirty(Ten):
    """Thirty seconds of the same."""

    rounds = 3


class Ninety(Ten):
    """Ninety seconds of the same."""

    rounds = 9


class Naive(Scene):
    """As in tutorials: everything that moves is built again for each frame."""

    def construct(self) -> None:
        t = ValueTracker(-2.5)
        axes = Axes((-3, 3), (0, 9), x_length=8, y_length=6)
        curve = axes.plot(lambda x: x**2, color=BLUE)
        dot = always_redraw(lambda: Dot(axes.c2p(t.get_value(), t.get_value() ** 2), color=YELLOW))
        tangent = always_redraw(
            lambda: Line(
                axes.c2p(t.get_value() - 1, t.get_value() ** 2 - 2 * t.get_value()),
                axes.c2p(t.get_value() + 1, t.get_value() ** 2 + 2 * t.get_value()),
                color=RED,
            )
        )
        number = always_redraw(
            lambda: DecimalNumber(t.get_value(), num_decimal_places=3, mob_class=Text).to_corner()
        )
        self.add(axes, curve, tangent, dot, number)
        self.play(t.animate.set_value(2.5), run_time=6, rate_func=linear)
        self.play(t.animate.set_value(0), run_time=4)
        self.wait(2)

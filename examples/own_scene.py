"""A Manim scene of your own: a tangent that walks down a parabola.

    ./gd video examples/own_scene.py:Tangent -q 480p15

It is an ordinary Manim scene. `next_section` begins a chapter of the mp4; a subcaption becomes
a subtitle. It needs no LaTeX: Pango sets the `Text`.
"""

from manim import (
    BLUE,
    DOWN,
    YELLOW,
    Axes,
    Create,
    Dot,
    FadeIn,
    Line,
    Scene,
    Text,
    ValueTracker,
    VGroup,
    always_redraw,
)

START, RATE, UPDATES = 2.5, 0.2, 6


class Tangent(Scene):
    """The curve J(w) = w², and six updates of gradient descent on it."""

    def construct(self) -> None:
        """Draw the curve, then follow the descent."""
        axes = Axes(x_range=(-3, 3), y_range=(0, 9), x_length=9, y_length=5, tips=False)
        curve = axes.plot(lambda w: w * w, color=BLUE)
        name = Text("J(w) = w²", font_size=32).next_to(axes, DOWN)
        w = ValueTracker(START)

        def point_with_tangent() -> VGroup:
            at = w.get_value()
            ends = [axes.c2p(x, at * at + 2 * at * (x - at)) for x in (at - 0.7, at + 0.7)]
            return VGroup(Line(*ends, color=YELLOW), Dot(axes.c2p(at, at * at), color=YELLOW))

        self.next_section("curve")
        self.play(Create(axes), Create(curve), FadeIn(name), subcaption="The cost is a parabola")

        self.next_section("descent")
        self.add(always_redraw(point_with_tangent))
        self.add_subcaption("Each step goes against the slope", duration=UPDATES * 0.5)
        for _ in range(UPDATES):
            slope = 2 * w.get_value()
            self.play(w.animate.set_value(w.get_value() - RATE * slope), run_time=0.5)
        self.wait(0.5)

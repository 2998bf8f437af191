"""A short scene with two subcaptions, of which one has signs that HTML must not take for tags."""

from manim import RIGHT, Circle, Scene


class Moving(Scene):
    def construct(self) -> None:
        circle = Circle()
        self.add_subcaption("from <here> & there", duration=0.4)
        self.play(circle.animate.shift(RIGHT), run_time=0.4)
        self.add_subcaption("to here", duration=0.4)
        self.play(circle.animate.shift(-RIGHT), run_time=0.4)


class Failing(Scene):
    def construct(self) -> None:
        raise RuntimeError("on purpose")

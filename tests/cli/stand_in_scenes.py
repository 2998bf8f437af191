"""Scenes that are quick to render and need no text; two of them fail, or last very long."""

from typing import Any

from manim import RIGHT, Circle, Scene, Square


class Tiny(Scene):
    """Two sections of one second; the second one moves."""

    def __init__(self, lesson: Any, telling: Any, **settings: Any) -> None:
        super().__init__(**settings)
        self.lesson = lesson

    def construct(self) -> None:
        shape = Circle(color="#ffcc00", fill_opacity=1)
        self.next_section("first")
        self.add(shape)
        self.wait(1)
        self.next_section("second")
        self.play(shape.animate.shift(2 * RIGHT), run_time=1)


class Broken(Tiny):
    """Raises in its second section."""

    def construct(self) -> None:
        self.next_section("first")
        self.add(Square())
        self.wait(1)
        self.next_section("second")
        self.play(Square().animate.shift(RIGHT), run_time=0.2)
        raise RuntimeError("the chalk\nbroke")


class Endless(Tiny):
    """Lasts far longer than any test."""

    def construct(self) -> None:
        shape = Circle()
        self.next_section("first")
        for _ in range(1000):
            self.play(shape.animate.shift(0.01 * RIGHT), run_time=10)

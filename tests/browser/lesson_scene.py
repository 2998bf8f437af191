"""A question, a loop and an answer, in two seconds; no picture is shown twice in a cue."""

from manim import PI, RIGHT, UP, Circle, Rotate, Scene, Square, linear

SECONDS = 0.6


class Lesson(Scene):
    """Three cues of 12 frames each at 20 fps."""

    def construct(self) -> None:
        cue = self.renderer.file_writer.begin_cue
        disc = Circle(1, stroke_width=0, fill_opacity=1, fill_color="#E69F00").shift(5 * RIGHT)
        glass = Square(3, stroke_width=12, fill_opacity=0.5).set_fill("#0072B2")
        self.add(disc, glass)
        self.next_section("ask")
        cue("ask", "It moves.", {"ask": "Where to?"}, "A disc")
        self.play(disc.animate(rate_func=linear).shift(-9 * RIGHT), run_time=SECONDS)
        self.next_section("loop")
        cue("loop", "It turns, again and again.", {}, "A square")
        self.play(Rotate(glass, PI / 2, rate_func=linear), run_time=SECONDS)
        self.next_section("answer")
        cue("play", "It is there.", {"numbers": "x = −4"}, "The end")
        self.play(disc.animate(rate_func=linear).shift(2 * UP), run_time=SECONDS)

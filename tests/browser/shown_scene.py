"""A second and a half of colours and soft edges; no picture is shown twice."""

from manim import LEFT, RIGHT, UP, Circle, Rotate, Scene, Square, linear

SAID = [("Downhill & on", "The first half moves."), ("一半\nof the way", "The second half turns.")]


class Shown(Scene):
    """Two sections of 15 frames at 20 fps, each with one cue; then nothing."""

    def construct(self) -> None:
        writer = self.renderer.file_writer
        disc = Circle(2, stroke_width=0, fill_opacity=1, fill_color="#E69F00").shift(4 * LEFT)
        glass = Square(4, stroke_width=12, stroke_color="#FFFFFF", fill_opacity=0.5)
        self.add(disc, glass.set_fill("#0072B2").shift(2 * RIGHT))
        moves = (
            disc.animate(rate_func=linear).shift(5 * RIGHT + UP),
            Rotate(glass, rate_func=linear),
        )
        for name, (caption, narration), move in zip(("move", "turn"), SAID, moves, strict=True):
            self.next_section(name)
            writer.begin_cue("play", narration, {}, caption)
            self.add_subcaption(caption, duration=0.75)
            self.play(move, run_time=0.75 - 1e-6)

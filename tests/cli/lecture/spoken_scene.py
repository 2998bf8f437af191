"""A quick film that speaks two languages: three cues, one of them a loop, in two sections."""

from typing import Any

from manim import RIGHT, Scene, Square, config

WORDS: dict[str, list[tuple[str, str]]] = {
    "en": [
        (
            "We start here",
            "This is the start. It has a cost, and a slope: both <numbers> & facts.",
        ),
        ("We step\nand step again", "Each step takes a share of what is left. So none arrives."),
    ],
    "zh": [
        ("从这里出发", "这是起点。它有代价，也有斜率：两个都是数字。"),
        ("一步\n又一步", "每一步都走掉余下的一部分。所以没有一步真正到达。"),
    ],
}


class Spoken(Scene):
    """Four seconds at any rate."""

    def __init__(self, lesson: Any, telling: Any, **settings: Any) -> None:
        super().__init__(**settings)
        self.lang = telling.lang

    def construct(self) -> None:
        (first, said), (second, then) = WORDS[self.lang]
        writer = self.renderer.file_writer
        shape = Square(color="#ffcc00", fill_opacity=1)
        self.next_section("first")
        writer.begin_cue("ask", said, {"ask": "Why?"}, first)
        self.add(shape)
        self.add_subcaption(first, duration=2)
        self.wait(2)
        self.next_section("second")
        writer.begin_cue("play", then, {}, second)
        self.add_subcaption(second, duration=2)
        self.play(shape.animate.shift(2 * RIGHT), run_time=1)
        writer.begin_cue("loop", "", {}, second)
        self.play(shape.animate.shift(config.frame_width * RIGHT / 9), run_time=1)

"""A quick film of the catalogue's kind, in the place of ``batch``: three cues in two sections."""

from dataclasses import replace

from manim import RIGHT, Square

from scenes import FILMS, Section
from scenes.stage.page.film_scene import FilmScene

SECTIONS = (Section("start", 2.0), Section("result", 4.0))


class Voiced(FilmScene):
    """A square steps to the right. The loop says nothing."""

    film = replace(FILMS["batch"], sections=SECTIONS)

    def prepare(self) -> None:
        self.square = Square(fill_opacity=1, color="#ffcc00")
        self.add(self.square)

    def start(self) -> None:
        self.say("start")
        self.take(0.5, self.square.animate.shift(RIGHT))

    def result(self) -> None:
        self.hold(0.5)  # the cue begins with its section
        self.say("result")
        self.take(0.5, self.square.animate.shift(RIGHT))
        self.loop("pause")
        self.take(0.5, self.square.animate.shift(0 * RIGHT))

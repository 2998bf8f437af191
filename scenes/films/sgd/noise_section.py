"""The section about noise of the film `sgd`."""

from __future__ import annotations

from collections.abc import Callable

from manim import Animation, VGroup, linear, smooth

from gdcore.trace import Trace
from scenes.films.sgd.facts import Facts
from scenes.films.sgd.loss_chart import LossChart
from scenes.films.sgd.noise_picture import NoisePicture
from scenes.films.sgd.numbers import Numbers
from scenes.films.sgd.pictures import Picture
from scenes.films.sgd.stage_parts import Views
from scenes.films.sgd.tracer import Tracer
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate, set_visible


class NoiseSection(FilmScene):
    """What the film does on noisy data; its other sections are in `scene.py`."""

    facts: Facts
    trace: Trace
    noisy: Trace
    own: Picture
    other: Picture
    views: Views
    data_box: Box
    chart: LossChart
    tracer: Tracer
    numbers: Numbers
    noise_picture: NoisePicture
    dragged: bool
    new_tag: Animation

    def enter_noise(self) -> None:
        """The data beside the parabolas; or samples that cannot be dragged instead of the film's.

        The latter come when the film's own picture has gone.
        """
        shown, other, views = self.noise_picture, self.other, self.views
        noisy, end = self.facts.noisy_course.objective.data, float(self.trace.w[-1])
        shared = other.field is self.own.field
        self.dragged = shared and noisy != self.own.field.objective.data
        self.hero = VGroup(other.field.plot, other.samples) if self.dragged else other.field.plot
        old, self.new_tag = self.show_data(noisy)
        gone = Conceal(self.chart, self.tracer, self.numbers, self.own.path)
        self.take(0.3, gone, old)
        set_visible(other.path, 1.0)
        set_visible(shown.marks.visits, 1.0)
        if self.dragged:
            there = self.data_box, views.data
            self._move_noise(1.2, shown.travel(views.beside, (end, end), data=there))
        elif shared:
            self._move_noise(1.2, shown.travel(views.wide, (end, end)))
        else:
            self.take(0.4, Conceal(*self.own.parts))
            other.stand_on_cost(float(self.noisy.w[0]))
            shown.lay()
            self.take(0.4, Reveal(*other.parts))

    def open_region(self) -> None:
        """Drag the samples: the region opens. Then the point goes to its start."""
        shown, views = self.noise_picture, self.views
        end, start = float(self.trace.w[-1]), float(self.noisy.w[0])
        opening = [shown.marks.region, shown.marks.minima]
        if self.dragged:
            set_visible(VGroup(*opening), 1.0)
            self._move_noise(2.4, shown.travel(views.beside, (end, end), 1.0), self.new_tag)
            self.hero = self.other.field.plot
            back = views.data, self.data_box
            self._move_noise(1.2, shown.travel(views.wide, (end, start), data=back))
        else:
            self.take(0.8, Reveal(*opening), self.new_tag)
            if self.other.field is self.own.field:
                self._move_noise(1.2, shown.travel(views.wide, (end, start)))
        self.numbers.write(self.other.path, 0.0)
        self.take(0.3, Reveal(self.numbers))

    def run_in(self) -> float:
        """The first updates as hops; then the view dives with the point. The update it ends at."""
        shown, close = self.noise_picture, self.views.close
        first, updates = shown.first(close), self.noisy.updates
        dived = shown.dive_end(first)
        self.take(2.0, Drive(self._noise_parts(), self._hop_on, 0, first, rate_func=linear))
        w, down = float(self.noisy.w[first]), shown.drop(first)
        self.take(0.3, Drive(self.other.field.walker, down, rate_func=smooth))
        seconds = 2.2
        if self.facts.noisy_course.ran_off:
            dived, seconds = first, seconds + 1.4
        else:
            dive = shown.travel(close, (w, w))

            def dive_in(amount: float) -> None:
                dive(amount)
                self._pushed(first + amount * (dived - first))

            self.take(1.4, Drive(VGroup(*shown.mixed, self.numbers), dive_in, rate_func=smooth))
        middle = dived + 0.5 * (updates - dived)
        rate = accelerate(middle - dived, 16)
        self.take(seconds, Drive(self._noise_parts(), self._pushed, dived, middle, rate_func=rate))
        return middle

    def run_on(self, middle: float) -> None:
        """The exact band opens, and the point is pushed to and fro to the end."""
        shown = self.noise_picture
        set_visible(shown.marks.band, 1.0)
        self.take(0.7, Drive(shown.marks.band, shown.marks.widen, rate_func=smooth))
        end = self.noisy.updates
        self.take(2.4, Drive(self._noise_parts(), self._pushed, middle, end, rate_func=smooth))

    def _move_noise(
        self, seconds: float, show: Callable[[float], None], *others: Animation
    ) -> None:
        """Play what moves the whole picture."""
        moving = VGroup(*self.noise_picture.mixed)
        self.take(seconds, Drive(moving, show, rate_func=smooth), *others)

    def _noise_parts(self) -> VGroup:
        return VGroup(*self.noise_picture.running, self.numbers)

    def _hop_on(self, t: float) -> None:
        """The point on the hop path of the noisy data."""
        self.other.go(t)
        self.numbers.write(self.other.path, t)

    def _pushed(self, t: float) -> None:
        """The point on J of the noisy data."""
        self.noise_picture.run(t)
        self.numbers.write(self.other.path, t)

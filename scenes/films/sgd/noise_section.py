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

    def noise(self) -> None:
        """Noisy data: the region of confusion opens, and the point is pushed to and fro in it."""
        self._enter_noise()
        shown, close = self.noise_picture, self.views.close
        first, updates = shown.first(close), self.noisy.updates
        dived = shown.dive_end(first)
        self.take(2.2, Drive(self._noise_parts(), self._hop_on, 0, first, rate_func=linear))
        w = float(self.noisy.w[first])
        down = shown.drop(first)
        self.take(0.3, Drive(self.other.field.walker, down, rate_func=smooth))
        if not self.facts.noisy_course.ran_off:
            dive = shown.travel(close, (w, w))

            def dive_in(amount: float) -> None:
                dive(amount)
                self._pushed(first + amount * (dived - first))

            self.take(1.4, Drive(VGroup(*shown.mixed, self.numbers), dive_in, rate_func=smooth))
        else:
            dived = first
        middle = dived + 0.5 * (updates - dived)
        rate = accelerate(middle - dived, 16)
        self.take(2.6, Drive(self._noise_parts(), self._pushed, dived, middle, rate_func=rate))
        self.say("noise-end")
        set_visible(shown.marks.band, 1.0)
        band = Drive(shown.marks.band, shown.marks.widen, rate_func=smooth)
        self.take(0.7, band)
        self.take(3.0, Drive(self._noise_parts(), self._pushed, middle, updates, rate_func=smooth))

    def _enter_noise(self) -> None:
        """Drag the samples to their noisy places, and take the point to its start.

        Other samples cannot be dragged: their picture comes when the film's own has gone.
        """
        shown, other, views = self.noise_picture, self.other, self.views
        marks, noisy = shown.marks, self.facts.noisy_course.objective.data
        end, start = float(self.trace.w[-1]), float(self.noisy.w[0])
        dragged = other.field is self.own.field and noisy != self.own.field.objective.data
        self.hero = VGroup(other.field.plot, other.samples) if dragged else other.field.plot
        old, new = self.show_data(noisy)
        gone = Conceal(self.chart, self.tracer, self.numbers, self.own.path)
        self.take(0.3, gone, old)
        set_visible(other.path, 1.0)
        set_visible(marks.visits, 1.0)
        opening = [marks.region, marks.minima]
        if dragged:
            there, back = (self.data_box, views.data), (views.data, self.data_box)
            self._move_noise(1.4, shown.travel(views.beside, (end, end), data=there))
            self.say("noise-region")
            set_visible(VGroup(*opening), 1.0)
            self._move_noise(2.4, shown.travel(views.beside, (end, end), 1.0), new)
            self.hero = other.field.plot
            self._move_noise(1.4, shown.travel(views.wide, (end, start), data=back))
        elif other.field is self.own.field:
            self._move_noise(1.4, shown.travel(views.wide, (end, end)), new)
            self.say("noise-region")
            self.take(0.8, Reveal(*opening))
            self._move_noise(1.4, shown.travel(views.wide, (end, start)))
        else:
            self.take(0.4, Conceal(*self.own.parts))
            other.stand_on_cost(start)
            shown.lay()
            self.take(0.4, Reveal(*other.parts), new)
            self.say("noise-region")
            self.take(0.8, Reveal(*opening))
        self.numbers.write(other.path, 0.0)
        self.take(0.3, Reveal(self.numbers))

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

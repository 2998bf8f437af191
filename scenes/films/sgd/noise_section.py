"""The section about noise of the film `sgd`."""

from __future__ import annotations

from manim import Animation, VGroup, linear, smooth

from gdcore.trace import Trace
from scenes.films.sgd.facts import Facts
from scenes.films.sgd.loss_chart import LossChart
from scenes.films.sgd.noise_picture import NoisePicture
from scenes.films.sgd.numbers import Numbers
from scenes.films.sgd.pictures import Picture
from scenes.films.sgd.stage_parts import Views
from scenes.films.sgd.tracer import Tracer
from scenes.stage.descent.moving_parabolas import View
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate, set_visible


class NoiseSection(FilmScene):
    """What the film does on noisy data; its other sections are in `scene.py`."""

    facts: Facts
    trace: Trace
    noisy: Trace
    own: Picture
    other: Picture
    views: Views
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
            dive = shown.travel(close, None, lambda amount: w)

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
        """Make the parabolas the only picture, drag the samples, and take the point to its start.

        Other samples cannot be dragged: their picture comes when the film's own has gone.
        """
        shown, other, wide = self.noise_picture, self.other, self.views.wide
        end, start = float(self.trace.w[-1]), float(self.noisy.w[0])
        self.hero = other.field.plot
        self.take(0.3, Conceal(self.chart, self.tracer, self.numbers, self.own.path))
        set_visible(other.path, 1.0)
        if other.field is self.own.field:
            self._move_noise(1.4, wide, None, end)
        else:
            self.take(0.4, Conceal(*self.own.parts))
            end = start
            other.stand_on_cost(start)
            self.take(0.4, Reveal(*other.parts))
        shown.lay()
        self.say("noise-region")
        for part in (shown.marks.region, shown.marks.minima, shown.marks.visits):
            set_visible(part, 1.0)
        old, new = self.show_data(self.facts.noisy_course.objective.data)
        self.take(0.2, old)
        self._move_noise(2.4, wide, 1.0, end, new)
        self.numbers.write(other.path, 0.0)

        def back(amount: float) -> None:
            other.stand_on_cost(end + amount * (start - end))

        self.take(0.8, Drive(VGroup(*shown.running), back, rate_func=smooth), Reveal(self.numbers))

    def _move_noise(
        self, seconds: float, view: View, mix: float | None, w: float, *others: Animation
    ) -> None:
        """Go to a view and drag the samples, with the point at ``w`` on J."""
        show = self.noise_picture.travel(view, mix, lambda amount: w)
        self.take(
            seconds, Drive(VGroup(*self.noise_picture.mixed), show, rate_func=smooth), *others
        )

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

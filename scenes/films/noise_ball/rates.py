"""The sections about other rates of the film `noise-ball`."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject, linear, smooth

from scenes.films.noise_ball.captions import Facts
from scenes.films.noise_ball.cells import cell
from scenes.films.noise_ball.feet import rate_name, update_numbers
from scenes.films.noise_ball.landings import Landings
from scenes.films.noise_ball.plan import decay
from scenes.films.noise_ball.stage_parts import NAMES, SHOWN, columns_of
from scenes.stage.noise.spreads import Settling, figure
from scenes.stage.noise.strip import Strip
from scenes.stage.page.figures import fixed, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Drive, Reveal, hide, set_visible
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

GHOST = 0.3  # of its opacity keeps the full rate behind the falling one


class RatesSection(FilmScene):
    """Half the rate, a quarter of it, and a falling one; the other sections are in `scene.py`."""

    facts: Facts
    walks: dict[str, Settling]
    chart: Plot
    strips: dict[str, Strip]
    feet: VGroup
    cells: list[Box]
    landings: Landings
    rider: Landings
    said: dict[str, VGroup]
    rate_names: VGroup
    guides: VMobject
    inside: VMobject

    def rows(self, name: str) -> VGroup:
        """The rate, its exact spread, and the measured one or where the falling rate ends."""
        walk, theme, falls = self.walks[name], self.theme, name == "decaying"
        lr = short(walk.trace.lr)
        titles = [f"{NAMES[name]} = {lr}", lr] if name in NAMES else []
        std = float(walk.band[1][-1]) if falls else walk.final.std
        if falls:
            titles = [f"α/(1 + {short(decay(self.lesson))}k)", "α/(1 + dk)", "1/t"]
            end = fixed(float(walk.trace.w[-1]), 4)
            found = [self.text("lane-end", w=end), f"w {end}", end]
        elif walk.measured is None:
            found = []
        else:
            keys = ("lane-measured", "lane-measured-short")
            found = [self.text(key, std=figure(walk.measured)) for key in keys]
            found.append("\n".join(found[0].rsplit(" ", 1)))
        box = self.cells[1 if falls else SHOWN.index(name)]
        said = [(titles, theme.muted), ([f"σ = {figure(std)}", figure(std)], theme.good)]
        self.said[name] = cell(self, box, [*said, *([(found, theme.ink)] if found else [])])
        return self.said[name]

    def number(self, feet: VGroup) -> None:
        """Make these the numbers of the updates; they are not seen yet."""
        self.chart.numbers.remove(self.feet)
        self.feet = feet
        hide(feet)
        self.chart.numbers.add(feet)

    def compare(self) -> None:
        """The strip makes room; its dots are carried to half and to a quarter of the rate."""
        edges, bottom = columns_of(self.chart), self.chart.inner.bottom
        full = self.strips["full"]
        begin = full.left, full.right
        names = []
        for name, (left, right) in zip(SHOWN, edges, strict=True):
            names.append(rate_name(self, NAMES[name], left, right, bottom))

        def shrink(amount: float) -> None:
            left, right = (a + amount * (b - a) for a, b in zip(begin, edges[0], strict=True))
            full.lay(left, right)

        self.take(0.3, Conceal(self.feet, self.landings, self.inside))
        self.take(1.0, Drive(full, shrink, rate_func=smooth), Reveal(names[0]))
        self.hero = VGroup(self.chart, *names)
        self.rate_names = VGroup(*names)
        before = "full"
        for name, there, title in zip(SHOWN[1:], edges[1:], names[1:], strict=True):
            self._carry(before, name, there)
            self.take(0.4, Reveal(title, *self.rows(name)))
            before = name

    def _carry(self, before: str, name: str, there: tuple[float, float]) -> None:
        """Copies of all dots of one strip go to the places that they have at another rate."""
        old, new = self.strips[before], self.strips[name]
        start, end = (old.w, old.band), (new.w, new.band)
        here, last = (old.left, old.right), float(len(new.w) - 1)
        if len(start[0]) != len(end[0]):  # one of them diverges, and ends early
            new.lay(*there)
            new.reach(0.0)
            set_visible(new, 1.0)
            self.take(2.0, Drive(new, new.reach, 0, last, rate_func=smooth))
            return

        def carry(amount: float) -> None:
            across, change = smooth(min(2 * amount, 1.0)), smooth(max(2 * amount - 1, 0.0))
            left, right = (a + across * (b - a) for a, b in zip(here, there, strict=True))
            w = end[0] if change == 1 else start[0] + change * (end[0] - start[0])
            new.lay(left, right, w, start[1].towards(end[1], change))

        carry(0.0)
        new.reach(last)
        set_visible(new, 1.0)
        self.take(2.2, Drive(new, carry, rate_func=linear))

    def guide(self, left: float, right: float) -> None:
        """Lines at the edges of the widest band, to compare the narrower ones with it."""
        full = self.strips["full"]
        guides = self.guides = VMobject(color=self.theme.good, stroke_width=1.5, fill_opacity=0)
        self.add(guides)
        mean, deviation = full.band.mean, full.band.deviation
        if mean is None or deviation is None:
            return
        ends = np.array([mean[-1] - deviation[-1], mean[-1] + deviation[-1]])
        starts = np.array([point(left, y) for y in full.heights(ends).tolist()])

        def grow(amount: float) -> None:
            guides.points = separate(starts, starts + point(amount * (right - left), 0.0))

        self.take(1.0, Drive(guides, grow, rate_func=smooth))

    def spread_out(self) -> None:
        """The full rate gets the whole width, and goes faint; in front of it the rate falls."""
        strip = self.strips["decaying"]
        gone = [self.strips["half"], self.strips["quarter"], self.strips["full"].histogram]
        gone += [self.guides, self.rate_names, self.said["half"], self.said["quarter"]]
        self.take(0.4, Conceal(*gone))
        ghost = self._widen()
        self.take(0.4, Drive(ghost, lambda share: set_visible(ghost, share), 1.0, GHOST))
        self._fall(strip)
        self.take(0.4, Reveal(*self.rows("decaying")))

    def _widen(self) -> Strip:
        """The dots of the full rate, and their band, get the whole width."""
        full, inner = self.strips["full"], self.chart.inner
        ghost = Strip(self.chart, self.walks["full"], None)

        def widen(amount: float) -> None:
            ghost.lay(inner.left, full.end + amount * (inner.right - full.end))

        widen(0.0)
        ghost.reach(float(len(full.w) - 1))
        hide(full)
        self.add(ghost, self.strips["decaying"], self.rider)
        self.take(1.0, Drive(ghost, widen, rate_func=smooth))
        self.hero = self.chart
        self.number(update_numbers(self, ghost))
        self.take(0.3, Reveal(self.feet))
        return ghost

    def _fall(self, strip: Strip) -> None:
        """The band of the falling rate, and then the descent that follows it."""

        def fall(t: float) -> None:
            strip.reach(t)
            self.rider.ride(t)

        strip.reach(0.0)
        set_visible(strip, 1.0)
        self.take(0.8, Drive(strip, strip.widen, rate_func=smooth))
        self.rider.ride(0.0)
        set_visible(self.rider, 1.0)
        last = float(len(strip.w) - 1)
        self.take(3.4, Drive(VGroup(strip, self.rider), fall, 0, last, rate_func=smooth))

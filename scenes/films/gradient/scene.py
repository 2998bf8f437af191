"""The film `gradient`: which way is down, and how far to go."""

from __future__ import annotations

from manim import Animation, MathTypst, VGroup, VMobject, smooth

from scenes.films.gradient.derivation import (
    chain_lines,
    cost_lines,
    enlarge,
    height,
    mean_line,
    stack,
    term_lines,
)
from scenes.films.gradient.limit_marks import LimitMarks
from scenes.films.gradient.pages import gap_in, gliding, last_page, leaving
from scenes.films.gradient.places import places
from scenes.films.gradient.plan import FILM, one_update, visible_rate
from scenes.films.gradient.rule_panel import RulePanel
from scenes.films.gradient.slope_hill import SlopeHill
from scenes.films.gradient.step_rows import StepRow
from scenes.films.gradient.terms_plot import TermsPlot
from scenes.films.gradient.way_measure import WayMeasure
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.walker import Walker
from scenes.stage.page.figures import percent, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, after, set_visible, visibility

_FULLER = 1.25  # times as wide as their room, at which formulas are set before they are enlarged
_LARGEST = 2.4
_FREE = 0.6  # capitals below the formulas, above the caption


class Gradient(FilmScene):
    """The slope gives the direction; its size and the rate give the length of the step."""

    film = FILM

    def prepare(self) -> None:
        """The parabola in fog with its points, and rates whose steps can be seen."""
        layout, theme = self.layout, self.theme
        self.trace = one_update(self.lesson)
        facts = self.facts
        self.w, self.to = float(self.trace.w[0]), float(self.trace.w[-1])
        self.spots = places(layout)
        curve = cost_curve(facts.objective)
        self.hill = hill = SlopeHill(
            curve, self.w, self.to, facts.at_rest, self.spots.hero, theme, layout.scale
        )
        self.slope, self.slope_text = facts.slope, facts.slope_text
        self.onto, self.across = facts.onto, facts.across
        self.rate = self.lesson.lr if 0.05 <= facts.share <= 0.5 else visible_rate(curve.curvature)
        self.side = self.spots.side
        self.hero = hill.picture
        self.measure = WayMeasure(hill, facts.share, self._share_text(), theme, layout.scale)
        cost = short(float(self.trace.cost[0]), 5)
        cap, room = layout.scale.label, self.side.width
        self.model, self.model_slope = cost_lines(self.w, cost, self.slope_text, theme, cap, room)
        lines = [*self.model, *self.model_slope]
        stack(lines, self.side, gap_in(lines, self.side, cap))
        self.add(hill.plot, hill.fog.window, *self.model)
        self.place(hill.goal, self.measure.path, hill.ways, hill.way)
        self.add(hill.fog.fringes, hill.fog.seen)
        self.place(hill.twin, self.measure.start, hill.walker, hill.slope, hill.twin_slope)
        hill.stand(self.w)
        set_visible(VGroup(hill.walker.halo, hill.walker.point), 1.0)

    def _share_text(self) -> str:
        return self.text("of-the-way", share=percent(self.facts.share, 3))

    def which_way(self) -> None:
        """Left or right? In fog the tangent answers."""
        hill, walker = self.hill, self.hill.walker
        self.say("ask")
        question = hill.question("?")
        self.take(0.6, Reveal(hill.ways, question))
        self.hold(1.1)
        self.say("way")  # before the tangent: the cue ends while nobody knows the answer
        hill.lean(walker, self.w, 0.01)
        self.take(0.01, Reveal(walker.tangent))
        self.take(1.0, Drive(walker, lambda a: hill.lean(walker, self.w, a), 0.01, 1.0))
        self.named = hill.named_slope(f"{self.words['common.slope']} {self.slope_text}")
        self.take(0.5, Dismiss(question), Reveal(self.named, *self.model_slope))
        self.take(0.6, Conceal(hill.ways), Reveal(hill.way))

    def _lay(self, start: Box, stop: Box, seconds: float, *others: Animation) -> None:
        """Move the plot from one box to another."""
        hill = self.hill
        lay = lambda amount: hill.lay(start.towards(stop, amount))  # noqa: E731
        self.take(seconds, Drive(hill.picture, lay, rate_func=smooth), *others)

    def chain_rule(self) -> None:
        """∂J/∂w line by line, and then with the numbers of the data: now the formulas are large."""
        data, theme, spots = self.lesson.data, self.theme, self.spots
        cap, text = self.layout.scale.label, self.slope_text
        box, hill = spots.hero, self.hill
        square = self.layout.stacked and not self.layout.portrait
        room = box.width / (1.0 if square else _FULLER)
        chain = chain_lines(theme, cap, room)
        terms = term_lines(data, self.w, theme, cap, room)
        mean = mean_line(data, self.w, self.slope, text, theme, cap, room)
        if height(chain, 0.3 * cap) > box.height:
            chain = chain[1:]  # J as a mean was shown before
        page = last_page(chain, terms, mean, 0.3 * cap, box.height)
        terms = [line for line in terms if line in page]
        box = box.inset(bottom=_FREE * cap)
        self.cap = cap * enlarge([chain, page], box, 0.3 * cap, _LARGEST)
        self.samples = TermsPlot(self.lesson, [*chain, *page], spots, self.layout, theme)
        self.take(0.3, Dismiss(*self.model, *self.model_slope, self.named), Conceal(hill.way))
        stack(chain, box, gap_in(chain, box, self.cap))
        self._lay(spots.hero, spots.small, 1.2, Reveal(chain[0], rate_func=after(0.6)))
        self.hero = VGroup(*chain, *terms, *mean, *([] if square else [hill.picture]))
        self.say("chain")
        self.hold(0.5)
        for line in chain[1:]:
            self.hold(0.4)
            more = [self.samples] if line is chain[1] else []  # the residuals have a name now
            self.take(0.7, Reveal(line, *more))
        self.hold(0.6)
        self._turn_page(chain, page)
        self.say("numbers")
        for i, line in enumerate(terms):
            self.samples.light([i])
            self.take(1.5 / len(terms), Reveal(line))
        self.samples.light([])
        for line in mean:  # slower if there are no terms
            self.take((0.6 if terms else 2.1) / len(mean), Reveal(line))
        self.hold(0.8)
        self.say("same")
        self.carried = self._carry(mean[-1])
        self.derived = VGroup(*page)

    def _carry(self, line: MathTypst) -> VGroup:
        """The result leaves its line, and goes to the tangent."""
        cap, small, value = self.layout.scale.label, self.spots.small, line.select("v")
        half = value.width * cap / self.cap / 2
        stop = point(min(small.center[0], small.right - half), small.bottom - cap)
        copy, fly = leaving(VGroup(*value), stop, cap / self.cap)
        self.take(1.0, Drive(copy, fly, rate_func=smooth))
        return copy

    def _turn_page(self, chain: list[MathTypst], page: list[MathTypst]) -> None:
        """Make room for the numbers: the last lines of the derivation move to the top."""
        kept = [line for line in chain if line in page]
        before = [line.get_center() for line in kept]
        box = self.spots.hero.inset(bottom=_FREE * self.layout.scale.label)
        stack(page, box, gap_in(page, box, self.cap))
        glide = gliding(kept, before)
        self.take(0.3, Dismiss(*(line for line in chain if line not in kept)))
        self.take(0.7, Drive(VGroup(*kept), glide, rate_func=smooth))

    def rule(self) -> None:
        """The sign gives the direction, size and rate give the length; then one real update."""
        rates = [self.rate, 2 * self.rate, self.onto, self.across]
        cap = self.layout.scale.label
        self.panel = RulePanel(
            self.lesson, self.trace, self.hill, rates, self.side, self.theme, cap
        )
        self.take(0.4, Dismiss(self.derived, self.carried, self.samples))
        self._lay(self.spots.small, self.spots.hero, 1.2)
        self.hero = self.hill.picture
        self._sign()
        self._size()
        self._rate()
        self._too_large()
        self._update()

    def _sign(self) -> None:
        """The step leads against the slope: to the right on one side, to the left on the other."""
        hill, walker = self.hill, self.hill.walker
        self.say("sign")
        self.take(0.4, Reveal(self.panel.rule))
        if hill.at_rest:
            self.take(0.6, Drive(walker, lambda w: self._stand(walker, w), self.w, hill.here))
        here = hill.slope_at(hill.here)
        hill.slope.write(hill.write(here), hill.slope_place(hill.slope, hill.here))
        self._grow(walker, hill.here, self.panel.row, hill.slope)
        fog, twin = hill.fog, hill.twin
        look = lambda share: fog.glance(hill.here, hill.there, share)  # noqa: E731
        self.take(0.4, Drive(VGroup(*fog), look, 0.01, 1.0))
        self._face(hill.there)
        self.take(0.5, Reveal(twin.halo, twin.point, twin.tangent, hill.twin_slope))
        self._grow(twin, hill.there, self.panel.twin_row)

    def _stand(self, walker: Walker, w: float) -> None:
        """Put a point at ``w``, with its tangent; the fog lifts around it."""
        walker.stand(w, self.hill.curve(w))
        self.hill.lean(walker, w)
        around = {self.hill.here, w} if walker is self.hill.twin else {w}
        self.hill.fog.look(*around)

    def _grow(self, walker: Walker, w: float, row: StepRow, *others: VMobject) -> None:
        self.hill.step(walker, w, 0.0)
        self.take(0.4, Reveal(row, *others))
        self.take(0.01, Reveal(walker.shaft, walker.head))
        self.take(0.8, Drive(walker, lambda r: self.hill.step(walker, w, r), 0.0, self.rate))

    def _face(self, w: float) -> None:
        """Put the twin at ``w``, with its slope; the number does not cover the minimum's mark."""
        hill = self.hill
        self._stand(hill.twin, w)
        half = hill.curve.minimiser + (hill.there - hill.curve.minimiser) / 2
        share = (hill.there - w) / (hill.there - half)
        start, stop = (hill.slope_place(hill.twin_slope, end) for end in (hill.there, half))
        hill.twin_slope.write(hill.write(hill.slope_at(w)), start + share * (stop - start))

    def _size(self) -> None:
        """At half the distance the slope is half as steep, and the step half as long."""
        hill = self.hill
        half = hill.curve.minimiser + (hill.there - hill.curve.minimiser) / 2
        self.say("size")

        def slide(w: float) -> None:
            self._face(w)
            hill.step(hill.twin, w, self.rate)
            self.panel.twin_row.write(self.rate, hill.slope_at(w))

        moving = VGroup(*hill.fog, hill.twin, hill.twin_slope, self.panel.twin_row)
        self.take(2.0, Drive(moving, slide, hill.there, half, rate_func=smooth))
        self.hold(0.5)

    def _sweep(self, seconds: float, start: float, stop: float) -> None:
        """Change the rate; the step's length follows."""
        hill, walker = self.hill, self.hill.walker
        slope = hill.slope_at(hill.here)

        def show(rate: float) -> None:
            hill.step(walker, hill.here, rate)
            self.panel.row.write(rate, hill.slope_at(hill.here))
            if rate > 2 * self.rate:  # the arrow's tip leads into the fog
                hill.fog.lift(self._between(hill.here, hill.here - rate * slope))

        moving = VGroup(*hill.fog, walker, self.panel.row)
        self.take(seconds, Drive(moving, show, start, stop, rate_func=smooth))

    def _rate(self) -> None:
        """Twice the rate, twice the step; and back."""
        hill = self.hill
        self.say("alpha")
        self.take(0.4, Conceal(hill.twin, hill.twin_slope), Dismiss(self.panel.twin_row))
        hill.fog.look(hill.here)
        self.hold(0.1)
        self.loop("double")
        self._sweep(1.1, self.rate, 2 * self.rate)
        self.hold(0.3)
        self._sweep(0.9, 2 * self.rate, self.rate)
        self.hold(0.2)

    def _too_large(self) -> None:
        """Above 1/L the step passes the minimum, above 2/L it leads up."""
        hill = self.hill
        self.say("too-large")
        self.marks = LimitMarks(hill)
        self._sweep(0.9, self.rate, self.onto)
        self.take(0.4, Reveal(self.panel.limits[0], hill.goal, self.marks.onto))
        self._sweep(0.9, self.onto, self.across)
        self.take(0.4, Reveal(self.panel.limits[1], self.marks.across))
        self.hold(0.8)

    @staticmethod
    def _between(w: float, other: float) -> tuple[float, float]:
        return min(w, other), max(w, other)

    def _update(self) -> None:
        """The lesson's own update, with its numbers; at the end all of it stands."""
        hill, walker, lr = self.hill, self.hill.walker, self.lesson.lr
        measure = self.measure
        arrow = [walker.shaft, walker.head]
        gone = [self.marks.onto, self.marks.across, self.panel.row]
        gone += [] if self.panel.limits_stay else self.panel.limits
        self.take(0.4, Dismiss(*gone), Conceal(hill.slope, *arrow))
        self.say("update")
        if hill.at_rest:
            self.take(0.6, Drive(walker, lambda w: self._stand(walker, w), hill.here, self.w))
        hill.step(walker, self.w, 0.0)
        self.take(0.5, Reveal(self.panel.numbers, walker.edge, walker.value))
        self.take(0.01, Reveal(*arrow))
        grow = Drive(walker, lambda rate: hill.step(walker, self.w, rate), 0.0, lr)
        self.take(0.8, grow)
        self.take(0.3, Conceal(walker.tangent), Reveal(measure.start))
        set_visible(measure.path, 1.0)
        moving = VGroup(*hill.fog, walker, measure.path)
        self.take(1.2, Drive(moving, self._move, self.w, self.to, rate_func=smooth))
        hill.fog.lift_all()
        names = VGroup() if visibility(hill.goal[0]) else hill.goal[1:]
        self.take(0.5, Conceal(hill.fog.window), Reveal(measure.rest, *names))
        self.take(0.4, Reveal(measure.label))
        self.say("step")

    def _move(self, w: float) -> None:
        """Show the point on its way below its arrow, and the path behind it."""
        self.hill.walker.stand(w, self.hill.curve(w))
        self.hill.fog.look(w)
        self.measure.reach(w)

"""The film `gradient`: which way is down, and how far to go."""

from __future__ import annotations

from manim import MathTypst, VGroup, VMobject, smooth

from scenes.films.gradient.derivation import (
    chain_lines,
    cost_lines,
    height,
    mean_line,
    stack,
    term_lines,
)
from scenes.films.gradient.plan import FILM, one_update, visible_rate
from scenes.films.gradient.rule_panel import RulePanel
from scenes.films.gradient.slope_hill import SlopeHill
from scenes.films.gradient.step_rows import StepRow
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.walker import Walker
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal


class Gradient(FilmScene):
    """The slope gives the direction; its size and the rate give the length of the step."""

    film = FILM

    def prepare(self) -> None:
        """The parabola with its points, and rates whose steps can be seen."""
        layout, theme = self.layout, self.theme
        self.trace = one_update(self.lesson)
        facts = self.facts
        self.w, self.to = float(self.trace.w[0]), float(self.trace.w[-1])
        curve = cost_curve(facts.objective)
        self.hill = SlopeHill(
            curve, self.w, self.to, facts.at_rest, layout.stage, theme, layout.scale
        )
        self.slope, self.slope_text = facts.slope, facts.slope_text
        self.onto, self.across = facts.onto, facts.across
        self.rate = self.lesson.lr if 0.05 <= facts.share <= 0.5 else visible_rate(curve.curvature)
        # The panel has no running numbers, so the derivation has its whole height.
        panel = layout.panel
        self.side = Box(panel.left, panel.bottom, panel.right, layout.readouts.top)
        hill = self.hill
        self.place(hill.plot, hill.name, hill.goal, hill.ways, hill.way, hill.line)
        self.place(hill.twin, hill.walker, hill.slope, hill.twin_slope)
        hill.stand(self.w)

    def which_way(self) -> None:
        """Left or right? The tangent answers."""
        hill, walker = self.hill, self.hill.walker
        text, cost = self.slope_text, short(float(self.trace.cost[0]), 5)
        cap, room = self.layout.scale.label, self.side.width
        self.model = cost_lines(self.w, cost, text, self.theme, cap, room)
        stack(self.model, self.side, self._gap(self.model))
        self.take(0.5, Reveal(hill.plot), Reveal(self.model[0]))
        self.take(1.2, Reveal(hill.line, hill.name), Drive(hill.line, self._draw))
        self.say("ask")
        self.take(0.5, Reveal(walker.halo, walker.point, hill.goal, self.model[1]))
        question = hill.question("?")
        self.take(0.6, Reveal(hill.ways, question))
        self.hold(0.9)
        hill.lean(walker, self.w, 0.01)
        self.take(0.01, Reveal(walker.tangent))
        self.take(1.0, Drive(walker, lambda a: hill.lean(walker, self.w, a), 0.01, 1.0))
        self.named = hill.named_slope(f"{self.words['common.slope']} {text}")
        self.take(0.5, Dismiss(question), Reveal(self.named, self.model[2]))
        self.say("way")
        self.take(0.6, Conceal(hill.ways), Reveal(hill.way))

    def _draw(self, amount: float) -> None:
        x = self.hill.plot.x
        end = x.low + amount * (x.high - x.low)
        self.hill.line.points = self.hill.curve.curve(self.hill.plot, x.low, end)

    def chain_rule(self) -> None:
        """∂J/∂w line by line, and then with the numbers of the data."""
        data, theme, side = self.lesson.data, self.theme, self.side
        cap, text = self.layout.scale.label, self.slope_text
        chain = chain_lines(theme, cap, side.width)
        terms = term_lines(data, self.w, theme, cap, side.width)
        mean = mean_line(data, self.w, self.slope, text, theme, cap, side.width)
        self.say("chain")
        if height(chain, self._gap(chain)) > side.height:
            chain = chain[1:]  # J as a mean was shown before
        stack(chain, side, self._gap(chain))
        self.take(0.4, Dismiss(*self.model), Conceal(self.hill.way))
        self.take(0.6, Reveal(chain[0]))
        for line in chain[1:]:
            self.hold(0.4)
            self.take(0.7, Reveal(line))
        self.hold(0.6)
        self._turn_page(chain, terms, mean)
        self.say("numbers")
        for line in terms:
            self.take(1.5 / len(terms), Reveal(line))
        for line in mean:  # slower if there is no room for the terms
            self.take((0.6 if terms else 2.1) / len(mean), Reveal(line))
        self.hold(1.1)
        self.say("same")
        self.derived = VGroup(*chain[-2:], *terms, *mean)

    def _gap(self, lines: list[MathTypst]) -> float:
        """The space between lines: large, as far as the panel's height allows."""
        cap = self.layout.scale.label
        spare = self.side.height - height(lines, 0.0)
        return float(min(1.3 * cap, max(0.35 * cap, spare / max(len(lines), 1))))

    def _turn_page(
        self, chain: list[MathTypst], terms: list[MathTypst], mean: list[MathTypst]
    ) -> None:
        """Make room for the numbers: the last lines of the derivation move to the top."""
        pages = [[*chain[-2:], *terms, *mean], [chain[-1], *terms, *mean], [chain[-1], *mean]]
        fitting = [p for p in pages if height(p, self._gap(p)) <= self.side.height + 1e-6]
        page = (fitting or pages[-1:])[0]
        kept = [line for line in chain if line in page]
        if not set(terms) <= set(page):
            terms.clear()
        before = [line.get_center() for line in kept]
        stack(page, self.side, self._gap(page))
        after = [line.get_center() for line in kept]

        def glide(amount: float) -> None:
            for line, start, stop in zip(kept, before, after, strict=True):
                line.move_to(start + amount * (stop - start))

        glide(0.0)
        gone = [line for line in chain if line not in kept]
        self.take(0.9, Dismiss(*gone), Drive(VGroup(*kept), glide, rate_func=smooth))

    def rule(self) -> None:
        """The sign gives the direction, size and rate give the length; then one real update."""
        rates = [self.rate, 2 * self.rate, self.onto, self.across]
        cap = self.layout.scale.label
        self.panel = RulePanel(
            self.lesson, self.trace, self.hill, rates, self.side, self.theme, cap
        )
        self._sign()
        self._size()
        self._rate()
        self._too_large()
        self._update()

    def _sign(self) -> None:
        """The step leads against the slope: to the right on one side, to the left on the other."""
        hill, walker = self.hill, self.hill.walker
        self.say("sign")
        # The arrows need the place of the minimum's name.
        gone = [Dismiss(self.derived, self.named), Conceal(*hill.goal[1:])]
        self.take(0.4, *gone, Reveal(self.panel.rule))
        if hill.at_rest:
            self.take(0.6, Drive(walker, lambda w: self._stand(walker, w), self.w, hill.here))
        here = hill.slope_at(hill.here)
        hill.slope.write(hill.write(here), hill.slope_place(hill.slope, hill.here))
        self._grow(walker, hill.here, self.panel.row, hill.slope)
        self._face(hill.there)
        twin = hill.twin
        self.take(0.5, Reveal(twin.halo, twin.point, twin.tangent, hill.twin_slope))
        self._grow(twin, hill.there, self.panel.twin_row)

    def _stand(self, walker: Walker, w: float) -> None:
        """Put a point at ``w``, with its tangent."""
        walker.stand(w, self.hill.curve(w))
        self.hill.lean(walker, w)

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

        moving = VGroup(hill.twin, hill.twin_slope, self.panel.twin_row)
        self.take(2.0, Drive(moving, slide, hill.there, half, rate_func=smooth))
        self.hold(1.0)

    def _sweep(self, seconds: float, start: float, stop: float) -> None:
        """Change the rate; the step's length follows."""
        hill, walker = self.hill, self.hill.walker

        def show(rate: float) -> None:
            hill.step(walker, hill.here, rate)
            self.panel.row.write(rate, hill.slope_at(hill.here))

        moving = VGroup(walker, self.panel.row)
        self.take(seconds, Drive(moving, show, start, stop, rate_func=smooth))

    def _rate(self) -> None:
        """Twice the rate, twice the step."""
        hill = self.hill
        self.say("alpha")
        self.take(0.4, Conceal(hill.twin, hill.twin_slope), Dismiss(self.panel.twin_row))
        self._sweep(1.4, self.rate, 2 * self.rate)
        self.hold(1.2)

    def _too_large(self) -> None:
        """Above 1/L the step passes the minimum, above 2/L it leads up."""
        self.say("too-large")
        self._sweep(0.9, 2 * self.rate, self.onto)
        self.take(0.4, Reveal(self.panel.limits[0]))
        self._sweep(0.9, self.onto, self.across)
        self.take(0.4, Reveal(self.panel.limits[1]))
        self.hold(0.8)

    def _update(self) -> None:
        """The lesson's own update, with its numbers."""
        hill, walker, lr = self.hill, self.hill.walker, self.lesson.lr
        arrow = [walker.shaft, walker.head]
        gone = [self.panel.row, *([] if self.panel.limits_stay else self.panel.limits)]
        self.take(0.4, Dismiss(*gone), Conceal(hill.slope, *arrow))
        self.say("update")
        if hill.at_rest:
            self.take(0.6, Drive(walker, lambda w: self._stand(walker, w), hill.here, self.w))
        hill.step(walker, self.w, 0.0)
        self.take(0.5, Reveal(self.panel.numbers, walker.edge, walker.value))
        self.take(0.01, Reveal(*arrow))
        self.take(0.7, Drive(walker, lambda rate: hill.step(walker, self.w, rate), 0.0, lr))
        self.hold(0.4)
        self.take(0.3, Conceal(walker.tangent))
        self.take(1.0, Drive(walker, self._move, self.w, self.to, rate_func=smooth))
        self.take(0.1, Reveal(*hill.goal[1:]))
        self.say("step")

    def _move(self, w: float) -> None:
        """Show the point on its way to the end of the arrow, with what is left of the arrow."""
        walker = self.hill.walker
        walker.stand(w, self.hill.curve(w))
        if w == self.to:
            walker.hide_step()
        else:
            walker.reach(w, self.hill.curve(w), self.to)

"""The film `cost-function`: from the residuals of the samples to the parabola of the cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import MathTypst, VGroup, VMobject, smooth

from scenes.films.cost_function.bowl import Bowl
from scenes.films.cost_function.levels import Levels
from scenes.films.cost_function.plan import FILM
from scenes.films.cost_function.residuals import Residuals
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.worked import loss_lines, mean_formula, mean_lines, sample_lines
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import decimals, fixed, running, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import fit, formula, widest_fitting
from scenes.stage.page.layout import GAP, point
from scenes.stage.page.motion import Conceal, Drive, Reveal, after, set_visible
from scenes.stage.page.readouts import Readout, Readouts

FEW = 5  # samples at most that are shown one by one
_LETTER, _SQUARE = 0.55, 0.15  # units; more in a square frame
_SWING = 0.6  # how far w swings out at the end, as a share of its sweep


class CostFunction(FilmScene):
    """Residuals become squares, squares a mean, and the mean over w a parabola."""

    film = FILM

    def prepare(self) -> None:
        """The data plot with its squares, the formulas, the columns, the parabola."""
        data, theme, scale = self.lesson.data, self.theme, self.layout.scale
        self.w, self.curve = self.lesson.w0, cost_curve(self.facts.objective)
        self.losses = self.facts.losses
        self.cost_text = short(float(self.losses.mean()), 5)
        self.low, self.high = self.facts.ends
        self._regions()
        sweep = [self.w, self.low, self.high]
        boxes = self.near_box, self.wide_box
        self.data_plot = Residuals(data, sweep, boxes, theme, scale, FEW)
        self.values = self.data_plot.write_values(self.w, self.losses, scale.label)
        self._make_panel()
        self.levels = Levels(
            self.losses, self.cost_text, self.text("axis"), self.levels_box, theme, scale
        )
        self._make_readouts()
        marks = [f"w* = {self.facts.best_text}", f"J = {self.facts.least_text}"]
        self.bowl = Bowl(self.curve, (self.low, self.high), self.hero_box, theme, scale, marks)
        self._place_all()

    def _regions(self) -> None:
        """The subject, and beside or below it the panel; later the data above (or beside) notes."""
        layout = self.layout
        places = arrangement(layout)
        self.hero_box, self.panel = places.hero, places.side
        # The letter at the end of an axis stands in the gap between the two.
        beside = not layout.portrait and not self.lesson.data.x_name
        room = _LETTER + (_SQUARE if layout.stacked else 0.0)
        self.near_box = self.hero_box.inset(right=-room if beside else 0)
        self.levels_box = self.hero_box.inset(bottom=-1.8 * layout.scale.small)  # no numbers below
        if layout.portrait:
            self.wide_box, self.said = self.panel.columns(1.35, 1.0)
        else:
            self.wide_box, self.said = self.panel.rows(1.0 if layout.stacked else 1.3, 1.0)
            self.wide_box = self.wide_box.inset(left=-0.8 * GAP)  # its numbers stand in the gap

    def _make_readouts(self) -> None:
        ends = [self.low, self.high, self.w]
        self.places = decimals(ends)
        self.cost_places = decimals(map(self.curve, ends))
        widest = [max(texts, key=len) for texts in zip(*map(self._numbers, ends), strict=True)]
        items = [
            Readout("w", self.theme.point, widest[0]),
            Readout("J", self.theme.cost, widest[1]),
        ]
        self.readouts = Readouts(items, self.said, self.theme, self.layout.scale)

    def _numbers(self, w: float) -> tuple[str, str]:
        """w and J as text. At the minimum of exact data J is 0, without rounding errors."""
        best = self.curve.minimiser
        cost = self.facts.least if w == best else self.curve(w)
        return fixed(round(w, self.places), self.places), running(cost, self.cost_places)

    def _make_panel(self) -> None:
        """The formulas of the model, of the losses, of the cost."""
        theme, data, scale, box = self.theme, self.lesson.data, self.layout.scale, self.panel
        portrait = self.layout.portrait
        head = scale.body if portrait else scale.title
        model = formula("hat(y) = {{ w : w }} x", head, theme.ink, {"w": theme.point})
        square = "(hat(y)_i - y_i)^2"
        sizes = (
            (f"ell_i = {square}", head),
            (f"ell_i = {square}", scale.label),
            (square, scale.label),
        )
        loss = widest_fitting([formula(*each, theme.loss) for each in sizes], box)
        count, caps = min(data.n, FEW), (scale.body, scale.label)
        samples = sample_lines(data, count, self.w, theme, caps, box.width)
        losses = loss_lines(data, count, self.w, self.losses, theme, caps, box.width)
        self.said_model = self._listed(model, samples)
        self.said_loss = self._listed(loss, losses)
        cap, room = scale.label, self.said.width
        mean = mean_lines(self.losses, theme, cap, room)
        gap = (0.35 if portrait else 0.45 if self.layout.stacked else 0.8) * cap
        self.said_mean = fit(VGroup(mean_formula(theme, cap, room), *mean), self.said, gap)

    def _listed(self, head: VMobject, lines: list[MathTypst]) -> VGroup:
        """``head`` above as many of ``lines`` as there is room for, in the panel's middle.

        If the letter at the end of the x axis stands in the panel, they stay above it.
        """
        n, cap, box = self.lesson.data.n, self.layout.scale.body, self.panel
        letter = self.data_plot.plot.names[0]
        beside = not self.layout.portrait and letter.get_right()[0] > box.left
        low = float(letter.get_top()[1]) + 0.3 * cap if beside else box.bottom
        more = formula("dots.v", cap, self.theme.muted)
        for count in range(len(lines), 0, -1):
            shown = [head, *lines[:count], *([more] if count < n else [])]
            group = fit(VGroup(*shown), box, (0.5 if self.layout.portrait else 0.9) * cap)
            if group.height <= box.top - low:
                break
        bottom = max(float(box.center[1]) - group.height / 2, low)
        return group.shift(point(0.0, bottom - float(group.get_bottom()[1])))

    def _place_all(self) -> None:
        data, levels, bowl = self.data_plot, self.levels, self.bowl
        self.add(data.plot)
        self.place(levels.plot, bowl.plot, bowl.goal, data.ghosts)
        self.place(data.squares, data.line, data.guesses)
        self.add(data.dots)
        self.place(self.values, self.said_model, self.said_loss, self.said_mean, self.readouts)
        self.place(levels.tiles, levels.bar, levels.mean, levels.values, levels.name)
        self.place(bowl.ghost, bowl.change, bowl.bar, bowl.line, bowl.foot, bowl.point)
        self.hero = VGroup(data.plot, data.dots, data.squares, data.line)

    def data(self) -> None:
        """The samples, and the line through the origin at the start."""
        data, lines = self.data_plot, self.said_model
        self.say("data")
        data.turn(0.0)
        self.take(0.4, Reveal(data.line, lines[0]))
        self.take(1.4, Drive(data.line, lambda t: data.turn(t * self.w), rate_func=smooth))
        data.guess(self.w)
        self.take(0.8, Reveal(data.guesses, *lines[1:]))

    def loss(self) -> None:
        """Each residual grows into a real square; one after another if they are few."""
        data, n, lines = self.data_plot, self.lesson.data.n, self.said_loss
        self.say("loss")
        data.grow(self.w, np.zeros(n))
        self.take(0.5, Conceal(self.said_model), Reveal(lines[0], data.squares))
        together = n > FEW
        groups = [slice(0, n)] if together else [slice(i, i + 1) for i in range(n)]
        for group in groups:
            seconds = 4.8 / len(groups)
            self.take(0.7 * seconds, Drive(data.squares, self._growth(group), 0, 2))
            words = [*data.values[group], *lines[1:][group]]
            self.take(0.3 * seconds, Reveal(*words))

    def _growth(self, group: slice) -> Callable[[float], None]:
        amounts = np.zeros(self.lesson.data.n)
        amounts[: group.start] = 2.0

        def show(amount: float) -> None:
            amounts[group] = smooth(min(amount, 1.0)) + smooth(max(amount - 1.0, 0.0))
            self.data_plot.grow(self.w, amounts)

        return show

    def _step_aside(self, amount: float) -> None:
        """Move the data with their squares from the hero's place to the side."""
        data = self.data_plot
        data.lay(amount)
        data.show(self.w)
        data.guess(self.w)

    def cost(self) -> None:
        """The data step aside; their squares become columns and level out to their mean."""
        levels, data, mean = self.levels, self.data_plot, self.said_mean
        self.say("cost")
        self.take(0.4, Conceal(self.said_loss, self.values))
        moving = VGroup(data.plot, data.squares, data.line, data.dots, data.guesses)
        come = Reveal(levels.plot, rate_func=after(0.6))
        self.take(1.4, Drive(moving, self._step_aside, rate_func=smooth), come)
        self.hero = VGroup(
            levels.plot, levels.tiles, levels.bar, levels.mean, levels.values, levels.name
        )
        start = data.at(self.w)
        levels.gather(start, 0.0)
        self.take(0.4, Reveal(levels.tiles))
        self.take(1.8, Drive(levels.tiles, lambda t: levels.gather(start, t)))
        self.take(0.4, Reveal(levels.values))
        self.take(0.6, Reveal(mean[0]))
        self.hold(0.5)
        self.take(0.4, Conceal(levels.values), Reveal(levels.mean))
        self.take(1.4, Drive(levels.tiles, levels.even_out))
        self.take(0.6, Reveal(*mean[1:]))
        self.take(1.0, Drive(levels.tiles, levels.merge))
        self.take(0.6, Conceal(levels.tiles), Reveal(levels.bar, levels.name))

    def parabola(self) -> None:
        """Another w: better or worse? Then all w: the bar's top draws a parabola."""
        data, levels, bowl = self.data_plot, self.levels, self.bowl
        bowl.bar.lay(levels.merged)
        gone = [levels.plot, levels.mean, levels.name, self.said_mean, data.guesses]
        self.take(0.4, Conceal(*gone, levels.bar), Reveal(bowl.bar))
        self.hero = VGroup(bowl.plot, bowl.bar, bowl.line, bowl.point, bowl.foot)

        def arrive(t: float) -> None:
            bowl.arrive(levels.merged, self.w, t)

        self.take(1.1, Drive(bowl.bar, arrive, rate_func=smooth), Reveal(bowl.plot))
        self._show_at(self.w, self.w, self.w)
        bowl.haunt(self.w)
        self.take(0.5, Reveal(bowl.point, self.readouts, bowl.ghost))
        self._ask()
        self.say("sweep")
        self.take(0.2, Conceal(bowl.change))
        self._legs()
        data.haunt(self.w)
        self.say("bottom")
        self.take(0.6, Reveal(bowl.goal, data.ghosts))
        self.hold(0.5)
        self.loop("swing")
        self._swing()

    def _ask(self) -> None:
        """Only the line goes to another w; then the bar there answers."""
        data, bowl, w, other = self.data_plot, self.bowl, self.w, self.facts.other
        figure = self.readouts.figures
        self.say("ask")
        cost = figure[1]
        bowl.ask(w)
        self.take(0.3, Conceal(bowl.bar, bowl.point, cost), Reveal(bowl.foot))

        def show(at: float) -> None:
            data.show(at)
            bowl.ask(at)
            figure[0].write(self._numbers(at)[0])

        moving = VGroup(data.squares, data.line, bowl.foot, figure[0])
        self.take(1.5, Drive(moving, show, w, other, rate_func=smooth))
        self.hold(1.1)
        self.say("answer")  # before the bar rises: the cue ends while nobody knows the answer
        self.readouts.write(*self._numbers(other))
        for part in (bowl.bar, bowl.point):
            set_visible(part, 1.0)
        answer = VGroup(bowl.bar, bowl.point)
        self.take(1.2, Drive(answer, lambda t: bowl.rise(other, t), rate_func=smooth))
        self.take(0.3, Reveal(cost), Conceal(bowl.foot))
        set_visible(bowl.change, 1.0)
        self.take(0.8, Drive(bowl.change, lambda t: bowl.compare(w, other, t), rate_func=smooth))
        self.hold(1.0)

    def _legs(self) -> None:
        """w goes from the end where it is to the other one, and to the minimum."""
        near, best = self.facts.other, self.curve.minimiser
        far = self.high if near == self.low else self.low
        set_visible(self.bowl.line, 1.0)

        def draw(at: float) -> None:
            self._show_at(at, min(near, at), max(near, at))

        self.take(6.5, Drive(self._moving(), draw, near, far, rate_func=smooth))
        self._go(2.0, far - best, 0.0)

    def _swing(self) -> None:
        """w goes out to both sides, and comes back to the minimum."""
        out = _SWING * (self.high - self.curve.minimiser)
        for seconds, start, stop in ((0.9, 0.0, out), (1.8, out, -out), (0.9, -out, 0.0)):
            self._go(seconds, start, stop)

    def _go(self, seconds: float, start: float, stop: float) -> None:
        """w goes from one distance from the minimum to another; the parabola stands."""
        best = self.curve.minimiser
        show = lambda away: self._show_at(best + away, self.low, self.high)  # noqa: E731
        self.take(seconds, Drive(self._moving(), show, start, stop, rate_func=smooth))

    def _moving(self) -> VGroup:
        """What follows w."""
        data, bowl = self.data_plot, self.bowl
        return VGroup(data.squares, data.line, self.readouts, bowl.bar, bowl.line, bowl.point)

    def _show_at(self, w: float, low: float, high: float) -> None:
        """Show everything that follows w, and the parabola where w has been: on [low, high]."""
        self.data_plot.show(w)
        self.bowl.show(w, low, high)
        self.readouts.write(*self._numbers(w))

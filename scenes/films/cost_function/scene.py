"""The film `cost-function`: from the residuals of the samples to the parabola of the cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import MathTypst, VGroup, smooth

from scenes.films.cost_function.bowl import Bowl
from scenes.films.cost_function.levels import Levels
from scenes.films.cost_function.plan import FILM
from scenes.films.cost_function.residuals import Residuals
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.worked import loss_lines, mean_formula, mean_lines, sample_lines
from scenes.stage.page.figures import decimals, fixed, running, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import fit, formula
from scenes.stage.page.motion import Conceal, Drive, Reveal
from scenes.stage.page.readouts import Readout, Readouts

FEW = 5  # samples at most that are shown one by one
FARTHEST = 1.4  # how far w sweeps, in distances of the start from the minimum


class CostFunction(FilmScene):
    """Residuals become squares, squares a mean, and the mean over w a parabola."""

    film = FILM

    def prepare(self) -> None:
        """The data plot with its squares, the formulas, the columns, the parabola."""
        data, theme, scale = self.lesson.data, self.theme, self.layout.scale
        self.w, self.curve = self.lesson.w0, cost_curve(self.facts.objective)
        self.losses = self.facts.losses
        self.cost_text = short(float(self.losses.mean()), 5)
        self._sweep()
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
        self.bowl = Bowl(self.curve, (self.low, self.high), self.bowl_box, theme, scale, marks)
        self._place_all()

    def _sweep(self) -> None:
        """Set how far w goes: past the start, and far enough to show a parabola for any start."""
        curve = self.curve
        least = max(curve.reach(2 * curve.lowest), abs(curve.minimiser) / 2) or 1.0
        reach = max(FARTHEST * abs(self.w - curve.minimiser), least)
        self.low, self.high = curve.minimiser - reach, curve.minimiser + reach

    def _regions(self) -> None:
        """The data at the left (or above), the formulas beside (or below) them."""
        layout = self.layout
        body = layout.body
        self.portrait = layout.portrait
        if self.portrait:
            self.near_box, self.panel = body.rows(0.49, 0.51)
            self.said, self.levels_box = self.panel.columns(0.6, 0.4, gap=0.25)
            self.wide_box, self.side = body.rows(0.42, 0.58)
        else:
            self.near_box, self.panel = body.columns(0.56, 0.44, gap=0.5)
            self.said = self.levels_box = self.panel
            self.wide_box, self.side = body.columns(0.48, 0.52, gap=0.4)

    def _make_readouts(self) -> None:
        ends = [self.low, self.high, self.w]
        self.places = decimals(ends)
        self.cost_places = decimals(map(self.curve, ends))
        widest = [max(texts, key=len) for texts in zip(*map(self._numbers, ends), strict=True)]
        items = [
            Readout("w", self.theme.point, widest[0]),
            Readout("J", self.theme.cost, widest[1]),
        ]
        self.readouts = Readouts(items, self.side, self.theme, self.layout.scale)
        rows = len({float(figure.at[1]) for figure in self.readouts.figures})
        self.bowl_box = self.side.inset(top=(0.5 + 2 * rows) * self.layout.scale.label)

    def _numbers(self, w: float) -> tuple[str, str]:
        """w and J as text. At the minimum of exact data J is 0, without rounding errors."""
        best = self.curve.minimiser
        cost = self.facts.least if w == best else self.curve(w)
        return fixed(round(w, self.places), self.places), running(cost, self.cost_places)

    def _make_panel(self) -> None:
        """The formulas of the model, of the losses, of the cost."""
        theme, data, scale, box = self.theme, self.lesson.data, self.layout.scale, self.panel
        head = scale.body if self.portrait else scale.title
        model = formula("hat(y) = {{ w : w }} x", head, theme.ink, {"w": theme.point})
        loss = formula("ell_i = (hat(y)_i - y_i)^2", head, theme.loss)
        count, caps = min(data.n, FEW), (scale.body, scale.label)
        samples = sample_lines(data, count, self.w, theme, caps, box.width)
        losses = loss_lines(data, count, self.w, self.losses, theme, caps, box.width)
        self.said_model = self._listed(model, samples)
        self.said_loss = self._listed(loss, losses)
        cap, room = scale.label, self.said.width
        mean = mean_lines(self.losses, theme, cap, room)
        gap = (0.35 if self.portrait else 0.8) * cap
        self.said_mean = fit(VGroup(mean_formula(theme, cap, room), *mean), self.said, gap)
        if not self.portrait:
            bottom = float(self.said_mean.get_bottom()[1])
            self.levels_box = box.inset(top=box.top - bottom + 1.1 * cap)

    def _listed(self, head: MathTypst, lines: list[MathTypst]) -> VGroup:
        """``head`` above as many of ``lines`` as there is room for, in the panel's middle."""
        n, cap, box = self.lesson.data.n, self.layout.scale.body, self.panel
        more = formula("dots.v", cap, self.theme.muted)
        for count in range(len(lines), 0, -1):
            shown = [head, *lines[:count], *([more] if count < n else [])]
            group = fit(VGroup(*shown), box, (0.5 if self.portrait else 0.9) * cap)
            if group.height <= box.height:
                break
        return group.shift(np.array([0, box.center[1] - group.get_center()[1], 0]))

    def _place_all(self) -> None:
        data, levels, bowl = self.data_plot, self.levels, self.bowl
        data.zoom(self.w, 0.0)
        self.place(data.near, data.wide, levels.plot, bowl.plot, bowl.goal)
        self.place(data.squares, data.line, data.dots, self.values)
        self.place(self.said_model, self.said_loss, self.said_mean, self.readouts)
        self.place(levels.tiles, levels.bar, levels.mean, levels.values, levels.name)
        self.place(bowl.bar, bowl.line, bowl.point)

    def data(self) -> None:
        """The samples, and the line through the origin at the start."""
        data, lines = self.data_plot, self.said_model
        self.take(0.6, Reveal(data.near))
        self.take(0.6, Reveal(data.dots))
        self.say("data")
        data.turn(0.0)
        self.take(0.4, Reveal(data.line, lines[0]))
        self.take(1.2, Drive(data.line, lambda t: data.turn(t * self.w), rate_func=smooth))
        self.take(0.8, Reveal(*lines[1:]))

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

    def cost(self) -> None:
        """The squares become columns and level out to their mean."""
        levels, data, mean = self.levels, self.data_plot, self.said_mean
        self.say("cost")
        levels.gather(data.at(self.w), 0.0)
        self.take(0.5, Conceal(self.said_loss), Reveal(levels.plot))
        self.take(0.3, Reveal(levels.tiles))
        start = data.at(self.w)
        self.take(1.8, Drive(levels.tiles, lambda t: levels.gather(start, t)))
        self.take(0.4, Reveal(levels.values))
        self.take(0.6, Reveal(mean[0]))
        self.hold(0.6)
        self.take(0.4, Conceal(levels.values), Reveal(levels.mean))
        self.take(1.4, Drive(levels.tiles, levels.even_out))
        self.take(0.6, Reveal(*mean[1:]))
        self.take(1.0, Drive(levels.tiles, levels.merge))
        self.take(0.6, Conceal(levels.tiles), Reveal(levels.bar, levels.name))

    def parabola(self) -> None:
        """The cost at other w: the bar's top draws a parabola; its bottom is the best w."""
        data, levels, bowl = self.data_plot, self.levels, self.bowl
        self.say("sweep")
        gone = [data.near, levels.plot, levels.mean, levels.name, self.said_mean, self.values]
        bowl.bar.lay(levels.merged)
        self.take(0.5, Conceal(*gone, levels.bar), Reveal(bowl.bar))
        moving = VGroup(data.squares, data.line, data.dots, bowl.bar)

        def zoom(t: float) -> None:
            data.zoom(self.w, t)
            bowl.arrive(levels.merged, self.w, t)

        self.take(1.2, Drive(moving, zoom, rate_func=smooth), Reveal(data.wide, bowl.plot))
        self._show_at(self.w, self.w, self.w)
        self.take(0.5, Reveal(bowl.point, bowl.line, self.readouts))
        self._legs()
        self.say("bottom")
        self.take(0.6, Reveal(bowl.goal))

    def _legs(self) -> None:
        """w goes from the start to one end, to the other, and to the minimum."""
        w, low, high = self.w, self.low, self.high
        best = self.curve.minimiser
        near, far = (low, high) if w <= best else (high, low)
        moving = VGroup(self.data_plot.squares, self.data_plot.line, self.readouts, self.bowl.bar)
        moving.add(self.bowl.line, self.bowl.point)

        def show(at: float) -> None:
            self._show_at(at, min(w, at), max(w, at))

        def back(at: float) -> None:
            self._show_at(at, min(near, at), max(near, at, w))

        self.take(1.0, Drive(moving, show, w, near, rate_func=smooth))
        self.take(4.5, Drive(moving, back, near, far, rate_func=smooth))
        self.take(2.0, Drive(moving, lambda at: self._show_at(at, low, high), far, best))

    def _show_at(self, w: float, low: float, high: float) -> None:
        """Show everything that follows w, and the parabola where w has been: on [low, high]."""
        self.data_plot.show(w, 1.0)
        self.bowl.show(w, low, high)
        self.readouts.write(*self._numbers(w))

"""The film `compare`: batch descent and SGD on one parabola, measured on three axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from manim import VGroup, VMobject, smooth

from gdcore.least_squares import LeastSquares
from scenes.films.compare.captions import AXES, Facts
from scenes.films.compare.log_chart import LogChart
from scenes.films.compare.plan import FILM, PAUSE, RUN
from scenes.films.compare.runner import Runner, part_values, place_tags
from scenes.films.compare.tally import Tally, least_width
from scenes.stage.descent.hill import goal_mark
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.visible_range import cost_axis, walk_range
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate, set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.band_note import ROW, band_titles, note
from scenes.stage.plots.plot import Axis, Plot

FEW = 6  # updates of the first epoch that are shown one by one
DIM = 0.3  # opacity of the charts that the caption is not about
HEADROOM = 0.15  # share of the parabola's plot for the points' names
HIGHEST = 300.0  # decades that a chart goes up to at most
BEYOND = 1.4  # length of the axes, in counts of the later arrival


class Compare(FilmScene):
    """The same race, counted in epochs, in updates, in sample gradients."""

    film = FILM

    def prepare(self) -> None:
        """Both descents, the parabola, the table, the three charts."""
        facts: Facts = self.facts
        self.made = {name: course.trace for name, course in facts.courses.items()}
        self.near, self.ends = facts.near, facts.ends
        self.curve = cost_curve(LeastSquares(self.lesson.data))
        self.per_epoch = self.made["sgd"].updates_per_epoch
        self._lay_out()
        if self.paged and self._bands():  # the table leaves no room for a note
            self._lay_out(self._bands())
        self._make_tally()
        runners = self.runners
        self.place(self.plot, self.goal, self.line, self.tally, *self.charts.values())
        self.place(self.condition)
        for part in ("marks", "series", "walker", "tag"):
            self.place(*(getattr(runner, part) for runner in runners))
        self.show(0.0, 0.0)

    def _lay_out(self, noted: Sequence[str] = ()) -> None:
        """Parabola, runners and charts; ``noted``: axes with a note under their chart's title."""
        self._regions(0.4 if noted else 0.34)
        self._make_plot()
        self._make_runners()
        self._make_charts(noted)

    def _regions(self, share: float) -> None:
        """The parabola above, the table beside it (or beneath), the charts at the bottom.

        ``share``: of the height, for charts beneath the table.
        """
        layout = self.layout
        self.paged = layout.portrait  # no room for charts side by side
        body = layout.body
        if self.paged:
            top, table, below = body.rows(0.67 - share, 0.33, share, gap=0.2)
            self.boxes = [below] * 3
        else:
            upper, below = body.rows(0.5, 0.5, gap=0.2)
            room = least_width(2, self._rows(), self._widest(), layout.scale) / (upper.width - 0.5)
            part = min(max(0.44, room), 0.66)
            top, table = upper.columns(1 - part, part, gap=0.5)
            self.boxes = below.columns(1, 1, 1, gap=0.35)
        self.plot_box, self.table_box = top, table

    def _make_plot(self) -> None:
        theme, scale, curve = self.theme, self.layout.scale, self.curve
        ends = [walk_range(curve, trace.w) for trace in self.made.values()]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        y = cost_axis(curve, low, high, "J", theme.cost)
        y = replace(y, high=y.high + HEADROOM * (y.high - y.low))
        self.plot = Plot(self.plot_box, Axis(low, high, "w", None, theme.point), y, theme, scale)
        self.line = VMobject(color=theme.cost, stroke_width=5)
        self.line.points = curve.curve(self.plot)
        # The minimum's name stands high up, since the points come with their names below it.
        rise, text = 0.74 * self.plot.inner.height, f"w* = {short(curve.minimiser, 5)}"
        self.goal = goal_mark(self.plot, curve, rise, [text], scale)
        if self.plot.inner.width < 24 * scale.label or self.paged:
            self.goal = VGroup(self.goal[0])

    def _make_runners(self) -> None:
        radius = 0.42 * self.layout.scale.label
        looks = {"batch": (self.theme.cost, 1.25), "sgd": (self.theme.loss, 0.85)}
        self.runners = [
            Runner(
                self.made[name],
                self.text(name),
                color,
                self.curve,
                self.plot,
                size * radius,
                self.facts.courses[name].ran_off,
            )
            for name, (color, size) in looks.items()
        ]
        self.batch, self.sgd = self.runners

    def _make_tally(self) -> None:
        theme, scale = self.theme, self.layout.scale
        heads = [(runner.name, runner.color) for runner in self.runners]
        table, notes = self.table_box, VGroup()
        if self._bands() and not self.paged:
            row = table.inset(top=table.height - ROW * scale.label)
            notes.add(self._band_note(row))
            table = table.inset(bottom=row.height + 0.6 * scale.label)
        self.tally = Tally(heads, self._rows(), self._widest(), table, theme, scale)
        self.tally.add(notes)
        source = f"abs(w - w^*) <= {maths(short(self.near))}"
        condition = formula(source, scale.label, theme.good)
        corner = self.tally.corner
        condition.move_to(point(corner.left + condition.width / 2, corner.center[1]))
        # If it has no room, the caption is enough.
        self.condition = VGroup(*([condition] if condition.width <= corner.width else []))

    def _rows(self) -> list[list[str]]:
        """The names of the table's rows, each with shorter ones."""
        return [
            [self.text("epochs"), self.text("epochs-short")],
            [self.text("updates"), self.text("updates-short")],
            [self.text("gradients"), self.text("gradients-short"), self.text("gradients-least")],
        ]

    def _widest(self) -> str:
        """The largest count of the table."""
        return str(self.lesson.epochs * self.lesson.data.n)

    def _make_charts(self, noted: Sequence[str]) -> None:
        theme, scale = self.theme, self.layout.scale
        half = self.curve.curvature / 2
        starts = [half * (float(r.trace.w[0]) - self.curve.minimiser) ** 2 for r in self.runners]
        level = half * self.near**2
        top = max([*starts, 1e3 * level])
        ran_off = [course.ran_off for course in self.facts.courses.values()]
        if all(ran_off):  # nothing else is to be seen: as far up as they go
            top = 10.0 ** min(max(float(r.excess.max()) for r in self.runners), HIGHEST)
        elif any(ran_off):
            top *= 1e3
        exact = self.lesson.data.exact
        what = self.text("cost") if exact else "J − J*"  # above its minimum, for the logarithm
        titles = {axis: self.text(f"{axis}-chart", what=what) for axis in AXES}
        if any(self.label(title).width > self.boxes[0].width for title in titles.values()):
            titles = {axis: self.text(f"{axis}-chart-short") for axis in AXES}
        self.charts: dict[str, LogChart] = {}
        for axis, box in zip(AXES, self.boxes, strict=True):
            head = box.inset(top=1.7 * scale.label)
            area = head.inset(top=ROW * scale.label if axis in noted else 0.0)
            chart = LogChart(area, self._last(axis), top, level, theme, scale)
            chart.add(self.title_of(box, titles[axis]))
            if axis in noted:
                chart.add(self._band_note(head))
            self.charts[axis] = chart
        for runner, name, width in zip(self.runners, self.made, (6.0, 2.5), strict=True):
            runner.draw_in(self.charts, width, self.ends[name].updates)
        self.parts: dict[str, list[VMobject]] = {
            axis: [chart, *(runner.series[k] for runner in self.runners)]
            for k, (axis, chart) in enumerate(self.charts.items())
        }
        self.light = dict.fromkeys(AXES, 0.0)

    def _bands(self) -> list[str]:
        """The axes of the charts with a crowded curve."""
        drawn = zip(AXES, self.batch.series, self.sgd.series, strict=True)
        return [axis for axis, *curves in drawn if any(curve.crowded for curve in curves)]

    def _band_note(self, box: Box) -> Label:
        text = self.title_of(box, *band_titles(self.words, self.sgd.name)).text
        return note(text, self.sgd.color, box, self.layout.scale.label)

    def _last(self, axis: str) -> int:
        """Where an axis ends: with the last count, or some way beyond the later arrival."""
        budget = int(max(runner.counts[axis][-1] for runner in self.runners))
        arrivals = [end.count(axis) for end in self.ends.values()]
        known = [count for count in arrivals if count]
        if len(known) < len(arrivals):
            return max(budget, 1)
        return min(max(budget, 1), max(4, round(BEYOND * max(known))))

    def show(self, batch: float, sgd: float) -> None:
        """Show the race, batch and SGD each at its own fractional update."""
        for runner, t in zip(self.runners, (batch, sgd), strict=True):
            runner.reach(t)
        part_values(self.batch, self.sgd)
        if not self.paged:
            place_tags(self.batch, self.sgd)
        counts = zip(self.batch.counted(batch), self.sgd.counted(sgd), strict=True)
        for row, pair in enumerate(counts):
            self.tally.write(row, *map(str, pair))

    def start(self) -> None:
        """One parabola, one start, two descents."""
        self.take(0.5, Reveal(self.plot, self.goal))
        self.take(0.8, Reveal(self.line))
        self.say("start")
        for runner in self.runners:
            walker = runner.walker
            self.take(0.5, Reveal(walker, runner.tag))
        self.take(0.5, Reveal(self.tally))
        self.take(0.6, self._light(*(AXES[:1] if self.paged else AXES)))

    def race(self) -> None:
        """The first epoch step by step, then all of them."""
        self.say("race")
        moving = VGroup(self.tally, *(part for parts in self.parts.values() for part in parts))
        for runner in self.runners:
            moving.add(runner.walker, runner.tag)
        steps = [1.0] * self.per_epoch if self.per_epoch <= FEW else [float(self.per_epoch)]
        done = 0.0
        for step in steps:
            walk = Drive(moving, lambda t: self.show(0.0, t), done, done + step, rate_func=smooth)
            self.take(2.7 / len(steps), walk)
            done += step
        last = self.per_epoch
        self.take(0.9, Drive(moving, lambda t: self.show(t, last), 0.0, 1.0, rate_func=smooth))
        epochs = self.lesson.epochs
        if epochs > 1:
            self.hold(PAUSE)
            rate = accelerate(epochs - 1, 5)
            show = self._at_epoch
            self.take(RUN, Drive(moving, show, 1.0, float(epochs), rate_func=rate))

    def _at_epoch(self, t: float) -> None:
        self.show(t, t * self.per_epoch)

    def _light(self, *axes: str) -> Drive:
        """Highlight the charts of ``axes``; the others become dim, or vanish if only one fits."""
        low = 0.0 if self.paged else DIM
        start = dict(self.light)
        stop = {axis: 1.0 if axis in axes else low for axis in AXES}
        self.light = stop

        def show(amount: float) -> None:
            for axis, parts in self.parts.items():
                for part in parts:
                    set_visible(part, start[axis] + amount * (stop[axis] - start[axis]))

        return Drive(VGroup(*(part for parts in self.parts.values() for part in parts)), show)

    def epochs(self) -> None:
        """Counted in epochs: how often all data were used."""
        self.take(0.5, Conceal(*self.tally.cells), Reveal(self.condition))
        self._arrive("epochs")

    def updates(self) -> None:
        """Counted in updates: how often w changed."""
        self._arrive("updates")

    def gradients(self) -> None:
        """Counted in sample gradients: how much was computed. Then the conclusion."""
        self._arrive("gradients")
        self.hold(2.4)
        back = [] if self.paged else [self._light(*AXES)]
        self.say("result")
        if back:
            self.take(0.6, *back)

    def _arrive(self, axis: str) -> None:
        """Say and mark when each came within the tolerance, in one of the three counts."""
        row, never = AXES.index(axis), self.text("never")
        counts = {name: end.count(axis) for name, end in self.ends.items()}
        missing = {name: never for name, count in counts.items() if count is None}
        self.take(0.6, self._light(axis))
        self.say(f"{axis}-counted", **(missing if len(missing) < len(counts) else {}))
        cells = ["−" if count is None else str(count) for count in counts.values()]
        self.tally.write(row, *cells)
        marks = [runner.marks[row] for runner in self.runners]
        self.take(0.6, Reveal(*marks, self.tally.cells[row]))
        self.parts[axis] += marks

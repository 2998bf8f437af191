"""The chart of the race: both curves, what is written at them, and the axis that changes."""

from __future__ import annotations

from manim import RIGHT, VGroup, VMobject

from scenes.films.compare.captions import AXES, NAMES, Facts
from scenes.films.compare.finish_name import beside_line
from scenes.films.compare.runner import Runner
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.log_chart import LogChart
from scenes.stage.plots.shapes import dashes, separate

HIGHEST = 300.0  # decades that the chart goes up to at most
_KEY = 2.0  # capitals: a piece of the dashed line before its meaning, if that is far from it
BEYOND = 1.4  # length of the axes, in counts of the later arrival
_WIDTHS = 6.0, 3.5  # of the curves: both are seen where one lies on the other


class RaceChart:
    """``plot``, ``lasts`` (where each axis ends), ``cursor``, ``condition`` and ``note``."""

    def __init__(
        self, facts: Facts, runners: list[Runner], names: list[str], notes: list[str], box: Box
    ) -> None:
        """``names`` of the axes; ``notes`` on a crowded curve, the longest first."""
        self.facts, self.runners, self.box = facts, runners, box
        hill = runners[0].plot
        self.theme, self.scale = hill.theme, hill.scale_
        self.lasts = {axis: self._last(axis) for axis in AXES}
        self.plot = self._make_plot(names)
        for runner, name, width in zip(runners, NAMES, _WIDTHS, strict=True):
            runner.draw_in(self.plot, self.lasts, width, facts.ends[name].updates)
        self.cursor = VMobject(color=self.theme.muted, stroke_width=2)
        crowded = [runner for runner in runners if runner.series.crowded]
        self.note = VGroup(*(self._band_note(runner, notes) for runner in crowded[:1]))
        self.condition = self._condition()

    def _last(self, axis: str) -> int:
        """Where an axis ends: with the last count, or some way beyond the later arrival."""
        budget = int(max(runner.counts[axis][-1] for runner in self.runners))
        arrivals = [end.count(axis) for end in self.facts.ends.values()]
        known = [count for count in arrivals if count]
        if len(known) < len(arrivals):
            return max(budget, 1)
        return min(max(budget, 1), max(4, round(BEYOND * max(known))))

    def _make_plot(self, names: list[str]) -> LogChart:
        theme, cap, curve = self.theme, self.scale.label, self.runners[0].curve
        half = curve.curvature / 2
        starts = [half * (float(r.trace.w[0]) - curve.minimiser) ** 2 for r in self.runners]
        level = half * self.facts.near**2
        top = max([*starts, 1e3 * level])
        ran_off = [course.ran_off for course in self.facts.courses.values()]
        if all(ran_off):  # nothing else is to be seen: as far up as they go
            top = 10.0 ** min(max(float(r.excess.max()) for r in self.runners), HIGHEST)
        elif any(ran_off):
            top *= 1e3
        labels = [Label(name, cap, theme.muted) for name in names]
        # Of noisy data the cost above its minimum, for the logarithm.
        height = formula("J" if self.facts.lesson.data.exact else "J - J^*", cap, theme.cost)
        first = self.lasts["epochs"]
        return LogChart(self.box, first, top, level, labels, height, theme, self.scale)

    @property
    def _row(self) -> float:
        """The height of the name of J, above the plotting area."""
        return self.box.top - 0.8 * self.scale.small

    def _condition(self) -> VMobject:
        """What the dashed line means: on the line; if there is no room, at the chart's top."""
        cap, plot, inner = self.scale.label, self.plot, self.plot.inner
        made = formula(f"abs(w - w^*) = {maths(short(self.facts.near))}", cap, self.theme.good)
        size = made.width, made.height
        place = beside_line(plot, self.runners, self.lasts, plot.level, *size)
        if place is not None:
            return made.move_to(place)
        y = inner.top - made.height / 2 - 0.3 * cap if len(self.note) else self._row
        made.move_to(point(inner.right - made.width / 2, y))
        key = point(float(made.get_left()[0]) - 0.4 * cap, y)
        return VGroup(dashes(key - point(_KEY * cap, 0), key, self.theme.good), made)

    def _band_note(self, runner: Runner, notes: list[str]) -> Label:
        """What a crowded curve is, in the row of the name of J."""
        cap = self.scale.label
        room = self.box.right - float(self.plot.name_of_y.get_right()[0]) - cap
        made = [Label(text, cap, runner.color) for text in notes]
        note = next((label for label in made if label.width <= room), made[-1])
        return note.put(point(self.box.right, self._row), RIGHT)

    def stretch(self, start: str, stop: str, amount: float) -> None:
        """Show the axis and the curves on the way from one count to another, by even factors."""
        self.plot.aim(self.lasts[start] ** (1 - amount) * self.lasts[stop] ** amount)
        for runner in self.runners:
            runner.morph(start, stop, amount)

    def parted(self) -> tuple[VGroup, VGroup]:
        """What is drawn in the chart, and what is written there; a band goes with its name."""
        plot, marks = self.plot, [runner.mark for runner in self.runners]
        drawn = [plot.grid, plot.axes, plot.finish]
        drawn += [runner.series for runner in self.runners if not runner.series.crowded]
        drawn += [part for mark in marks for part in (mark.line, mark.dot)]
        written = [plot.numbers, plot.names, self.note, self.condition]
        written += [runner.series for runner in self.runners if runner.series.crowded]
        return VGroup(*drawn), VGroup(*written, *(mark.number for mark in marks))

    def point_at(self, count: float) -> None:
        """Put the cursor at this count."""
        low, high = (self.plot.at(count, y) for y in (self.plot.y.low, self.plot.y.high))
        self.cursor.points = separate(low[None], high[None])

"""The picture of what a program's statements do: data with a line, a point on its curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from manim import Animation, VGroup, VMobject, smooth

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.code.program_run import PREDICTED
from scenes.stage.descent.hill import Hill
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.descent.walker import Walker, between
from scenes.stage.page.layout import Box, Point, Scale
from scenes.stage.page.motion import Conceal, Drive, Reveal
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.shapes import discs, polyline

_ROOM = 6.0  # heights of a capital; the minimum is named only in a plot of at least this height


class ProgramPicture:
    """The data plot and the parabola(s) of a trace, with one method for each statement.

    ``samples`` (the data plot), ``ring`` around the sample looked at, ``mark`` (the prediction for
    it, with ``gap``, the residual), ``still`` and ``moving`` (the parabolas' parts).
    """

    def __init__(
        self,
        trace: Trace,
        left: Box,
        right: Box,
        theme: Theme,
        scale: Scale,
        words: Mapping[str, str],
    ) -> None:
        """``left`` holds the data plot, ``right`` the parabolas."""
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.theme, self.w = trace, theme, trace.w
        self.data = trace.objective.data
        self.field: Parabolas | Hill
        if trace.order == "batch":
            self.field = Hill(trace, right, theme, scale)
        else:
            self.field = Parabolas(trace, right, theme, scale, words)
        x = self.field.plot.x
        slopes = [float(np.clip(w, x.low, x.high)) for w in (self.w[0], self.w[-1])]
        self.samples = SamplePlot(self.data, slopes, left, theme, scale)
        seen = self.samples.x.low <= PREDICTED <= self.samples.x.high
        self.samples.query = PREDICTED if seen else float("nan")
        self.samples.turn(slopes[0])
        self.ring = VMobject(stroke_width=4, fill_opacity=0)
        self.gap = VMobject(stroke_width=5, fill_opacity=0)
        self.mark = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.still, self.curves, self.extras = self._parts()
        self.height = self.cost(float(self.w[0]))

    def _parts(self) -> tuple[VGroup, VGroup, VGroup]:
        field = self.field
        if isinstance(field, Hill):
            tall = field.plot.inner.height > _ROOM * field.scale.label
            goal = [field.goal] if tall else []  # in a low plot the name would cover the curve
            return VGroup(field.plot, field.name, *goal), VGroup(field.line), VGroup()
        still = VGroup(field.plot, field.names)
        return still, VGroup(field.lines, field.cost_line), VGroup(field.active, field.dots)

    @property
    def plot(self) -> Plot:
        """The plot of the parabola(s)."""
        return self.field.plot

    @property
    def walker(self) -> Walker:
        """The point on the parabola(s)."""
        return self.field.walker

    @property
    def cost(self) -> Quadratic:
        """J."""
        return self.field.curve if isinstance(self.field, Hill) else self.field.cost

    def act(
        self, part: str, k: int, index: int | None, values: Mapping[str, float]
    ) -> list[Animation]:
        """Animations of statement ``part``, before or at update ``k``; ``index``: its sample."""
        walker, samples, stale = self.walker, self.samples, Conceal(self.gap, self.mark)
        match part:
            case "data":
                return [Reveal(samples.dots)]
            case "start":
                # If the point leaves the plot, its w can be read in the code: no value at the edge.
                point = [walker.halo, walker.point, walker.path, walker.edge]
                return [Reveal(samples.line, *self.still[1:], self.curves, *point)]
            case "before" | "after":
                return [Reveal(samples.ring)]
            case "sample":
                return [stale, Conceal(self.ring)] if index is None else self._look(k, index)
            case "predict" if index is not None:
                self.predict(index, values["w"])
                return [Reveal(self.gap, self.mark)]
            case "update":
                walker.hide_tangent()
                walker.hide_step()
                return [stale, Drive(VGroup(walker, samples.live), self.move(k), rate_func=smooth)]
        if part == ("mean-gradient" if isinstance(self.field, Hill) else "gradient"):
            self.lean(k)
            grow = Drive(VGroup(walker.shaft, walker.head), self.step(k), rate_func=smooth)
            return [Reveal(walker.tangent, walker.shaft, walker.head), grow]
        return []

    def place_of(self, part: str, index: int | None, values: Mapping[str, float]) -> Point | None:
        """Where in the picture the value of a statement is seen; None if that is outside."""
        if part == "predict":
            if index is None:
                return None
            x, p = float(self.data.x[index]), float(values["p"])
            return self.samples.at(x, p) if self.samples.contains(x, p) else None
        point = self.walker.point
        return np.array(point.get_center()) if len(point.points) else None

    def step(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that grows the arrow −lr·grad of update ``k`` from the point."""
        w, to = float(self.w[k]), float(self.w[k + 1])
        height = self.looked_at(k)(w)
        return lambda amount: self.walker.reach(w, height, w + amount * (to - w))

    def _look(self, k: int, index: int) -> list[Animation]:
        """The sample lights up; in SGD also its parabola, and the point hops onto it."""
        self.circle(index)
        shown: list[Animation] = [Conceal(self.gap, self.mark)] if index else []
        if isinstance(self.field, Hill):
            return [*shown, Reveal(self.ring)]
        self.field.light(k)
        hop = Drive(self.walker, self.hop(k), rate_func=smooth)
        return [*shown, Reveal(self.ring, self.field.active), hop]

    def show(self, t: float) -> None:
        """Show the point on J, and the line, at the fractional update ``t``."""
        w = between(self.w, t)
        self.samples.turn(w)
        if isinstance(self.field, Hill):
            self.field.show(t)
            return
        self.walker.stand(w, self.cost(w))
        self.field.mark_dots(w)

    def circle(self, index: int) -> None:
        """Put a ring around sample ``index``."""
        plot = self.samples
        self.ring.set_stroke(color=self.theme.sample(index))
        at = plot.map(self.data.x[index : index + 1], self.data.y[index : index + 1])
        self.ring.points = discs(at, 2.0 * plot.size)

    def predict(self, index: int, w: float) -> None:
        """Show the prediction for sample ``index`` on the line, and its residual."""
        x, y, plot = float(self.data.x[index]), float(self.data.y[index]), self.samples
        seen = plot.contains(x, w * x)
        self.mark.points = discs(plot.map(np.array([x]), np.array([w * x])), 0.8 * plot.size)
        self.gap.set_stroke(color=self.theme.sample(index))
        low, high = plot.y.low, plot.y.high
        ends = np.array([y, min(max(w * x, low), high)])
        self.gap.points = polyline(plot.map(np.array([x, x]), ends))
        if not seen:
            self.mark.points = np.zeros((0, 3))

    def hop(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that takes the point onto the curve that update ``k`` looks at."""
        field, w, start = self.field, float(self.w[k]), self.height
        if isinstance(field, Hill):
            return lambda amount: None
        stop = field.curve(k)(w)
        return lambda amount: self.walker.stand(w, start + amount * (stop - start))

    def lean(self, k: int) -> None:
        """Show the tangent; its slope is the gradient of update ``k``."""
        w, curve = float(self.w[k]), self.looked_at(k)
        self.walker.lean(w, curve, 1.0 * self.plot.inner.width)

    def looked_at(self, k: int) -> Quadratic:
        """The curve that update ``k`` goes down: J, or its sample's loss."""
        return self.field.curve if isinstance(self.field, Hill) else self.field.curve(k)

    def move(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that makes update ``k``: the point moves, the line turns."""
        field = self.field
        curve = field.curve if isinstance(field, Hill) else field.curve(k)

        def show(amount: float) -> None:
            w = between(self.w, k + amount)
            self.height = curve(w)
            self.walker.stand(w, self.height)
            self.samples.turn(w)
            if isinstance(field, Hill):
                self.walker.pass_beads(k + amount)

        return show

    def settle(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that takes the point from where it is onto J, after ``k`` updates."""
        w, start = float(self.w[k]), self.height
        stop = self.cost(w)
        if not isinstance(self.field, Hill):
            self.field.mark_dots(w)
        return lambda amount: self.walker.stand(w, start + amount * (stop - start))

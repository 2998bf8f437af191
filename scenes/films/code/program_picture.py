"""The picture of what a program's statements do: data with a line, a point on its curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from manim import Animation, VGroup, VMobject, smooth

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.code.cost_views import BatchView, SampleView
from scenes.films.code.program_run import PREDICTED
from scenes.stage.descent.walker import between
from scenes.stage.page.layout import Box, Point, Scale
from scenes.stage.page.motion import Conceal, Drive, Reveal
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.shapes import discs, polyline


class ProgramPicture:
    """The data plot and the parabola(s) of a trace, with one method for each statement.

    ``samples`` (the data plot), ``ring`` around the sample looked at, ``mark`` (the prediction for
    it, with ``gap``, the residual), ``view`` (the cost, with the ``walker`` on it).
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
        view = BatchView if trace.order == "batch" else SampleView
        self.view = view(trace, right, theme, scale, words)
        self.plot, self.walker, self.cost = self.view.plot, self.view.walker, self.view.cost
        x = self.plot.x
        slopes = [float(np.clip(w, x.low, x.high)) for w in (self.w[0], self.w[-1])]
        self.samples = SamplePlot(self.data, slopes, left, theme, scale)
        seen = self.samples.x.low <= PREDICTED <= self.samples.x.high
        self.samples.query = PREDICTED if seen else float("nan")
        self.samples.turn(slopes[0])
        self.ring = VMobject(stroke_width=4, fill_opacity=0)
        self.gap = VMobject(stroke_width=5, fill_opacity=0)
        self.mark = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.height = self.cost(float(self.w[0]))
        self.close = False  # whether the view is

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
                return [Reveal(samples.line, *self.view.still[1:], self.view.curves, *point)]
            case "before":
                return [Reveal(samples.ring)]
            case "epoch":
                return self.zoom(k, close=True)
            case "sample":
                return [stale, Conceal(self.ring)] if index is None else self._look(k, index)
            case "predict" if index is not None:
                self.predict(index, values["w"])
                return [Reveal(self.gap, self.mark)]
            case "update":
                walker.hide_tangent()
                walker.hide_step()
                return [stale, Drive(VGroup(walker, samples.live), self.move(k), rate_func=smooth)]
        if part == self.view.step:
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
        height = self.view.curve(k)(w)
        return lambda amount: self.walker.reach(w, height, w + amount * (to - w))

    def _look(self, k: int, index: int) -> list[Animation]:
        """The sample lights up; in SGD also its parabola, and the point hops onto it."""
        self.circle(index)
        shown: list[Animation] = [Conceal(self.gap, self.mark)] if index else []
        lit = self.view.light(k)
        if not len(lit):
            return [*shown, Reveal(self.ring)]
        stop = self.view.curve(k)(float(self.w[k]))
        return [*shown, Reveal(self.ring, *lit), Drive(self.walker, self.hop(k, stop))]

    def zoom(self, k: int, close: bool) -> list[Animation]:
        """Go close to the first updates, where their steps are large, or back; not twice."""
        if close == self.close or not self.view.dives:
            return []
        self.close = close
        go, w = self.view.zoom(close), float(self.w[k])

        def show(amount: float) -> None:
            go(amount)
            self.view.show(k, w, self.height)

        moved = VGroup(*self.view.still, *self.view.curves, self.view.extras, self.walker)
        return [Drive(moved, show, rate_func=smooth)]

    def show(self, t: float) -> None:
        """Show the point on J, and the line, at the fractional update ``t``."""
        w = between(self.w, t)
        self.height = self.cost(w)
        self.samples.turn(w)
        self.view.show(t, w, self.height)

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

    def hop(self, k: int, stop: float) -> Callable[[float], None]:
        """A function of 0…1 that moves the point to the height ``stop``, before update ``k``."""
        w, start = float(self.w[k]), self.height

        def show(amount: float) -> None:
            self.height = start + amount * (stop - start)
            self.view.show(k, w, self.height)

        return show

    def lean(self, k: int) -> None:
        """Show the tangent; its slope is the gradient of update ``k``."""
        self.walker.lean(float(self.w[k]), self.view.curve(k), 1.0 * self.plot.inner.width)

    def move(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that makes update ``k``: the point moves, the line turns."""
        curve = self.view.curve(k)

        def show(amount: float) -> None:
            w = between(self.w, k + amount)
            self.height = curve(w)
            self.view.show(k + amount, w, self.height)
            self.samples.turn(w)

        return show

    def settle(self, k: int) -> Callable[[float], None]:
        """A function of 0…1 that takes the point onto J, after ``k`` updates."""
        return self.hop(k, self.cost(float(self.w[k])))

"""The zig-zag of SGD: from parabola to parabola at one w, then along each of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.stage.descent.parabola import Quadratic, cost_curve
from scenes.stage.descent.seen_curve import seen_curve
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Points = npt.NDArray[np.float64]

HOP = 0.4
"""The share of an update's time in which the point hops; in the rest it slides."""
_MOST = 120  # updates at most whose path stays
_DASH = 0.14  # units


class HopPath(VGroup):
    """``slides`` and ``hops`` of the first updates of a trace, drawn by :meth:`reach`.

    A time t is an update's number and a share of it: first the point hops onto the curve that the
    update looks at, then it slides to its next w.
    """

    def __init__(self, trace: Trace, plot: Plot, most: int = _MOST) -> None:
        """``most``: so many updates at most leave a path."""
        super().__init__()
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.plot = trace, plot
        self._cost = cost_curve(trace.objective)
        self.count = min(trace.updates, most)
        self._curves: dict[int, Quadratic] = {}
        color = plot.theme.path
        self.slides = VMobject(color=color, stroke_width=6, fill_opacity=0)
        self.hops = VMobject(color=color, stroke_width=2.5, fill_opacity=0)
        self.add(self.hops, self.slides)
        self.t = 0.0
        self.lay()

    def curve(self, k: int) -> Quadratic:
        """What update ``k`` looks at."""
        if k not in self._curves:
            self._curves[k] = seen_curve(self.trace, k)
        return self._curves[k]

    def phase(self, t: float) -> tuple[int, float, float]:
        """The update at ``t``, and how much of its hop and of its slide is done."""
        k = min(int(t + 1e-9), self.trace.updates - 1)
        part = min(max(t - k, 0.0), 1.0)
        return k, min(part / HOP, 1.0), max((part - HOP) / (1 - HOP), 0.0)

    def w(self, t: float) -> float:
        """The weight at ``t``."""
        k, _, slid = self.phase(t)
        start, stop = float(self.trace.w[k]), float(self.trace.w[k + 1])
        return stop if slid == 1.0 else start + slid * (stop - start)

    def place(self, t: float) -> tuple[float, float]:
        """The point (w, loss) at ``t``: on the way between two curves, or on one of them."""
        k, hopped, slid = self.phase(t)
        w = self.w(t)
        there = self.curve(k)(w)
        if slid > 0 or hopped == 1.0:
            return w, there
        start = self._before(k)(w)
        return w, start + hopped * (there - start)

    def _before(self, k: int) -> Quadratic:
        """The curve on which the point stands before update ``k``."""
        return self.curve(k - 1) if k else self._cost

    def lay(self) -> None:
        """Find the path anew, for the plot's present box and ranges."""
        slides, hops = [np.zeros((0, 3))], [np.zeros((0, 3))]
        for k in range(self.count):
            w = float(self.trace.w[k])
            slides.append(self._slide(k, float(self.trace.w[k + 1])))
            hops.append(self._dashes(w, self._before(k)(w), self.curve(k)(w)))
        self._slides, self._hops = np.concatenate(slides), np.concatenate(hops)
        self._slid = np.cumsum([len(part) for part in slides])
        self._hopped = np.cumsum([len(part) for part in hops])
        self.reach(self.t)

    def reach(self, t: float) -> None:
        """Draw the path up to ``t``."""
        self.t = t
        k, hopped, slid = self.phase(t)
        whole = min(k, self.count)
        slides, hops = self._slides[: self._slid[whole]], self._hops[: self._hopped[whole]]
        if k < self.count:
            w, height = self.place(t)
            if slid > 0:
                slides = np.concatenate([slides, self._slide(k, w)])
                hops = self._hops[: self._hopped[whole + 1]]
            elif hopped > 0:
                hops = np.concatenate([hops, self._dashes(w, self._before(k)(w), height)])
        self.slides.points, self.hops.points = slides, hops

    def _slide(self, k: int, to: float) -> Points:
        start = float(self.trace.w[k])
        return self.curve(k).curve(self.plot, min(start, to), max(start, to))

    def _dashes(self, w: float, start: float, stop: float) -> Points:
        x, y = self.plot.x, self.plot.y
        if not x.low <= w <= x.high:
            return np.zeros((0, 3))
        a, b = (self.plot.at(w, min(max(value, y.low), y.high)) for value in (start, stop))
        count = int(abs(b[1] - a[1]) / _DASH)
        if not count:
            return np.zeros((0, 3))
        shares = np.linspace(0, 1, 2 * count + 1)
        places = a + shares[:, None] * (b - a)
        return separate(places[:-1:2], places[1::2])

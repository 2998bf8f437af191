"""Where a quadratic cost of two weights has one value, within any window: exact at any zoom."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from scenes.stage.page.layout import Box
from scenes.stage.plots.plot import Axis, Charted
from scenes.stage.plots.shapes import closed_around

Values = npt.NDArray[np.float64]

_CORNERS = 96  # of a curve within the window


@dataclass(frozen=True)
class Pane(Charted):
    """A part of the plane that is no plot."""

    inner: Box
    x: Axis
    y: Axis


class Conics:
    """The contours of a cost around its minimum ``goal`` (2,), one of several perhaps.

    With the mean m and the deviation s of the inputs J − J* = (s·u)² + (v + m·u)² at (u, v) from
    the minimum. The contour of J* + r² is the ellipse u = r·cos f/s, v = r·(sin f − m·cos f/s); if
    all inputs are equal, it is two straight lines. r is its ``radius``.
    """

    def __init__(self, goal: Values, mean: float, spread: float, least: float = 0.0) -> None:
        """``mean`` and ``spread`` (the deviation) of the inputs; ``least`` is J*."""
        self.goal, self.least = np.array(goal, dtype=float), least
        self._mean, self._spread, self._round = mean, spread, spread > 0

    @classmethod
    def of(cls, objective: LeastSquares, goal: Values) -> Conics:
        """The contours of ``objective``."""
        x = objective.data.x
        made = cls(goal, float(x.mean()), float(x.std()), objective.cost(np.array(goal)))
        made._round &= bool(np.isfinite(objective.minimiser()).all())
        return made

    def radii(self, places: Values) -> Values:
        """The radii of the contours through ``places`` (n, 2)."""
        u, v = (places - self.goal).T
        found: Values = np.hypot(self._spread * u, v + self._mean * u)
        return found

    def radius(self, level: float) -> float:
        """The radius of the contour of the cost ``level``."""
        return math.sqrt(max(level - self.least, 0.0))

    def along(self, start: Values, reach: float) -> Callable[[float], Values]:
        """Places (2,) on the contour through ``start`` for 0…1: about ``reach`` away and back.

        It leaves towards the side that is nearer to the minimum.
        """
        u, v = (start - self.goal).tolist()
        if not self._round:
            way = np.array([1.0, -self._mean]) * reach / math.hypot(1.0, self._mean)
            return lambda t: start + math.sin(math.pi * t) * way
        tilt, radius = self._mean / self._spread, float(self.radii(start[None])[0])
        begin = math.atan2(v + self._mean * u, self._spread * u)

        def place(angle: float) -> Values:
            one, other = radius * math.cos(angle), radius * math.sin(angle)
            found: Values = self.goal + np.array([one / self._spread, other - tilt * one])
            return found

        step = 1e-4
        speed = float(np.hypot(*(place(begin + step) - start))) / step
        most = min(reach / speed, math.pi) if speed > 0 else 0.0
        ends = [float(np.hypot(*(place(begin + side * most) - self.goal))) for side in (1, -1)]
        most = most if ends[0] <= ends[1] else -most
        return lambda t: place(begin + most * math.sin(math.pi * t)) if 0 < t < 1 else start

    def curves(self, plot: Charted, radius: float) -> list[Values]:
        """The parts of a contour within the plot, each as corners (n, 3) of the frame."""
        if radius <= 0:
            return []
        return self._arcs(plot, radius) if self._round else self._lines(plot, radius)

    def area(self, plot: Charted, radius: float, curves: list[Values]) -> Values:
        """The corners (n, 3) of the area within the contour ``curves`` and the plot; closed.

        It is convex, so the order of the corners is that of their angles.
        """
        ws, bs = np.meshgrid([plot.x.low, plot.x.high], [plot.y.low, plot.y.high])
        places = np.stack([ws.ravel(), bs.ravel()], axis=1)
        within = places[self.radii(places) < radius]
        corners = np.concatenate([np.zeros((0, 3)), *curves, plot.map(*within.T)])
        return closed_around(corners)

    def _lines(self, plot: Charted, radius: float) -> list[Values]:
        """Two parallel lines."""
        middle = float(self._mean * self.goal[0] + self.goal[1])
        both = (line_ends(plot, self._mean, middle + shift) for shift in (radius, -radius))
        return [plot.map(*ends.T) for ends in both if len(ends)]

    def _arcs(self, plot: Charted, radius: float) -> list[Values]:
        """The arcs of an ellipse."""
        tilt = self._mean / self._spread
        # Half of its width and height, and the angles at its right end and at its top.
        size = radius * np.array([1 / self._spread, math.hypot(tilt, 1.0)])
        phase = np.array([0.0, math.atan2(1.0, -tilt)])
        cuts: list[float] = []
        for i, axis in enumerate((plot.x, plot.y)):
            for edge in (axis.low, axis.high):
                share = (edge - self.goal[i]) / size[i]
                if abs(share) < 1:
                    half = math.acos(share)
                    cuts += [phase[i] + half, phase[i] - half]

        def places(angles: Values) -> Values:
            found: Values = self.goal + size * np.cos(angles[:, None] - phase)
            return found

        def inside(angle: float) -> bool:
            return plot.contains(*map(float, places(np.array([angle]))[0]))

        if not cuts:
            whole = np.linspace(0, 2 * math.pi, _CORNERS + 1)
            return [plot.map(*places(whole).T)] if inside(0.0) else []
        around = sorted(angle % (2 * math.pi) for angle in cuts)
        found = []
        for begin, end in zip(around, [*around[1:], around[0] + 2 * math.pi], strict=True):
            if inside((begin + end) / 2):
                arc = places(np.linspace(begin, end, _CORNERS))
                low, high = (plot.x.low, plot.y.low), (plot.x.high, plot.y.high)
                found.append(plot.map(*np.clip(arc, low, high).T))
        return found


def line_ends(plot: Charted, x: float, y: float) -> Values:
    """Where the line x·w + b = y enters and leaves a map of (w, b): (2, 2), or (0, 2) if never."""
    low, high = plot.x.low, plot.x.high
    if x != 0:
        bounds = sorted(((y - plot.y.high) / x, (y - plot.y.low) / x))
        low, high = max(low, bounds[0]), min(high, bounds[1])
    elif not plot.y.low <= y <= plot.y.high:
        return np.zeros((0, 2))
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return np.zeros((0, 2))
    ws = np.array([low, high])
    return np.stack([ws, np.clip(y - x * ws, plot.y.low, plot.y.high)], axis=1)

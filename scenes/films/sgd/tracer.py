"""A ring that goes over a path again, and over its chart at the same height."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.films.sgd.loss_chart import LossChart
from scenes.stage.descent.hop_path import HopPath
from scenes.stage.page.layout import Point
from scenes.stage.plots.shapes import discs, polyline

_WIDER = 1.25  # a ring, in radii of the point that it goes around


class Tracer(VGroup):
    """A ring on the parabolas, one on the chart, and the level line between them."""

    def __init__(self, path: HopPath, chart: LossChart, radius: float) -> None:
        super().__init__()
        self._path, self._chart, self._radius = path, chart, radius
        ink = path.plot.theme.ink
        self._rings = [VMobject(color=ink, stroke_width=3, fill_opacity=0) for _ in range(2)]
        self._line = VMobject(color=ink, stroke_width=1.5, fill_opacity=0)
        self.add(self._line, *self._rings)

    def reach(self, t: float) -> None:
        """Show where the descent was at ``t``, as far as the two plots show it."""
        tip: tuple[float, float] = tuple(self._chart.losses.line.at(self._level(t)).tolist())
        ends: list[Point] = []
        path, chart = self._path, self._chart
        shown = [
            (path.plot, path.place(t), self._radius),
            (chart.plot, tip, chart.losses.radius),
        ]
        for (plot, place, radius), ring in zip(shown, self._rings, strict=True):
            seen = plot.contains(*place)
            at = plot.at(*place) if seen else np.zeros(3)
            ring.points = discs(at[None], _WIDER * radius) if seen else np.zeros((0, 3))
            ends += [at] if seen else []
        self._line.points = polyline(np.array(ends)) if len(ends) > 1 else np.zeros((0, 3))

    def _level(self, t: float) -> float:
        """How far along the saw-tooth the loss is as high as on the parabola.

        A tooth falls straight from the loss before an update to that after it.
        """
        k, _, slid = self._path.phase(t)
        before, after = float(self._path.trace.loss[k]), float(self._path.trace.loss_after[k])
        if slid == 0 or before == after:
            return self._chart.index(t)
        return 2 * k + (before - self._path.place(t)[1]) / (before - after)

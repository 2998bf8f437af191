"""Two slices through the minimum: across the valley, and along it; each is a parabola."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.films.surface.lifted import Lift
from scenes.films.surface.view import View
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]

_CORNERS = 120


class Slices(VGroup):
    """``across`` and ``along``: curves that lie on the surface, and travel into a plot.

    ``curvatures`` (2,) are those of the two parabolas: J = J* + ½·curvature·d² at the distance d
    from the minimum. ``distances`` and ``costs`` (2, n) are their corners.
    """

    def __init__(self, lift: Lift, colors: tuple[str, str]) -> None:
        super().__init__()
        self.lift = lift
        values, directions = np.linalg.eigh(lift.field.objective.hessian)
        self.curvatures = np.maximum(values[::-1], 0.0)
        self.ways = directions.T[::-1]
        self.distances = np.stack([self._range(way) for way in self.ways])
        self.weights = [
            lift.field.target + d[:, None] * way
            for d, way in zip(self.distances, self.ways, strict=True)
        ]
        self.costs = np.stack([lift.field.objective.costs(each) for each in self.weights])
        self._bases = [lift.base(each) for each in self.weights]
        for color in colors:
            self.add(VMobject(color=color, stroke_width=6, fill_opacity=0))

    def _range(self, way: Values) -> Values:
        """Distances (n,) on both sides of the minimum, as far as the surface goes."""
        plot, objective, goal = self.lift.plot, self.lift.field.objective, self.lift.field.target
        least = objective.cost(goal)
        curvature = float(way @ objective.hessian @ way)
        most = np.inf
        if curvature > 1e-12 * float(np.abs(objective.hessian).max()):
            most = float(np.sqrt(2 * max(self.lift.top - least, 0.0) / curvature))
        bounds = []
        for side in (-1.0, 1.0):
            limits = [most]
            for step, place, axis in zip(side * way, goal, (plot.x, plot.y), strict=True):
                if step != 0:
                    limits.append(((axis.high if step > 0 else axis.low) - place) / step)
            bounds.append(side * max(min(limits), 0.0))
        return np.linspace(bounds[0], bounds[1], _CORNERS + 1)

    def draw(
        self, view: View, grown: tuple[float, float], plot: Plot | None, lifted: float
    ) -> None:
        """Draw them up to these shares of their lengths, from the minimum to both sides.

        ``lifted``: how far each place has travelled from the surface to its place in ``plot``.
        """
        for k, (part, base) in enumerate(zip(self, self._bases, strict=True)):
            places = view.project(base)
            if plot is not None and lifted > 0:
                goals = plot.map(self.distances[k], self.costs[k])
                places = places + lifted * (goals - places)
            middle = int(np.argmin(np.abs(self.distances[k])))
            first = round(middle * (1 - grown[k]))
            last = middle + round((len(places) - 1 - middle) * grown[k])
            part.points = polyline(places[first : last + 1])

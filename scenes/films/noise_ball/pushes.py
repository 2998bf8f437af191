"""The first updates of the film `noise-ball`: each sample pulls the point to its own minimum."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.films.noise_ball.plan import SLOW_STEPS
from scenes.stage.descent.hop_path import HopPath
from scenes.stage.descent.moving_parabolas import MovingParabolas, View, view_of
from scenes.stage.noise.confusion import region, upright
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box

_FLAT = 60.0  # the factor by which the heights grow when the parabolas are laid flat


class Pushes:
    """``field`` (the parabolas), ``path`` and ``region``, for the first updates of a trace."""

    def __init__(
        self, scene: FilmScene, trace: Trace, box: Box, close_up: tuple[float, float]
    ) -> None:
        self.view = view_of(trace, box, close_up)
        theme, scale, objective = scene.theme, scene.layout.scale, trace.objective
        assert isinstance(objective, LeastSquares)
        self.field = MovingParabolas(trace, [self.view], objective, theme, scale, scene.words)
        self.trace = trace
        self.first, self.steps = self._slow_steps()
        self.path = HopPath(trace, self.field.plot, self.first + self.steps)
        self.region = VMobject(color=theme.muted, fill_opacity=0.22, stroke_width=0)
        self.region.points = upright(self.field.plot, *region(trace))

    @property
    def curves(self) -> list[VMobject]:
        """What is laid flat."""
        field = self.field
        return [field.plot, field.lines, field.cost_line]

    def _slow_steps(self) -> tuple[int, int]:
        """The first update with w in the plot, and how many (at most a few) follow inside it."""
        x, w = self.field.plot.x, self.trace.w
        inside = (w > x.low) & (w < x.high)
        if not inside.any():
            return 0, 0
        first = int(np.argmax(inside))
        seen = inside[first + 1 : first + 1 + SLOW_STEPS]
        return first, len(seen) if seen.all() else int(np.argmin(seen))

    def minima(self) -> list[tuple[float, str]]:
        """Where the samples' parabolas are lowest, in their hues, if there are few."""
        losses, theme = self.field.losses, self.field.theme
        return [(e.minimiser, theme.sample(i)) for i, e in enumerate(losses) if e.curvature > 0]

    def stand_on_cost(self, w: float) -> None:
        """Put the point on J, and a dot on each sample's parabola."""
        self.field.walker.stand(w, self.field.cost(w))
        self.field.mark_dots(w)

    def go(self, t: float) -> None:
        """Put the point where it is at ``t`` of the hop path."""
        w, height = self.path.place(t)
        self.field.walker.stand(w, height)
        self.field.mark_dots(w)
        self.path.reach(t)

    def open(self, amount: float) -> None:
        """Open J up into the samples' parabolas, with the dots of the present w."""
        self.field.open(amount)
        self.field.mark_dots(float(self.trace.w[0]), amount)

    def flatten(self, amount: float, w: float) -> None:
        """Zoom out of the heights until only the w axis is left, with the point at ``w``."""
        view = self.view
        self.field.look(View(view.box, view.x, (view.y[0], view.y[1] * _FLAT**amount)))
        self.region.points = upright(self.field.plot, *region(self.trace))
        self.field.walker.stand(w, self.field.cost(w))

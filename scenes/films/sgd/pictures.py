"""The pictures of a descent: its parabolas with the hop path, and its data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import VMobject

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.films.sgd.dragged import DraggedSamples
from scenes.films.sgd.stage_parts import Views, draggable
from scenes.stage.descent.hop_path import HopPath
from scenes.stage.descent.moving_parabolas import MovingParabolas, View
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box


@dataclass(frozen=True)
class Picture:
    """Parabolas, the hop path of a descent on them, and the data plot."""

    field: MovingParabolas
    path: HopPath
    samples: DraggedSamples

    @property
    def parts(self) -> list[VMobject]:
        """All that is seen of it at rest."""
        field, samples = self.field, self.samples
        return [
            field.plot, field.lines, field.cost_line, field.names, field.walker,
            samples, samples.traces, samples.dots, samples.live,
        ]  # fmt: skip

    def stand(self, w: float, height: float) -> None:
        """Put the point there, and the line of the data at slope ``w``."""
        self.field.walker.stand(w, height)
        self.samples.turn(w)

    def stand_on_cost(self, w: float) -> None:
        """Put the point on J."""
        self.stand(w, self.field.cost(w))

    def go(self, t: float) -> None:
        """Put the point where it is at ``t`` of the hop path, with the path so far."""
        self.stand(*self.path.place(t))
        self.path.reach(t)


def make_pictures(
    scene: FilmScene, trace: Trace, noisy: Trace, views: Views, small: Box
) -> tuple[Picture, Picture]:
    """The picture of the film's own data and of the noisy ones.

    Where the samples can be dragged, both have the same parabolas and the same data plot.
    """
    own, other = _objective(trace), _objective(noisy)
    first, then = [views.big, views.pair], [views.wide, views.close]

    def field(of: Trace, shown: list[View], goal: LeastSquares) -> MovingParabolas:
        return MovingParabolas(of, shown, goal, scene.theme, scene.layout.scale, scene.words)

    def samples(field: MovingParabolas, goal: LeastSquares, *traces: Trace) -> DraggedSamples:
        x = field.plot.x
        slopes = [float(np.clip(w, x.low, x.high)) for t in traces for w in (t.w[0], t.w[-1])]
        data = field.objective.data, goal.data
        return DraggedSamples(*data, slopes, small, scene.theme, scene.layout.scale)

    if draggable(trace, noisy):
        one = field(trace, first + then, other)
        plot = samples(one, other, trace)
        paths = [HopPath(each, one.plot) for each in (trace, noisy)]
        return Picture(one, paths[0], plot), Picture(one, paths[1], plot)
    one, two = field(trace, first, own), field(noisy, then, other)
    return (
        Picture(one, HopPath(trace, one.plot), samples(one, own, trace)),
        Picture(two, HopPath(noisy, two.plot), samples(two, other, noisy)),
    )


def _objective(trace: Trace) -> LeastSquares:
    assert isinstance(trace.objective, LeastSquares)
    return trace.objective

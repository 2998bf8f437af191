"""The racers' names at the ends of their paths, each with a line to its point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.films.optimizers.course import Course, sampled
from scenes.films.optimizers.make_way import name_places, names_fit
from scenes.films.optimizers.signs import Sign
from scenes.stage.maps.trail import Trail
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline, rectangle

Values = npt.NDArray[np.float64]

_PLATE = 0.8  # the opacity of the page behind a name: the map is dark where J is low
_PAD_X, _PAD_Y = 0.3, 0.36  # around a name, in heights of its capital
_REACH = 0.34  # from the point to its name, in units


def sizes_of(signs: Sequence[Sign]) -> Values:
    """The widths and heights (n, 2) of names with the plates behind them."""
    caps = np.array([sign.glyphs.cap for sign in signs])
    widths = np.array([float(sign.width) for sign in signs])
    return np.stack([widths + 2 * _PAD_X * caps, caps * (1 + 2 * _PAD_Y)], axis=1)


def have_room(names: Sequence[str], plot: Plot) -> bool:
    """Whether there is room for names beside points of ``plot``; otherwise numbers are shown."""
    cap, ink = plot.scale_.label, plot.theme.ink
    return names_fit(sizes_of([Sign(n, cap, ink) for n in names]), _REACH, plot.inner)


class EndNames(VGroup):
    """A name for each of ``trails``, in its colour, on plates that keep them readable."""

    def __init__(
        self, names: Sequence[str], trails: Sequence[Trail], course: Course, cap: float
    ) -> None:
        super().__init__()
        plot = trails[0].plot
        theme, self.trails, self.course = plot.theme, trails, course
        colors = [trail.line.get_color().to_hex() for trail in trails]
        self.signs = [
            Sign(name, cap, color, side=ORIGIN) for name, color in zip(names, colors, strict=True)
        ]
        self.plates = [
            VMobject(color=theme.background, fill_opacity=_PLATE, stroke_width=0) for _ in names
        ]
        self.leaders = [VMobject(color=color, stroke_width=2.0) for color in colors]
        self.sizes = sizes_of(self.signs)
        heads = np.stack([_seen_at(trail, course) for trail in trails], axis=1)
        self.places = name_places(heads, self.sizes, _REACH, _room(plot))
        self.add(*self.plates, *self.leaders, *self.signs)

    def reach(self, second: float) -> None:
        """Show the names at ``second`` of the course."""
        middles = sampled(self.places, self.course, second)
        update = self.course.at(second)
        for i, (x, y) in enumerate(middles.tolist()):
            width, height = self.sizes[i] / 2
            self.plates[i].points = rectangle(x - width, y - height, x + width, y + height)
            self.signs[i].stand(point(x, y))
            head = _head(self.trails[i].plot, self.trails[i].at(update)[None])[0]
            near = point(x - width if head[0] < x else x + width, y)
            self.leaders[i].points = polyline(np.stack([head, near]))


def _room(plot: Plot) -> Box:
    inner = plot.inner
    return inner.inset(0.05, 0.05, 0.05, 0.05)


def _head(plot: Plot, weights: Values) -> Values:
    """The places (n, 3) of points (n, 2) in the frame; those outside the plot are at its edge."""
    x = np.clip(weights[:, 0], plot.x.low, plot.x.high)
    return plot.map(x, np.clip(weights[:, 1], plot.y.low, plot.y.high))


def _seen_at(trail: Trail, course: Course) -> Values:
    """The places (m, 2) of the head in the frame, at the moments of the course."""
    return _head(trail.plot, np.stack([trail.at(t) for t in course.grid()]))[:, :2]

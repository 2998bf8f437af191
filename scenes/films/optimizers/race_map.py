"""The contour map of a race: close to the first one, then wide and turned for the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import VMobject

from gdcore.landscapes import Landscape
from gdcore.objectives.turned import Turn
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.optimizers.window import window
from scenes.stage.maps.landscape_map import height_of
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import GAP, Box, Layout, Scale
from scenes.stage.plots.contours import Contoured, Values
from scenes.stage.plots.moving_plot import MovingPlot, Span, between

_PLAIN = -5.0, 5.0  # a range with numbers of the usual length
_SHORTEST = "−0.0"  # there is room for a number of this length
_COUNT = 13  # contours
_UPRIGHT = 0.74  # of its width: the height of the map in 9:16
_LOWEST = 1e-3  # of the fall from the start to the lowest level: where the falling level ends


class RaceMap(Contoured, MovingPlot):
    """Contours of a landscape, first in the window of the first race, then in that of both.

    ``level`` is one that falls. The levels of the contours are those of the wide window.
    """

    def __init__(
        self, land: Landscape, turn: Turn, races: Sequence[Sequence[Trace]], box: Box,
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        names = [formula(name, scale.label, theme.muted) for name in ("w", "b")]
        ranges = [_PLAIN]
        super().__init__(box, _PLAIN, ranges, names[:1], names[1], theme, scale, least=_SHORTEST)
        self.remove(self.grid)  # the contours are the grid
        self.land, self._turn, self._races = land, turn, races
        near, wide = self._windows(box)
        self.keep_room(self.room_for([near[1], wide[1]], box))
        self._near, self._wide = self._windows(box)
        self.lay(box, *self._wide)
        self.draw(height_of(land), _COUNT, bool(land.minima))
        self.add_to_back(self.shades, self.lines)
        self.turn(0.0)
        self.level = VMobject(color=theme.cost, stroke_width=5.0, fill_opacity=0)
        corners = np.array([[a, b] for a in self._near[0] for b in self._near[1]])
        self._end = 0.0 if land.minima else float(land.costs(corners).min())
        self._begin = races[0][0].cost[0]
        self.add(self.level)

    def _windows(self, box: Box) -> tuple[tuple[Span, Span], tuple[Span, Span]]:
        """The ranges for the first race, and those for both."""
        inner = self.inside(box)
        ratio = inner.width / inner.height
        return (
            window(self.land, self._turn, self._races[:1], ratio),
            window(self.land, self._turn, self._races, ratio),
        )

    def lay(self, box: Box, x: Span, y: Span) -> None:
        """Move the axes, which keep their letters."""
        super().lay(box, x, y)
        self.x, self.y = replace(self.x, name="w"), replace(self.y, name="b")

    def turn(self, share: float) -> Turn:
        """Turn the landscape by a ``share`` of the whole turn, and tell by which.

        The window widens in advance of the turn, so that what was seen remains in it.
        """
        wider = 1 - (1 - share) ** 2
        near, wide = self._near, self._wide
        self.lay(self.box, between(near[0], wide[0], wider), between(near[1], wide[1], wider))
        turn = Turn(self._turn.pivot, share * self._turn.degrees)
        self.reshape(height_of(turn.landscape(self.land)))
        return turn

    def along_gradient(self, place: Values) -> Values:
        """The direction of the gradient at ``place`` (2,), a fifth of the map's width long."""
        gradient = self.land.gradient(place)
        across = np.array([self.x.high - self.x.low, self.y.high - self.y.low])
        length = float(np.hypot(*(gradient / across)))
        return gradient * (0.2 / length if length else 0.0)

    def fall(self, share: float) -> None:
        """Draw the level from that of the start (0) down to nearly the lowest one (1)."""
        drop = (1 - share) ** 2 + _LOWEST
        level = self._end + (self._begin - self._end) * drop
        seen = 0 < share < 1 and bool(np.isfinite(level))
        self.level.points = self.contour(level) if seen else np.zeros((0, 3))


def race_boxes(layout: Layout) -> tuple[Box, Box]:
    """The map and the lanes; in upright frames six lanes need a larger share than usual."""
    places = arrangement(layout)
    hero, side = places.hero, places.side
    if not layout.portrait:
        return hero, side
    hero = hero.no_higher(_UPRIGHT)
    return hero, Box(side.left, side.bottom, side.right, hero.bottom - GAP)

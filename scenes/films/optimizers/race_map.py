"""The contour map of a race, on which the landscape can be turned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VMobject

from gdcore.landscapes import Landscape
from gdcore.objectives.turned import Turn
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.optimizers.window import window
from scenes.stage.maps.landscape_map import height_of
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.contours import ContourMap
from scenes.stage.plots.plot import Axis, Plot

_PLAIN = -5.0, 5.0  # a range with numbers of the usual length
_LOWEST = 1e-3  # of the fall from the start to the lowest level: where the falling level ends


class RaceMap(ContourMap):
    """Contours of a landscape in the window of both races; ``level`` is one that falls."""

    def __init__(
        self, land: Landscape, turn: Turn, races: Sequence[Sequence[Trace]], box: Box,
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        plain = Plot(box, Axis(*_PLAIN, "w"), Axis(*_PLAIN, "b"), theme, scale).inner
        x, y = window(land, turn, races, plain.width / plain.height)
        axes = Axis(*x, "w"), Axis(*y, "b")
        super().__init__(height_of(land), *axes, box, theme, scale, bowl=bool(land.minima))
        self.land, self._turn = land, turn
        self.level = VMobject(color=theme.cost, stroke_width=5.0, fill_opacity=0)
        corners = np.array([[a, b] for a in x for b in y])
        self._end = 0.0 if land.minima else float(land.costs(corners).min())
        self._begin = races[0][0].cost[0]
        self.add(self.level)

    def turn(self, share: float) -> Turn:
        """Turn the landscape by a ``share`` of the whole turn, and tell by which."""
        turn = Turn(self._turn.pivot, share * self._turn.degrees)
        self.reshape(height_of(turn.landscape(self.land)))
        return turn

    def fall(self, share: float) -> None:
        """Draw the level from that of the start (0) down to nearly the lowest one (1)."""
        drop = (1 - share) ** 2 + _LOWEST
        level = self._end + (self._begin - self._end) * drop
        seen = 0 < share < 1 and bool(np.isfinite(level))
        self.level.points = self.contour(level) if seen else np.zeros((0, 3))

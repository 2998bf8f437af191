"""Where everybody is in a race: points on the map, bars and arrivals in the lanes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup

from gdcore.trace import Trace
from scenes.films.optimizers.facts import Race
from scenes.films.optimizers.ghosts import Ghost
from scenes.films.optimizers.lanes import Lanes
from scenes.stage.maps.trail import Trail
from scenes.stage.plots.plot import Plot

Values = npt.NDArray[np.float64]

_BEADED = 150  # updates; with more, the beads would overlap
_WIDTH = 4.5  # of a path


class Running:
    """The trails of both races, the ghosts of the first, and the lanes.

    Until ``second`` is set, all methods are about the first race. ``update`` is what is shown.
    """

    def __init__(
        self, plot: Plot, race: Race, hues: Sequence[str], radius: float, lanes: Lanes
    ) -> None:
        self.races, self.lanes, self.last = (race.traces, race.again), lanes, race.last
        self._arrived = race.arrivals, race.arrivals_again
        self.second, self.update = False, 0.0
        self.ghosts = [
            Ghost(plot, trace.theta, hue, radius, 0.8 * _WIDTH)
            for trace, hue in zip(race.traces, hues, strict=True)
        ]
        bead = 0.5 if self.last <= _BEADED else 0.0
        self.trails = tuple(
            [_trail(plot, each, hue, radius, bead) for each, hue in zip(traces, hues, strict=True)]
            for traces in self.races
        )
        self.moving = VGroup(*self.trails[0], *self.trails[1], *self.ghosts, lanes)

    def show(self, update: float) -> None:
        """Show the race at a fractional update."""
        self.update = update
        for trail in self.trails[self.second]:
            trail.reach(update)
        if self.second:
            for ghost in self.ghosts:
                ghost.follow(update)
        self.show_bars(update)
        self.lanes.stamp(int(self.second), self.arrivals(), update, self.last)

    def show_bars(self, update: float) -> None:
        """Show only J, where each point is."""
        costs = []
        for trace, trail in zip(self.races[self.second], self.trails[self.second], strict=True):
            t = min(update, float(trace.updates))
            known = t == round(t)
            there = trace.cost[round(t)] if known else trace.objective.cost(trail.at(t))
            costs.append(float(there))
        self.lanes.reach(costs, int(update + 1e-9))

    def arrivals(self) -> list[int | None]:
        """Each racer's first arrival."""
        found = self._arrived[self.second]
        return [found.get(i) for i in range(len(self.ghosts))]

    def stops(self) -> tuple[int, int]:
        """The first and the last arrival of all; where there is none, the end."""
        there = [update for update in self.arrivals() if update is not None]
        everybody = len(there) == len(self.ghosts)
        return min(there, default=self.last), max(there) if everybody else self.last

    def step(self, k: int) -> tuple[Values, Values]:
        """Where the racers are before and after update ``k``, (n, 2) each."""
        trails = self.trails[self.second]
        return np.stack([t.at(k) for t in trails]), np.stack([t.at(k + 1) for t in trails])


def _trail(plot: Plot, trace: Trace, hue: str, radius: float, bead: float) -> Trail:
    trail = Trail(plot, trace.theta, hue, radius, width=_WIDTH, bead=bead)
    trail.remove(trail.value, trail.ground)  # J is in the lane
    return trail

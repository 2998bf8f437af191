"""Where everybody is in a race: points on the map, bars and arrivals in the lanes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup

from gdcore.trace import Trace
from scenes.films.optimizers.cost_scale import CostScale
from scenes.films.optimizers.dashed_trail import DashedTrail, lie_below
from scenes.films.optimizers.facts import Race
from scenes.films.optimizers.ghosts import Ghost
from scenes.films.optimizers.lanes import Lanes
from scenes.stage.maps.trail import Trail
from scenes.stage.plots.plot import Plot

Values = npt.NDArray[np.float64]

_BEADED = 150  # updates; with more, the beads would overlap
_WIDTH = 4.5  # of a path
_BEYOND = 1.05  # of the scale: a bar that leaves it


class Running:
    """The trails of both races, the ghosts of the first, and the lanes.

    Until ``second`` is set, all methods are about the first race. ``update`` is what is shown.
    """

    def __init__(
        self, plot: Plot, race: Race, hues: Sequence[str], radius: float, lanes: Lanes
    ) -> None:
        self.races, self.lanes, self.last = (race.traces, race.again), lanes, race.last
        self._arrived = race.arrivals, race.arrivals_again
        self._shares = tuple(
            [lowest_shares(lanes.costs, trace) for trace in traces] for traces in self.races
        )
        self.second, self.update = False, 0.0
        self.ghosts = [
            Ghost(plot, trace.theta, hue, radius, 0.8 * _WIDTH)
            for trace, hue in zip(race.traces, hues, strict=True)
        ]
        bead = 0.5 if self.last <= _BEADED else 0.0
        self.below = lie_below(plot, race.traces)
        self.trails = tuple(
            [
                _trail(plot, each, hue, radius, 0.0 if below else bead, below)
                for each, hue, below in zip(traces, hues, self.below, strict=True)
            ]
            for traces in self.races
        )
        self.moving = VGroup(*self.trails[0], *self.trails[1], *self.ghosts, lanes)

    def drawn(self, second: bool) -> list[Trail]:
        """The trails of a race from the bottom to the top: dashes are above what they lie on."""
        return sorted(self.trails[second], key=lambda trail: isinstance(trail, DashedTrail))

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
        """Show only the lowest J so far; between two updates a bar grows evenly."""
        k = int(update + 1e-9)
        shares = []
        for known in self._shares[self.second]:
            here, there = (known[min(i, len(known) - 1)] for i in (k, k + 1))
            shares.append(float(here + (update - k) * (there - here)))
        self.lanes.reach(shares, k)

    @property
    def both(self) -> tuple[list[int | None], list[int | None]]:
        """Each racer's first arrival, in both races."""
        first, second = ([found.get(i) for i in range(len(self.ghosts))] for found in self._arrived)
        return first, second

    def arrivals(self) -> list[int | None]:
        """Each racer's first arrival in the race that is shown."""
        return self.both[self.second]

    def stops(self) -> tuple[int, int]:
        """The first and the last arrival of all; where there is none, the end."""
        there = [update for update in self.arrivals() if update is not None]
        everybody = len(there) == len(self.ghosts)
        return min(there, default=self.last), max(there) if everybody else self.last

    def step(self, k: int) -> tuple[Values, Values]:
        """Where the racers are before and after update ``k``, (n, 2) each."""
        trails = self.trails[self.second]
        return np.stack([t.at(k) for t in trails]), np.stack([t.at(k + 1) for t in trails])


def lowest_shares(scale: CostScale, trace: Trace) -> Values:
    """The length of a racer's bar after each update, (T + 1,): the lowest J up to then."""
    lowest = np.fmin.accumulate(trace.cost)
    return np.array([min(max(scale.share(float(cost)), 0.0), _BEYOND) for cost in lowest])


def _trail(plot: Plot, trace: Trace, hue: str, radius: float, bead: float, below: bool) -> Trail:
    trail = (DashedTrail if below else Trail)(
        plot, trace.theta, hue, radius, width=_WIDTH, bead=bead
    )
    trail.remove(trail.value, trail.ground)  # J is in the lane
    return trail

"""One batch size that spends its budget of sample gradients: its point, belt and lane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdcore.outcome import Outcome, outcome
from scenes.films.mini_batch.belt import Belt
from scenes.stage.descent.moving_hill import MovingHill
from scenes.stage.descent.walker import Walker, between
from scenes.stage.noise.spreads import Settling, late_deviation
from scenes.stage.page.layout import Box, Scale

_MOVES = 0.45  # share of an update's gradients that are computed while the point moves
_AT_ONCE = 14  # at most so that it moves a part as short as this of an epoch, if an update is long


class Spender:
    """``walker`` on the parabola and ``belt``; both follow the spent gradients."""

    def __init__(
        self, walk: Settling, color: str, radius: float, hill: MovingHill, belt: Box, scale: Scale
    ) -> None:
        self.walk, self.trace, self.color, self.hill = walk, walk.trace, color, hill
        self.spent = walk.trace.sample_gradients.astype(float)
        self.size = walk.size
        self.radius = radius
        diverges = outcome(self.trace) is Outcome.DIVERGING
        self.walker = Walker(hill.plot, radius, beads=[], diverges=diverges, room=hill.room)
        self.walker.point.set_color(color)
        self.walker.edge.set_color(color)
        self.walker.value.set_color(color)
        self.belt = Belt(self.trace, color, belt, hill.plot.theme, scale)
        self.w = float(self.trace.w[0])

    @property
    def measured(self) -> float:
        """The deviation of w over the second half of the budget."""
        return late_deviation(self.trace.w)

    def update_at(self, spent: float) -> float:
        """The fractional update for the spent gradients; each is made when all of its are spent.

        Towards their end the point begins to move.
        """
        if spent >= self.spent[-1]:
            return float(self.trace.updates)
        k = max(int(np.searchsorted(self.spent, spent + 1e-9, side="right")) - 1, 0)
        start, stop = self.spent[k : k + 2].tolist()
        moves = min(_MOVES * (stop - start), max(2.5, self.trace.objective.n / _AT_ONCE))
        way = min(max((spent - (stop - moves)) / moves, 0.0), 1.0)
        done: float = k + way * way * (3 - 2 * way)
        return done

    def stand(self, spent: float) -> float:
        """Put the point where it is when ``spent`` gradients are spent; return the update."""
        t = self.update_at(float(spent))
        self.w = float(between(self.trace.w, t))
        self.walker.stand(self.w, self.hill.curve(self.w))
        return t


def close_up(walks: Sequence[Settling]) -> float:
    """How far around w* the widest spread reaches; the whole descent if no spread is visible."""
    goal, start = walks[0].final.mean, abs(walks[0].trace.start[0] - walks[0].final.mean)
    exact = [walk.final.std for walk in walks if walk.is_known and math.isfinite(walk.final.std)]
    late = [late_deviation(walk.trace.w) for walk in walks if walk.trace.diverged_at is None]
    reach = 4.0 * max([*exact, *(min(each, 4 * start) for each in late)], default=0.0)
    if reach <= max(1e-3 * start, 1e-6 * abs(goal)):
        reach = 1.15 * start or abs(goal) / 2 or 1.0
    return reach

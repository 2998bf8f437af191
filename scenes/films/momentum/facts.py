"""What happens in the film's descents: the facts that decide which captions are true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.arrival import first_arrival
from gdcore.studies.memory import remembered
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.films.momentum.runs import GOAL, VISITS, momentum_run, runs, share_kept

Values = npt.NDArray[np.float64]

FIRST = 20
"""The strip shows so many updates, and the captions before the plane speak of them."""
SECOND = 1
"""The number of the second update: the first one that has a velocity behind it."""


@dataclass(frozen=True)
class Facts:
    """The lesson and its descents by the names of `runs`; arrays have columns w, b."""

    lesson: Lesson
    traces: dict[str, Trace]

    @property
    def share(self) -> float:
        """β."""
        return share_kept(self.lesson.rule)

    @property
    def plain(self) -> Trace:
        """Plain SGD at the lesson's rate."""
        return self.traces["sgd"]

    @property
    def heavy(self) -> Trace:
        """Momentum at the lesson's rate and β."""
        return self.traces["momentum"]

    @property
    def at_rest(self) -> bool:
        """Whether the start is the minimum, so that nothing moves."""
        return not self.plain.gradient.any()

    @cached_property
    def velocity(self) -> Values:
        """v after each update of the descent with momentum, (T, 2)."""
        return np.asarray(remembered(self.heavy)["velocity"])

    @property
    def shown(self) -> int:
        """The updates with momentum that the strip shows."""
        return min(FIRST, self.heavy.updates)

    @property
    def turns(self) -> tuple[int, int]:
        """How often b changes its sign in the first updates of plain SGD, and how many these are.

        A place at 0 has no sign, so it is left out.
        """
        updates = min(FIRST, self.plain.updates)
        return changes(self.plain.theta[: updates + 1, 1]), updates

    @cached_property
    def kept(self) -> Values:
        """How much of the gradients is left in v, along and across: shares (2,) from 0 to 1.

        v is the sum of gradients times powers of β. The share is the sum of |v| over the updates of
        the strip, by what it would be if all gradients had one sign. nan if all of them are 0.
        """
        total, whole = np.zeros(2), np.zeros(2)
        with np.errstate(invalid="ignore"):
            for gradient in np.abs(self.heavy.gradient[: self.shown]):
                total = self.share * total + gradient
                whole = whole + total
            return np.asarray(np.abs(self.velocity[: self.shown]).sum(axis=0) / whole)

    @cached_property
    def gain(self) -> float:
        """The largest |v| along the valley, in largest |g| along it, on the strip; nan for 0/0."""
        largest = [np.abs(part[: self.shown, 0]).max() for part in (self.velocity, self.gradients)]
        with np.errstate(invalid="ignore"):
            return float(np.float64(largest[0]) / largest[1])

    @property
    def gradients(self) -> Values:
        """The gradient of each update with momentum, (T, 2)."""
        return self.heavy.gradient

    @property
    def together(self) -> tuple[int, int]:
        """In the second update, along and across: 1 if −αg and −αβv point the same way, −1 if not.

        0 if one of them is 0, or if there is no second update.
        """
        if self.heavy.updates <= SECOND:
            return 0, 0
        old, new = np.sign(self.share * self.velocity[0]), np.sign(self.gradients[SECOND])
        along, across = (old * new).tolist()
        return int(along), int(across)

    @cached_property
    def visits(self) -> dict[str, Trace]:
        """The descents at the places on the plane, by name."""
        return {name: momentum_run(self.lesson, *place) for name, place in VISITS.items()}

    @cached_property
    def arrivals(self) -> dict[str, int | None]:
        """For each descent the first update after which J is at the goal, or None."""
        return {name: first_arrival(trace.cost, GOAL) for name, trace in self.traces.items()}


def changes(values: Values) -> int:
    """How often ``values`` (n,) change their sign, zeros left out."""
    signs = np.sign(values[values != 0])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def facts(lesson: Lesson) -> Facts:
    """Make the descents of ``lesson``."""
    return Facts(lesson, runs(lesson))

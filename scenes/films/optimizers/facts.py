"""What happened in a race: the facts that decide which captions are true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.arrival import first_arrival
from gdcore.finish import Fate, Finish, finish, goal
from gdcore.landscapes import LANDSCAPES, Landscape, Point
from gdcore.races import GRID
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.films.optimizers.racers import (
    Racer,
    racers,
    run,
    run_turned,
    settings_told,
    turn_of,
)
from scenes.films.optimizers.table_texts import cost_digits, cost_text

_VISIBLE = 0.01  # share of the longest step by which another must differ from it
_FLAT = 0.01  # share of the start's gradient
_SAME = 1e-4  # of the landscape's window, or of the distance: turned steps are the same steps
_BY_COORDINATE = ("adagrad", "rmsprop", "adam")  # rules that scale each coordinate by itself

_LETTERS = {"v": ("momentum", "nesterov"), "m": ("adam",), "s": ("adagrad", "rmsprop", "adam")}
_BARRED = ("rmsprop", "adam")  # rules in whose memory a mean is drawn, unless settings are told


@dataclass(frozen=True)
class Race:
    """What decides the film's words: the lesson, its racers, and how each of them ended."""

    lesson: Lesson
    racers: tuple[Racer, ...]
    traces: tuple[Trace, ...]
    ends: tuple[Finish, ...]
    again: tuple[Trace, ...]
    """the second race, on the turned landscape"""

    @property
    def land(self) -> Landscape:
        """The landscape."""
        return LANDSCAPES[self.lesson.landscape]

    @property
    def goal(self) -> float:
        """The J that counts as arrived."""
        return goal(self.land)

    @property
    def last(self) -> int:
        """The number of the first race's last update."""
        return max(trace.updates for trace in self.traces)

    @property
    def at_rest(self) -> bool:
        """Whether the gradient at the start is 0, so that nobody moves."""
        return all(end.fate is Fate.AT_REST for end in self.ends)

    @property
    def letters(self) -> list[str]:
        """The letters in the rules for what is made of past gradients: of v, m and s."""
        names = {racer.rule.name for racer in self.racers}
        found = {letter for letter, rules in _LETTERS.items() if names & set(rules)}
        pushed = [racer.rule for racer in self.racers if racer.rule.name == "rmsprop"]
        if any(dict(rule.settings)["momentum"] for rule in pushed):
            found.add("v")
        return [letter for letter in _LETTERS if letter in found]

    @property
    def barred(self) -> bool:
        """Whether a running mean is drawn, with a bar, in the column of the rules' memory."""
        rules = [racer.rule for racer in self.racers]
        return any(rule.name in _BARRED and not settings_told(rule) for rule in rules)

    @property
    def tuned(self) -> bool:
        """Whether each rate is the best of the grid for its rule, in this race.

        Not at the grid's ends: a rate beyond them may be better.
        """
        inside = (racer.tuned and GRID[0] < racer.rate < GRID[-1] for racer in self.racers)
        return all(inside) and not self.at_rest

    @property
    def judged(self) -> list[bool]:
        """For each racer whether a rate is judged by its arrival, not by its J at the end."""
        return [bool(end.arrived) for end in self.ends]

    @property
    def one_rate(self) -> bool:
        """Whether several racers have the same rate."""
        return len(self.racers) > 1 and len({racer.rate for racer in self.racers}) == 1

    @property
    def slowed(self) -> bool:
        """Whether the schedule lowers every rate within the race."""
        return all(trace.updates and trace.rate[-1] < trace.rate[0] for trace in self.traces)

    @cached_property
    def steps_differ(self) -> bool:
        """Whether the first steps of at least two racers look different."""
        if any(not trace.updates for trace in self.traces):
            return False
        steps = np.stack([trace.theta[1] - trace.theta[0] for trace in self.traces])
        apart = np.hypot(*np.moveaxis(steps[:, None] - steps[None, :], 2, 0))
        return bool(apart.max() > _VISIBLE * np.hypot(*steps.T).max())

    @property
    def arrivals(self) -> dict[int, int]:
        """The racers that arrived, each with the update of its first arrival."""
        return {i: end.arrived for i, end in enumerate(self.ends) if end.arrived is not None}

    @property
    def first(self) -> list[int]:
        """Those that arrived after the fewest updates."""
        fewest = min(self.arrivals.values(), default=None)
        return [i for i, updates in self.arrivals.items() if updates == fewest]

    @property
    def latest(self) -> list[int]:
        """Those that arrived after the most updates."""
        most = max(self.arrivals.values(), default=None)
        return [i for i, updates in self.arrivals.items() if updates == most]

    @cached_property
    def arrivals_again(self) -> dict[int, int]:
        """Those that arrived on the turned landscape, each with the update of its first arrival."""
        found = {i: first_arrival(trace.cost, self.goal) for i, trace in enumerate(self.again)}
        return {i: update for i, update in found.items() if update is not None}

    @cached_property
    def alike(self) -> list[int]:
        """Those whose second path is the first one, turned."""
        left, right, bottom, top = self.land.window
        size, turn = max(right - left, top - bottom), turn_of(self.lesson)
        found = []
        for i, (one, other) in enumerate(zip(self.traces, self.again, strict=True)):
            old = turn.forth(one.theta)
            if old.shape != other.theta.shape:
                continue
            room = _SAME * np.maximum(size, np.abs(old).max(axis=1, keepdims=True))
            if (np.abs(old - other.theta) <= room).all():
                found.append(i)
        return found

    @property
    def other(self) -> list[int]:
        """Those whose second path is another one."""
        return [i for i in range(len(self.racers)) if i not in self.alike]

    @property
    def both(self) -> list[int]:
        """Those with another second path that arrived before and after the turn."""
        return [i for i in self.other if i in self.arrivals and i in self.arrivals_again]

    @property
    def held_up(self) -> list[int]:
        """The one that scales each coordinate by itself and lost most by the turn, in updates.

        None if no such rule arrived in both races, and later in the second.
        """
        found = [
            i
            for i in self.both
            if self.racers[i].rule.name in _BY_COORDINATE
            and self.arrivals_again[i] > self.arrivals[i]
        ]
        most = max(found, key=lambda i: self.arrivals_again[i] - self.arrivals[i], default=None)
        return [] if most is None else [most]

    @property
    def stranded(self) -> list[int]:
        """Those that arrived in the first race only."""
        return [i for i in self.arrivals if i not in self.arrivals_again]

    @property
    def sooner(self) -> list[int]:
        """Those that arrived in both races, and earlier in the second."""
        return [i for i in self.both if self.arrivals_again[i] < self.arrivals[i]]

    def who(self, fate: Fate) -> list[int]:
        """Those that ended like this."""
        return [i for i, end in enumerate(self.ends) if end.fate is fate]

    @property
    def absent(self) -> list[int]:
        """Those that did not arrive."""
        return [i for i, end in enumerate(self.ends) if end.arrived is None]

    @property
    def costs(self) -> list[float]:
        """Each racer's J at the end."""
        return [float(trace.cost[-1]) for trace in self.traces]

    @cached_property
    def shown(self) -> list[str]:
        """Each racer's J at the end as the table shows it: most of them with different texts."""
        return [cost_text(cost, self.digits) for cost in self.costs]

    @property
    def digits(self) -> int:
        """The digits with which J is shown (see `cost_digits`)."""
        return cost_digits(self.costs)

    @property
    def lowest(self) -> list[int]:
        """Those with the lowest J at the end, as it is shown; none if all have the same."""
        least = self.shown[self.costs.index(min(self.costs))]
        found = [i for i, text in enumerate(self.shown) if text == least]
        return found if len(found) < len(self.racers) else []

    @property
    def left(self) -> list[int]:
        """Those that arrived, and were not at the goal any more at the end."""
        return [i for i in self.arrivals if self.traces[i].cost[-1] > self.goal]

    @cached_property
    def tenth_ends_lower(self) -> bool:
        """Whether those that ended above their start end below it at a tenth of their rate."""
        again = [
            run(self.lesson, self.racers[i], self.racers[i].rate / 10)
            for i in self.who(Fate.HIGHER)
        ]
        return bool(again) and all(trace.cost[-1] < trace.cost[0] for trace in again)

    @property
    def flat(self) -> bool:
        """Whether those beside a saddle point have a gradient below 1% of the start's."""
        beside = [self.traces[i] for i in self.who(Fate.AT_SADDLE)]
        ends = [np.hypot(*self.land.gradient(trace.theta[-1])) for trace in beside]
        starts = [np.hypot(*self.land.gradient(trace.theta[0])) for trace in beside]
        pairs = zip(ends, starts, strict=True)
        return bool(beside) and all(end < _FLAT * start for end, start in pairs)

    @property
    def minima(self) -> dict[Point, list[int]]:
        """Those that ended at a minimum, by minimum, from the fewest to the most."""
        found: dict[Point, list[int]] = {}
        for i, end in enumerate(self.ends):
            if end.fate is Fate.THERE and end.place:
                found.setdefault(end.place, []).append(i)
        return dict(sorted(found.items(), key=lambda item: len(item[1])))


def facts(lesson: Lesson) -> Race:
    """The race of ``lesson``, run."""
    found = racers(lesson)
    traces = tuple(run(lesson, racer) for racer in found)
    again = tuple(run_turned(lesson, racer) for racer in found)
    return Race(lesson, found, traces, tuple(map(finish, traces)), again)

"""Races of update rules in plain Python: landscapes, gradients and rates without gdcore's code.

The landscapes are written anew; their gradients are complex-step derivatives (Squire and Trapp,
1998), so no gradient formula is shared. The best rates are found by trying every rate in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import hypot, inf, isfinite, isnan

import numpy as np

from gdcore.descent import descend
from gdcore.landscapes import LANDSCAPES
from scenes import Lesson
from scenes.films.optimizers.racers import RULES, race
from tests.claims.plain import LIMIT, rule_step, schedule_factor

Place = tuple[float, float]
_TINY = 1e-100
MANTISSAS = ("1", "1.5", "2", "3", "5", "7.5")
RATES = sorted(float(f"{m}e{k}") for m, k in product(MANTISSAS, range(-9, 3)))


def height(name: str, w: complex, b: complex) -> complex:
    """J(w, b); works for complex numbers, by products only."""
    match name:
        case "ravine":
            return w * w / 2 + 12.5 * (b * b)
        case "rosenbrock":
            gap = b - w * w
            return (w - 1) * (w - 1) + 100 * (gap * gap)
        case "beale":
            terms = [c - w * (1 - power) for c, power in _beale(b)]
            return sum(term * term for term in terms)
        case "himmelblau":
            one, other = w * w + b - 11, b * b + w - 7
            return one * one + other * other
        case "saddle":
            return (w + b) * (w - b)
        case "double-well":
            return (w - 1) * (w - 1) * ((w + 1) * (w + 1)) + b * b
    raise ValueError(name)


def _beale(b: complex) -> list[tuple[float, complex]]:
    return [(1.5, b), (2.25, b * b), (2.625, b * b * b)]


def cost(name: str, place: Sequence[float]) -> float:
    """J at a place; inf beyond the range of a double."""
    value = height(name, *map(float, place))
    assert not isinstance(value, complex)
    return inf if isnan(value) else value


def gradient(name: str, place: Sequence[float]) -> Place:
    """The gradient of J at a place."""
    w, b = place
    along_w = height(name, complex(w, _TINY), complex(b, 0)).imag / _TINY
    return along_w, height(name, complex(w, 0), complex(b, _TINY)).imag / _TINY


def descent(
    name: str, start: Place, rule: str, rate: float, updates: int, schedule: str
) -> list[Place]:
    """The places of a descent; it stops before one out of range."""
    step, factor = rule_step(rule), schedule_factor(schedule, updates)
    found = [start]
    for k in range(updates):
        moved = step(gradient(name, found[-1]), rate * factor(k))
        place = (found[-1][0] + moved[0], found[-1][1] + moved[1])
        if not all(isfinite(each) and abs(each) <= LIMIT for each in place):
            break
        found.append(place)
    return found


def judged(
    name: str, start: Place, rule: str, rate: float, updates: int, schedule: str
) -> tuple[tuple[Place, ...], bool]:
    """The places of a descent, and whether they were computed without gdcore.

    Where a path hangs on the last digit no two computations agree: then it is gdcore's own.
    """
    path = descent(name, start, rule, rate, updates, schedule)
    trace = descend(LANDSCAPES[name], start, lr=rate, epochs=updates, rule=rule, schedule=schedule)
    theirs = [(w, b) for w, b in trace.theta.tolist()]
    same = _agree(path, theirs)
    return tuple(path if same else theirs), same


def arrival(costs: Sequence[float], goal: float) -> int | None:
    """The first update with J at the goal."""
    return next((k for k, each in enumerate(costs) if each <= goal), None)


@cache
def best(
    name: str, start: Place, rule: str, updates: int, schedule: str
) -> tuple[float, int | None] | None:
    """The best of the rates and its arrival: all of them, tried in full."""
    scores = []
    for rate in RATES:
        path, _ = judged(name, start, rule, rate, updates, schedule)
        costs = [cost(name, place) for place in path]
        if len(path) <= updates or max(costs) > costs[0]:
            continue
        arrived = arrival(costs, 0.001)
        score = (arrived, 0.0) if arrived else (inf, costs[-1])
        scores.append((*score, rate, arrived))
    if not scores:
        return None
    *_, rate, arrived = min(scores, key=lambda score: score[:3])
    return rate, arrived


@dataclass(frozen=True)
class PlainRace:
    """The race of a lesson: its rules and rates as the film gives them, run in plain Python."""

    lesson: Lesson
    rates: tuple[float, ...]
    paths: tuple[tuple[Place, ...], ...]
    same: tuple[bool, ...]
    """whether each path agrees with that of the film; if not, the film's own path is judged"""

    @property
    def name(self) -> str:
        """The landscape."""
        return self.lesson.landscape

    @property
    def start(self) -> Place:
        """Where all begin."""
        return self.lesson.w0, self.lesson.b0

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules as text."""
        return self.lesson.rules or tuple(RULES)

    @property
    def goal(self) -> float:
        """The J that counts as arrived."""
        return -1.0 if self.name == "saddle" else 0.001

    @cached_property
    def costs(self) -> list[list[float]]:
        """J of each racer at the start and after each update."""
        return [[cost(self.name, place) for place in path] for path in self.paths]

    @property
    def ends(self) -> list[float]:
        """J of each racer at the end."""
        return [costs[-1] for costs in self.costs]

    @cached_property
    def arrivals(self) -> list[int | None]:
        """The first update of each racer with J at the goal."""
        return [arrival(costs, self.goal) for costs in self.costs]

    def bests(self) -> list[tuple[float, int | None] | None]:
        """The best rate of each rule, and its arrival."""
        asked = self.lesson.epochs, self.lesson.schedule
        return [best(self.name, self.start, rule, *asked) for rule in self.rules]

    def slope(self, place: Sequence[float]) -> float:
        """The length of the gradient."""
        return hypot(*gradient(self.name, place))


@cache
def plain_race(lesson: Lesson) -> PlainRace:
    """The race of ``lesson``, computed again."""
    rates = [trace.lr for trace in race(lesson).values()]
    rules, start = lesson.rules or tuple(RULES), (lesson.w0, lesson.b0)
    asked = lesson.epochs, lesson.schedule
    found = [
        judged(lesson.landscape, start, rule, rate, *asked)
        for rule, rate in zip(rules, rates, strict=True)
    ]
    paths, same = zip(*found, strict=True)
    return PlainRace(lesson, tuple(rates), paths, same)


def _agree(one: Sequence[Place], other: Sequence[Place]) -> bool:
    if len(one) != len(other):
        return False
    mine, theirs = np.array(one), np.array(other)
    size = np.abs(theirs).max(axis=1, keepdims=True) + np.abs(theirs[:1]).max()
    return bool(np.all(np.abs(mine - theirs) <= 1e-7 * np.where(size > 0, size, 1)))

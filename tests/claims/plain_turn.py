"""The race on the turned landscape in plain Python: by complex numbers, without gdcore's turn."""

from __future__ import annotations

from cmath import exp, pi
from functools import cache
from math import isfinite

from scenes import Lesson
from scenes.films.optimizers.racers import turned_race
from tests.claims.plain import LIMIT, rule_step, schedule_factor
from tests.claims.plain_race import Place, cost, gradient, plain_race

PIVOTS = {
    "rosenbrock": 1 + 1j,
    "beale": 3 + 0.5j,
    "himmelblau": (3.584428340330 + 3 - 2.805118086953 - 3.779310253378) / 4
    + (-1.848126526964 + 2 + 3.131312518251 - 3.283185991286) / 4 * 1j,
}
TURN = exp(1j * pi / 6)


def forth(name: str, place: Place) -> complex:
    """A place of the landscape, turned."""
    pivot = PIVOTS.get(name, 0j)
    return pivot + TURN * (complex(*place) - pivot)


def back(name: str, place: complex) -> Place:
    """The place of the landscape that was turned to ``place``."""
    pivot = PIVOTS.get(name, 0j)
    old = pivot + (place - pivot) / TURN
    return old.real, old.imag


@cache
def turned_paths(lesson: Lesson) -> list[list[complex]]:
    """The racers' places on the turned landscape.

    Where a path hangs on the last digit no two computations agree: then it is the film's own.
    """
    theirs = ((t.theta @ [1, 1j]).tolist() for t in turned_race(lesson).values())
    return [
        mine if _agree(mine, path) else path
        for mine, path in zip(_computed(lesson), theirs, strict=True)
    ]


def recomputed(lesson: Lesson) -> list[bool]:
    """For each racer whether its second path was computed without gdcore's turn."""
    theirs = ((t.theta @ [1, 1j]).tolist() for t in turned_race(lesson).values())
    return [_agree(*each) for each in zip(_computed(lesson), theirs, strict=True)]


def _agree(one: list[complex], other: list[complex]) -> bool:
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(abs(a - b) <= 1e-7 * max(abs(b), 1) for a, b in pairs)


@cache
def _computed(lesson: Lesson) -> list[list[complex]]:
    race, name = plain_race(lesson), lesson.landscape
    factor = schedule_factor(lesson.schedule, lesson.epochs)
    found = []
    for rule, rate in zip(race.rules, race.rates, strict=True):
        step, path = rule_step(rule), [forth(name, race.start)]
        for k in range(lesson.epochs):
            slope = TURN * complex(*gradient(name, back(name, path[-1])))
            moved = path[-1] + complex(*step((slope.real, slope.imag), rate * factor(k)))
            within = (isfinite(part) and abs(part) <= LIMIT for part in (moved.real, moved.imag))
            if not all(within):
                break
            path.append(moved)
        found.append(path)
    return found


def turned_arrivals(lesson: Lesson) -> list[int | None]:
    """The first update of each racer with J at the goal, on the turned landscape."""
    name, goal = lesson.landscape, plain_race(lesson).goal
    return [
        next((k for k, place in enumerate(path) if cost(name, back(name, place)) <= goal), None)
        for path in turned_paths(lesson)
    ]

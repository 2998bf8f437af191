"""Descents in the ravine, in plain Python: J = w²/2 + 25b²/2, without gdcore's code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np

from scenes import FILMS, Lesson
from scenes.films.momentum.facts import Facts, facts

FILM = FILMS["momentum"]
Pair = tuple[float, float]

CHOSEN: tuple[dict[str, Any], ...] = (
    {},
    {"w0": 0.0, "b0": 0.0},
    {"w0": 0.01, "b0": 0.001},
    {"b0": 0.0},
    {"w0": 0.0},
    {"lr": 0.3},
    {"lr": 0.0001},
    {"lr": 0.08},
    {"lr": 1e30},
    {"lr": 0.02, "rule": "momentum:momentum=0"},
    {"rule": "momentum:momentum=0.99"},
    {"rule": "momentum:momentum=0.99", "w0": -300.0},
    {"epochs": 1},
    {"epochs": 2},
    {"epochs": 5},
    {"epochs": 30},
    {"epochs": 1, "w0": 0.0, "b0": 0.0095},
    {"epochs": 10_000},
    {"w0": 1e30, "b0": -1e30},
)
COUNT = 80


@dataclass(frozen=True)
class Walk:
    """The places of a descent, and gradient and velocity of each update."""

    places: list[Pair]
    gradients: list[Pair]
    velocities: list[Pair]

    @property
    def updates(self) -> int:
        return len(self.gradients)

    def cost(self, k: int) -> float:
        w, b = self.places[k]
        return 0.5 * w * w + 12.5 * b * b

    def arrival(self) -> int | None:
        return next((k for k in range(len(self.places)) if self.cost(k) <= 0.001), None)

    def turns(self, axis: int, updates: int) -> int:
        """How often a coordinate changes its sign."""
        signs = [place[axis] > 0 for place in self.places[: updates + 1] if place[axis] != 0]
        return sum(one != other for one, other in pairwise(signs))


def walk(start: Pair, rate: float, share: float, updates: int) -> Walk:
    """v ← share·v + g; (w, b) ← (w, b) − rate·v; it ends before a place beyond 1e300."""
    places, gradients, velocities = [start], [], []
    vw = vb = 0.0
    for _ in range(updates):
        w, b = places[-1]
        gw, gb = w, 25 * b
        vw, vb = share * vw + gw, share * vb + gb
        place = (w - rate * vw, b - rate * vb)
        if not max(map(abs, place)) <= 1e300:
            break
        places.append(place)
        gradients.append((gw, gb))
        velocities.append((vw, vb))
    return Walk(places, gradients, velocities)


def radius(rate: float, share: float) -> float:
    """The spectral radius, from the eigenvalues of the two matrices of an update of (error, v)."""
    found = []
    for curvature in (1.0, 25.0):
        matrix = np.array([[1 - rate * curvature, -rate * share], [curvature, share]])
        found.append(np.abs(np.linalg.eigvals(matrix)).max())
    return float(max(found))


def share_of(lesson: Lesson) -> float:
    """The number behind the last "="."""
    _, found, text = lesson.rule.partition("momentum=")
    return float(text) if found else 0.9


@cache
def again(lesson: Lesson, rate: float | None = None, share: float | None = None) -> Walk:
    """The descent of a lesson; at its own rate and β if none are given."""
    asked = lesson.lr if rate is None else rate
    kept = share_of(lesson) if share is None else share
    return walk((lesson.w0, lesson.b0), asked, kept, lesson.epochs)


def drawn() -> Iterator[dict[str, Any]]:
    random = Random(16)
    for _ in range(COUNT):
        share = random.choice((0.0, 0.3, 0.5, 0.7, 0.9, 0.99))
        yield {
            "w0": random.choice((0.0, -4.0, random.uniform(-5, 5), random.uniform(-300, 300))),
            "b0": random.choice((0.0, 1.0, random.uniform(-2, 2), random.uniform(-100, 100))),
            "lr": random.choice((0.001, 0.01, 0.05, 0.07, 0.079, 0.1, 0.11, 0.15, 1.0)),
            "rule": f"momentum:momentum={share}",
            "epochs": random.choice((1, 3, 20, 60, 100, 300)),
        }


@cache
def corpus() -> list[tuple[str, Lesson, Facts]]:
    """Chosen lessons and drawn ones, with the film's facts."""
    lessons = [(str(knobs), FILM.lesson(**knobs)) for knobs in [*CHOSEN, *drawn()]]
    for _, lesson in lessons:
        FILM.check(lesson)
    return [(label, lesson, facts(lesson)) for label, lesson in lessons]

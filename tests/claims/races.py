"""Races of every kind, drawn with a fixed seed: landscapes, rules, rates, starts, schedules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import Any

from gdcore.landscapes import LANDSCAPES
from scenes import FILMS, Lesson
from scenes.films.optimizers.facts import Race, facts

FILM = FILMS["optimizers"]
COUNT = 130

RULES: tuple[tuple[str, ...], ...] = (
    (),
    ("sgd",),
    ("adam",),
    ("sgd", "momentum"),
    ("momentum:momentum=0.5", "momentum:momentum=0.99", "momentum:dampening=0.5"),
    ("adam:beta1=0.5", "adam:beta2=0.9", "sgd"),
    ("rmsprop:momentum=0.9", "adagrad:lr_decay=0.1", "adagrad:initial_accumulator_value=2"),
    ("nesterov", "rmsprop:alpha=0.9", "adam:eps=0.1"),
    ("sgd", "nesterov", "adagrad", "rmsprop"),
)
RATES = ((), (), (), 1e-9, 1e-3, 0.01, 0.05, 0.3, 1.0, 5.0, 1e30, "each")
SCHEDULES = ("constant",) * 5 + ("step:step_size=7,gamma=0.5", "inverse:decay=0.1", "cosine")
STARTS = ("usual", "drawn", "minimum", "near", "saddle", "axis", "far", "drawn", "usual", "edge")
CHOSEN: tuple[dict[str, Any], ...] = (
    {"landscape": "himmelblau", "b0": -2.0},
    {"landscape": "himmelblau", "w0": 4.9, "b0": 3.6},
    {"landscape": "saddle", "b0": 0.0, "rates": (0.1,), "rules": ("sgd", "nesterov")},
    {"landscape": "saddle", "w0": 5.0, "b0": 2.0, "rates": (5.0,)},
)
EPOCHS = (60, 1, 3, 30, 100, 60, 31)


def rounds(values: tuple[Any, ...], random: Random) -> Iterator[Any]:
    """All values, in a new order in each round."""
    for _ in cycle((0,)):
        yield from random.sample(values, len(values))


def start_of(kind: str, name: str, random: Random) -> tuple[float, float]:
    land = LANDSCAPES[name]
    left, right, bottom, top = land.window
    low = (land.minima or land.saddles)[0]
    match kind:
        case "minimum":
            return low
        case "near":
            return low[0] + 0.01, low[1] + 0.003
        case "saddle":
            return (land.saddles or land.minima)[-1]
        case "axis":
            return random.uniform(left, right), 0.0
        case "far":
            return random.choice(((-300.0, 2.0), (1e3, -20.0), (0.0, 1e9)))
        case "edge":
            return left, top
        case "drawn":
            return round(random.uniform(left, right), 3), round(random.uniform(bottom, top), 3)
    return land.start


@cache
def corpus() -> list[tuple[str, Lesson]]:
    """Races without options, chosen ones, and others with drawn rules, rates, starts, schedules."""
    plain = [(name, FILM.lesson(landscape=name)) for name in LANDSCAPES]
    plain += [(str(knobs), FILM.lesson(**knobs)) for knobs in CHOSEN]
    random = Random(15)
    features = (tuple(LANDSCAPES), RULES, RATES, SCHEDULES, STARTS, EPOCHS)
    drawn = zip(*(rounds(values, random) for values in features), strict=True)
    found = []
    for name, rules, rates, schedule, start, epochs in islice(drawn, COUNT - len(plain)):
        w0, b0 = start_of(start, name, random)
        given = () if rates == () else (rates,) if isinstance(rates, float) else None
        if given is None:
            given = tuple(round(random.uniform(0.001, 0.2), 4) for _ in rules or range(6))
        lesson = FILM.lesson(
            landscape=name, rules=rules, rates=given, schedule=schedule, epochs=epochs, w0=w0, b0=b0
        )
        FILM.check(lesson)
        label = f"{len(found):02}-{name}-{','.join(rules)}-{given}-{schedule}-{start}-{epochs}"
        found.append((label, lesson))
    return plain + found


@cache
def raced() -> list[tuple[str, Lesson, Race]]:
    return [(label, lesson, facts(lesson)) for label, lesson in corpus()]

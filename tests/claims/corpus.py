"""Lessons of every kind, drawn with fixed seeds: what a lecturer's own data may look like.

Each feature (number of samples, scale, shape, noise, rate, order, rule, start, epochs) runs through
all of its values in an order of its own, so that a hundred lessons hold every value and most pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from random import Random
from typing import Any

import numpy as np

from gdcore.data import LECTURE, NOISY, DataError, Dataset, parse_data
from scenes import FILMS, KnobError, Lesson
from scenes.catalogue.film import Film

COUNT = 98
MOST_UPDATES = 6_000  # of one lesson, so that the plain loops of the tests stay quick

SIZES = (1, 2, 3, 4, 5, 7, 12, 20, 50, 120, 300, 500)
SHAPES = (
    "even", "positive", "both-signs", "far", "outlier", "clusters", "duplicates", "all-equal",
    "with-zeros", "integers",
)  # fmt: skip
SCALES = (1.0, 1e-9, 1e3, 1e-3, 1e9, 1.0, 1e-6, 1e6, 1.0)
SLOPES = (2.0, -3.7, 0.05, 1.0, -1e3, 0.0, 0.8)
NOISES = (0.0, 0.05, 1.0, 0.0, 0.3)  # of y's size
# Of 1/L or, in the odd ones, of 1/max c; None leaves the rate to the film.
RATES = (None, 1e-5, 0.09, 0.4, 1.0, 1.5, 1.97, 2.05, 3.0, 40.0, None)
ORDERS = (None, "in-order", "shuffled", "random", "batch")
RULES = (None, None, None, None, "momentum", "nesterov", "adagrad", "rmsprop", "adam")
SCHEDULES = (None, None, None, None, None, "step:step_size=30,gamma=0.1", "inverse", "cosine")
STARTS = ("chosen", "minimum", "beyond", "near", "far", "chosen", "zero")
EPOCHS = (None, 1, 2, 10, 37, 100, 400)
OUTLIER = parse_data("30,60 1,2.2 0.5,1.1 2,4.1 1.5,2.7 0.8,1.9")
DELIBERATE: dict[str, dict[str, Any]] = {
    "just-2/L": {"lr": 3 / 14, "rates": (3 / 14,)},
    "batch-arrives-alone": {"lr": 0.2},
    "only-x-0-is-off": {"data": Dataset(np.array([0.0, 1.0, 65.0]), np.array([1.0, 2.0, 130.0]))},
    "at-the-minimum-by-adagrad": {"data": NOISY, "w0": 142 / 70, "b0": -0.1, "rule": "adagrad"},
    "at-the-minimum": {"w0": 2.0, "b0": 0.0},
    "at-the-minimum-by-adam": {"w0": 2.0, "b0": 0.0, "rule": "adam"},
    "outlier-not-drawn": {"data": OUTLIER, "epochs": 1, "seed": 4, "lr": 1e-6, "w0": 1.0},
    "outlier-not-drawn-too-fast": {"data": OUTLIER, "epochs": 1, "seed": 4, "lr": 0.2, "w0": 1.0},
    "at-the-minimum-of-the-lecture": {"data": LECTURE, "w0": 2.0, "b0": 0.0},
    "standardised": {"data": Dataset(np.array([-1.0, 1, -1, 1]), np.array([1.0, 4, 2, 6]))},
}
"""Lessons that no drawing would hit."""
BATCHES = (None, None, None, 2, "all")


def corpus(count: int = COUNT, seed: int = 20) -> list[tuple[str, dict[str, Any]]]:
    """``count`` labelled sets of knobs; first the lecture's data and the known noisy set."""
    known = [("lecture", {}), ("noisy", {"data": NOISY}), *DELIBERATE.items()]
    drawn = islice(_drawn(Random(seed)), count - len(known))
    return known + [(f"{k:02}-{label}", knobs) for k, (label, knobs) in enumerate(drawn)]


def lesson_for(film: Film, knobs: dict[str, Any]) -> Lesson | None:
    """The film's lesson with those of ``knobs`` that it takes; None for data that it refuses.

    Raises the KnobError of a value that the film itself has chosen.
    """
    left = dict(knobs)
    while True:
        try:
            lesson = film.lesson(**left)
            film.check(lesson)
        except KnobError as error:
            if error.knob not in left:
                raise
            del left[error.knob]
        except DataError:
            return None
        else:
            return lesson


def lessons(count: int = COUNT) -> Iterator[tuple[str, str, Lesson]]:
    """Film, label and lesson for all pairs that the films accept; films without data come once."""
    for film in FILMS.values():
        for label, knobs in corpus(count):
            if "data" in film.takes and (lesson := lesson_for(film, knobs)):
                yield film.name, label, lesson


def _drawn(random: Random) -> Iterator[tuple[str, dict[str, Any]]]:
    features = (SIZES, SHAPES, SCALES, SLOPES, NOISES, RATES, ORDERS, RULES, SCHEDULES)
    features += (STARTS, EPOCHS, BATCHES, SCALES)
    for drawn in zip(*(_shuffled_rounds(values, random) for values in features), strict=True):
        size, shape, across, slope, noise, rate, order, rule, schedule, *rest = drawn
        start, epochs, batch, _ = rest
        data = _data(random, size, shape, across, slope, noise)
        knobs: dict[str, Any] = {"data": data, "seed": random.randrange(1000)}
        curvatures = 2 * data.x**2
        steepest = float(curvatures.mean()) if random.random() < 0.5 else float(curvatures.max())
        if rate is not None and steepest > 0:
            knobs["lr"] = float(f"{rate / steepest:.3g}")
            knobs["rates"] = tuple(float(f"{share * rate / steepest:.3g}") for share in (0.3, 1, 2))
        w0 = _start(random, start, data)
        knobs |= {"w0": w0} if w0 is not None else {}
        most = max(1, MOST_UPDATES // data.n)
        knobs |= {"epochs": min(epochs or 100, most)} if epochs or most < 100 else {}
        given = {"order": order, "rule": rule, "schedule": schedule}
        given["batch_size"] = data.n if batch == "all" else batch and min(batch, data.n)
        knobs |= {name: value for name, value in given.items() if value is not None}
        label = f"{size}-{shape}-{across:g}-{slope:g}-noise-{noise:g}-rate-{rate}-{start}"
        yield label, knobs


def _shuffled_rounds(values: Sequence[Any], random: Random) -> Iterator[Any]:
    """All values, in a new order in each round."""
    for _ in cycle((0,)):
        yield from random.sample(values, len(values))


def _data(random: Random, n: int, shape: str, across: float, slope: float, noise: float) -> Dataset:
    """n samples; the unit of x is ``across``, that of y another power of ten."""
    x = np.array([_x(random, shape, i) for i in range(n)]) * across
    up = 10.0 ** random.choice((-9, -4, -1, 0, 0, 1, 3, 9)) / across
    y = slope * up * x
    size = float(np.abs(y).max()) or up * across
    y = y + noise * size * np.array([random.gauss(0, 1) for _ in range(n)])
    if shape == "outlier":
        y[0] = y[0] * -4 if y[0] else 4 * size
    if shape == "duplicates":
        x, y = np.resize(x[: (n + 1) // 2], n), np.resize(y[: (n + 1) // 2], n)
    return Dataset(x, y, shape)


def _x(random: Random, shape: str, i: int) -> float:
    match shape:
        case "far":
            return random.uniform(62, 68)
        case "outlier":
            return 30.0 if i == 0 else random.uniform(0.5, 3)
        case "clusters":
            return random.gauss(1, 0.1) if i % 2 else random.gauss(-4, 0.1)
        case "all-equal":
            return 2.5
        case "with-zeros":
            return 0.0 if i % 3 == 1 else random.uniform(-2, 2)
        case "both-signs":
            return random.uniform(-3, 3)
        case "integers":
            return float(i + 1)
        case "even":
            return 0.5 + i * 0.25
    return random.uniform(0.2, 3)


def _start(random: Random, start: str, data: Dataset) -> float | None:
    square = float(data.x @ data.x)
    goal = float(data.x @ data.y) / square if square > 0 else 0.0
    size = abs(goal) or 1.0
    w0 = {
        "minimum": goal,
        "beyond": goal + 1.5 * size,
        "near": goal + 1e-4 * size,
        "far": goal - 1e3 * size,
        "zero": 0.0,
    }.get(start)
    return None if w0 is None or abs(w0) > 1e8 else w0

"""The plan of the film `mini-batch`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gdcore.data import Dataset, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.trace import Trace
from scenes.catalogue.captions import Captions
from scenes.catalogue.descents import batch_trace, descent
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.lesson import RATE_MAX, UPDATES_MAX, Lesson
from scenes.catalogue.noisy import steady_rate
from scenes.catalogue.suited import start_alone
from scenes.catalogue.takes import SAMPLED, has_slope, needs_slope, taking
from scenes.films.mini_batch.captions import BEATS
from scenes.films.mini_batch.facts import Facts

# Numbers of samples. They are squares: their roots divide them, as the exact spread requires.
_DATA, _SQUARES = "random:n={n},sigma=0.5,seed=1", (36, 25, 16, 9)

_HALVINGS = 12.0  # with the budget batch descent divides its error by about e to this power

RUN = 5.5
"""Seconds of the time-lapse, if there are epochs after the first."""


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Data with room for three sizes; a rate that suits single samples; a budget that suits all."""
    data: Dataset = given.get("data") or own_data(given.get("epochs", 1))
    if not has_slope(data):
        return {"data": data}  # the check refuses them
    rate = min(steady_rate(data), RATE_MAX)
    asked = float(given.get("lr", rate))
    halving = _HALVINGS / (asked * LeastSquares(data).curvature) if asked > 0 else 0.0
    epochs = math.ceil(min(max(halving, 20.0), 200.0))
    return {"data": data, **start_alone(given), "lr": rate, "epochs": epochs}


def own_data(epochs: int) -> Dataset:
    """Noisy data, with as many samples as ``epochs`` epochs can have."""
    most = max(UPDATES_MAX // max(epochs, 1), _SQUARES[-1])
    return parse_data(_DATA.format(n=next(n for n in _SQUARES if n <= most)))


def sizes(lesson: Lesson) -> tuple[int, ...]:
    """One, some and all of the samples; each size once."""
    some = lesson.batch_size or some_of(lesson.data.n)
    return tuple(sorted({1, some, lesson.data.n}))


def some_of(n: int) -> int:
    """About √n. If a divisor of n is near, it is taken: then all batches have one size."""
    root = math.sqrt(n)
    near = [size for size in range(1, n + 1) if n % size == 0 and root / 2 <= size <= 2 * root]
    between = [size for size in near if 1 < size < n]
    if not between:
        return max(1, round(root))
    return min(between, key=lambda size: round(abs(math.log(size / root)), 9))


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """One descent for each size, with the same budget of sample gradients."""
    order = lesson.order or "random"
    return {
        f"batch-size-{size}": batch_trace(lesson)
        if size == lesson.data.n
        else descent(lesson, order, size)
        for size in sizes(lesson)
    }


FILM = Film(
    name="mini-batch",
    module="scenes.films.mini_batch.scene",
    scene="MiniBatch",
    sections=(
        Section("sizes", 6.3),
        Section("one-epoch", 10.2),
        Section("budget", 11.0, spare=of_few(1, RUN)),
        Section("spread", 8.7),
        Section("result", 3.6),
    ),
    takes=taking("data", "w0", "lr", "epochs", "batch_size", "seed", order=SAMPLED),
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="result",
    example="./gd video mini-batch --batch-size 8",
    captions=Captions(lambda lesson: Facts(lesson, traces), BEATS),
    requires=needs_slope,
    defaults=defaults,
    reasons={
        "order": Message("mini-batch shows the full batch beside smaller ones; see the film batch")
    },
)

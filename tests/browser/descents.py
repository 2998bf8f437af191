"""Descents as a browser computes them on the live slide, to be compared with gdcore's."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product

import numpy as np

from cli.deck.live.element import asset
from cli.deck.live.numbers import numbers
from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from gdcore.outcome import outcome
from gdcore.rules import RULES
from gdcore.sampling import ORDERS
from gdcore.trace import Trace
from scenes import Lesson
from scenes.catalogue.descents import descent
from scenes.catalogue.theme import THEMES

SCRIPT = asset("descent.js")
# Each case is what the page starts from; the script makes the descent as the page does.
DESCENDED = """cases => JSON.stringify(JSON.parse(cases).map(given => {
    const { data, start, rate, rule, order, orders, epochs, updates_per_epoch } = given;
    const rows = orders[order];
    const updates = epochs * (rows === null ? 1 : updates_per_epoch);
    const made = descend({
        data, start, rate, rule: rule.name, numbers: rule.numbers, rows, updates,
    });
    const told = outcome(made, factsOf(data), rows === null);
    const last = made.w.slice(-50);
    return {
        w: made.w, gradient: made.gradient, diverged_at: made.divergedAt, outcome: told,
        cost: last.map(w => meanLoss(w, data, null)),
    };
}), (_, value) => typeof value !== "number" || Number.isFinite(value) ? value : String(value))"""
SPELLED = (
    *RULES,
    "momentum:momentum=0.5,dampening=0.3",
    "adagrad:lr_decay=0.1,initial_accumulator_value=0.5,eps=0.001",
    "rmsprop:alpha=0.9,momentum=0.6",
    "adam:beta1=0.5,beta2=0.9",
)
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def samples(*points: tuple[float, float]) -> Dataset:
    x, y = zip(*points, strict=True)
    return Dataset(np.array(x), np.array(y), "points")


# Data, start, rates from one that creeps to one that is far too large, and sizes of batches. gdcore
# adds up more than 64 samples in another way.
LESSONS: dict[str, tuple[Dataset, float, tuple[float, ...], tuple[int, ...]]] = {
    "lecture": (LECTURE, 1.0, (0.0001, 0.01, 0.11, 0.215, 1.5), (1, 2)),
    "noisy": (NOISY, 1.0, (0.01, 0.2, 1.0), (1,)),
    "many": (parse_data("random:n=70,sigma=2,seed=5"), -3.0, (0.01, 0.35, 40.0), (66,)),
    "heights": (parse_data("heights"), 0.19, (1.6e-6, 3.5e-5), (3,)),
    "one": (samples((-2.0, 3.0)), 5.0, (0.01, 0.25, 0.3), (1,)),
    "zeros": (samples((0.0, 1.0), (1.0, 0.0), (0.0, -2.0)), 1.0, (0.01, 1.0), (1,)),
    "large": (samples((3e50, 1e50), (-1e49, 2e50)), 1e10, (1e-103, 1e-90), (1,)),
    "small": (samples((1e-9, 3.0), (2e-9, 7.0)), 0.0, (1e15, 1e18), (1,)),
    "rest": (LECTURE, 2.0, (0.01, 5.0), (1,)),
}


def cases(name: str) -> list[tuple[Lesson, Trace]]:
    """The lessons on these data in every rule, order and rate, each with its trace."""
    data, start, rates, sizes = LESSONS[name]
    found = []
    for rule, order, rate, size in product(SPELLED, ORDERS, rates, sizes):
        lesson = Lesson(data, w0=start, lr=rate, rule=rule, order=order, batch_size=size, seed=3)
        found.append((lesson, descent(lesson, order, size)))
    return found


def compare(name: str, descend: Callable[[str], str]) -> None:
    """w, slope and J at every update, where it diverges, and how it went.

    ``descend`` runs DESCENDED in a page that has SCRIPT.
    """
    made = cases(name)
    asked = json.dumps([numbers(lesson, THEMES["dark"], False) for lesson, _ in made])
    descents = json.loads(descend(asked))
    for (lesson, trace), found in zip(made, descents, strict=True):
        about = f"{lesson.rule}, {lesson.order}, {lesson.batch_size}, rate {lesson.lr}"
        assert found["diverged_at"] == trace.diverged_at, about
        pairs = {"w": trace.w, "gradient": trace.gradient[:, 0], "cost": trace.cost[-50:]}
        for each, wanted in pairs.items():
            here = np.array(found[each], float)
            np.testing.assert_allclose(here, wanted, **CLOSE, err_msg=f"{each}: {about}")
        assert found["outcome"] == outcome(trace).value, about

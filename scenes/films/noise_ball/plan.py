"""The plan of the film `noise-ball`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gdcore.data import LECTURE, NOISY, DataError
from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace
from scenes.catalogue.captions import Captions
from scenes.catalogue.descents import descent
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import EPOCHS_MAX, RATE_MAX, START_MAX, Lesson
from scenes.catalogue.noisy import noisy_twin, steady_rate
from scenes.catalogue.takes import has_slope, needs_slope, taking
from scenes.films.noise_ball.captions import BEATS, Facts, told

SHARES = {"full": 1.0, "half": 0.5, "quarter": 0.25}
"""The constant rates that are compared, as shares of the lesson's."""

UPDATES = 3000  # about; then the measured spread is within a few percent of the exact one
SLOW_STEPS, PUSH = 4, 1.84
"""Updates that are shown one by one, and seconds for each."""
LANDINGS, LANDED = 5, 4.0
"""Landings that are shown one by one in the chart, and seconds for them."""
RUN = 4.0
"""Seconds of the time-lapse, if updates are left for it."""
_SHRINKING = 100.0  # the factor by which the decaying rate falls


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A start at the minimum, a rate for these data, and a few thousand updates."""
    data = given.get("data", LECTURE)
    if not has_slope(data):
        return {}  # the check refuses them
    noisy = noisy_twin(data)
    epochs = min(max(-(-UPDATES // noisy.n), 1), EPOCHS_MAX)
    start = min(max(float(LeastSquares(noisy).minimiser()[0]), -START_MAX), START_MAX)
    return {"w0": start, "lr": min(steady_rate(noisy), RATE_MAX), "epochs": epochs}


def decay(lesson: Lesson) -> float:
    """The decay that makes lr/(1 + decay·k) a hundredth at the end; less if w would not arrive."""
    noisy = noisy_twin(lesson.data)
    slowest = lesson.lr * LeastSquares(noisy).curvature / 2
    return float(f"{min(_SHRINKING / (lesson.epochs * noisy.n), slowest):.0e}")


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The same random samples at three constant rates and at a decaying one."""
    noisy = replace(lesson, data=noisy_twin(lesson.data))
    found = {
        name: descent(noisy, "random", 1, lr=share * lesson.lr) for name, share in SHARES.items()
    }
    falling = f"inverse:decay={decay(lesson)!r}"
    return found | {"decaying": descent(noisy, "random", 1, schedule=falling)}


def implied(lesson: Lesson) -> Mapping[str, Any]:
    """Plain SGD with one random sample for each update: for this the exact spread is known."""
    return {"order": "random", "batch_size": 1}


def requires(lesson: Lesson) -> None:
    """It needs noise: samples with different best w."""
    needs_slope(lesson)
    data = lesson.data
    low, high = region_of_confusion(LeastSquares(noisy_twin(data)))
    replaced = data.exact and noisy_twin(data) is NOISY
    if replaced or high - low <= 1e-9 * max(abs(low), abs(high)):
        message = "{name}: all samples have their minimum at one w, so there is no noise"
        raise DataError(Message(message, name=data.name))


def planned_updates(lesson: Lesson) -> int:
    """The number of updates planned at the constant rate; a diverging descent makes fewer."""
    return lesson.epochs * noisy_twin(lesson.data).n


def _spare_pushes(lesson: Lesson) -> float:
    return PUSH * max(SLOW_STEPS - planned_updates(lesson), 0)


FILM = Film(
    name="noise-ball",
    module="scenes.films.noise_ball.scene",
    scene="NoiseBall",
    sections=(
        Section("pushes", 13.6, spare=_spare_pushes),
        Section(
            "band",
            16.0,
            spare=lambda lesson: LANDED + RUN if planned_updates(lesson) <= SLOW_STEPS else 0.0,
        ),
        Section("rates", 9.9),
        Section("schedule", 10.2),
    ),
    takes=taking("data", "w0", "lr", "epochs", "seed"),
    traces=traces,
    picture="schedule",
    example="./gd video noise-ball --lr 0.08 --seed 3",
    captions=Captions(lambda lesson: Facts(lesson, traces), BEATS, told),
    requires=requires,
    defaults=defaults,
    implied=implied,
)

"""The plan of the film `learning-rate`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gdcore.data import LECTURE, Dataset
from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.suited import two_digits
from gdcore.theory import thresholds
from gdcore.trace import Trace
from scenes.catalogue.captions import Captions
from scenes.catalogue.descents import descent
from scenes.catalogue.film import Film, Section, of_few
from scenes.catalogue.knobs import KnobError
from scenes.catalogue.lesson import EPOCHS_MAX, RATE_MAX, Lesson
from scenes.catalogue.suited import start_alone
from scenes.catalogue.takes import any_seed, needs_slope, taking
from scenes.films.learning_rate.captions import BEATS, Facts, told

MOST = 4
EPOCHS = 20
SLOW_STEPS = 3
RUN = 6.5
"""Seconds of the time-lapse, if epochs are left for it."""

# For the lecture's data the film's own rates are the roundest numbers within these bounds.
_STILL_TO_GO = (0.87, 0.72)  # of the way, after all epochs, at the rate that is too small
_OTHERS = ((0.85, 0.97), (1.75, 1.9), (2.08, 2.3))  # in units of 1/L


def roundest(low: float, high: float) -> float:
    """The number with the fewest digits in [low, high], 0 < low < high; of several the middle."""
    places = -math.floor(math.log10(high))
    while True:
        first = math.ceil(_shifted(low, places))
        last = math.floor(_shifted(high, places))
        if first <= last:
            return float(f"{(first + last) // 2}e{-places}")
        places += 1


def _shifted(value: float, places: int) -> float:
    """``value``·10^places, also where that power is beyond a double's range."""
    half = places // 2
    return value * 10.0**half * 10.0 ** (places - half)


def rates_of(lesson: Lesson) -> tuple[float, ...]:
    """The given rates in ascending order; or one too small, a good one, two too large."""
    return tuple(sorted(lesson.rates or own_rates(lesson.data, lesson.epochs)))


def own_rates(data: Dataset, epochs: int) -> tuple[float, ...]:
    """Four rates: for the lecture's data round numbers, for others the same shares of 1/L."""
    lecture = thresholds(LeastSquares(LECTURE)).no_overshoot
    small = [-math.expm1(math.log(share) / epochs) for share in _STILL_TO_GO]
    rates = tuple(roundest(low * lecture, high * lecture) for low, high in ((*small,), *_OTHERS))
    if data == LECTURE:
        return rates
    unit = thresholds(LeastSquares(data)).no_overshoot
    return tuple(two_digits(rate / lecture * unit) for rate in rates)


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """Full-batch descents from one start, one for each rate."""
    n = lesson.data.n
    return {f"lr={rate!r}": descent(lesson, "batch", n, lr=rate) for rate in rates_of(lesson)}


def requires(lesson: Lesson) -> None:
    """It needs a few rates, all different."""
    needs_slope(lesson)
    if len(lesson.rates) > MOST:
        raise KnobError(
            "rates",
            Message(
                "there is room for {most} rates side by side, not {count}",
                most=MOST,
                count=len(lesson.rates),
            ),
        )
    if len(set(lesson.rates)) < len(lesson.rates):
        raise KnobError("rates", Message("the same rate twice gives the same picture twice"))


def slow_seconds(epochs: int) -> float:
    """Seconds of the first epochs, which are shown one by one: the very first is the slowest."""
    return 2.4 + 1.6 * (epochs - 1) if epochs else 0.0


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """So few epochs that a viewer can follow each of them; a start and rates that suit the data."""
    own = {"epochs": EPOCHS, **start_alone(given)}
    epochs = given.get("epochs", EPOCHS)
    if "w0" not in own or not 1 <= epochs <= EPOCHS_MAX:
        return own
    rates = own_rates(given["data"], epochs)
    return {**own, "rates": rates} if max(rates) <= RATE_MAX else own


FILM = Film(
    name="learning-rate",
    module="scenes.films.learning_rate.scene",
    scene="LearningRate",
    sections=(
        Section(
            "four",
            16.5,
            spare=lambda lesson: (
                slow_seconds(SLOW_STEPS)
                - slow_seconds(min(lesson.epochs, SLOW_STEPS))
                + of_few(SLOW_STEPS, RUN)(lesson)
            ),
        ),
        Section("factor", 13.5),
        Section("ruler", 10.2),
        Section("result", 13.0),
    ),
    takes=taking("data", "w0", "epochs", "rates"),
    traces=traces,
    picture="result",
    example="./gd video learning-rate --rates 0.01,0.1,0.2,0.25",
    captions=Captions(lambda lesson: Facts(lesson, traces(lesson)), BEATS, told),
    requires=requires,
    defaults=defaults,
    implied=any_seed,
    reasons={"lr": Message("learning-rate compares several: --rates")},
)

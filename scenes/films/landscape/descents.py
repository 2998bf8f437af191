"""The descents of the film: one start, sixty starts at two rates, and sixty noisy ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gdcore.descent import descend
from gdcore.objectives.curves import CURVES
from gdcore.objectives.tilted import Tilted
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson

CURVE = CURVES["two-valleys"]
COUNT = 60
TIMES = 8.0
"""The larger rate, in units of the lesson's."""
TILT = 3.0
NOISY = Tilted(CURVE, (-TILT, TILT))


def starts() -> list[float]:
    """The starts: the middles of `COUNT` equal parts of the curve's window."""
    low, high = CURVE.window
    return [low + (high - low) * (i + 0.5) / COUNT for i in range(COUNT)]


def one(lesson: Lesson) -> Trace:
    """The descent from the lesson's start."""
    return descend(CURVE, lesson.w0, lr=lesson.lr, epochs=lesson.epochs)


@lru_cache(maxsize=4)
def many(rate: float, epochs: int) -> tuple[Trace, ...]:
    """A descent from each start."""
    return tuple(descend(CURVE, w, lr=rate, epochs=epochs) for w in starts())


@lru_cache(maxsize=2)
def noisy(rate: float, epochs: int, seed: int) -> tuple[Trace, ...]:
    """Stochastic descents from the shallow minimum: two updates an epoch, each with its tilt."""
    seeds = range(COUNT * seed, COUNT * (seed + 1))
    place = CURVE.minima[1]
    return tuple(
        descend(NOISY, place, lr=rate, epochs=epochs, order="random", seed=each) for each in seeds
    )


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """All of them, by name."""
    rate, epochs = lesson.lr, lesson.epochs
    found = {"one": one(lesson)}
    for name, group in (
        ("start", many(rate, epochs)),
        ("faster", many(TIMES * rate, epochs)),
        ("noisy", noisy(rate, epochs, lesson.seed)),
    ):
        found |= {f"{name}-{i + 1:02}": trace for i, trace in enumerate(group)}
    return found

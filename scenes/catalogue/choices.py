"""What a film chose for the data that it was given, and whether the rate does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.outcome import Fault, fault
from gdcore.rules import parse_rule
from gdcore.suited import STEPS, working_rate
from gdcore.trace import Trace
from scenes.catalogue.film import Film
from scenes.catalogue.lesson import RATE_MAX, Lesson


@dataclass(frozen=True)
class Choices:
    """The knobs that a film chose for the data.

    knobs    their values, by name
    shares   the rate, or each of the rates, as a share of 1/L; empty for a rule whose steps do not
             depend on the gradient's size, and if no rate was chosen
    faults   the descents for which the rate does not do, by name; also if the rate was given
    works    a rate at which all descents do; None if none was found, or if none is needed
    """

    knobs: Mapping[str, Any]
    shares: tuple[float, ...]
    faults: Mapping[str, Fault]
    works: float | None

    def document(self) -> dict[str, Any]:
        """The same for JSON; empty if nothing was chosen and nothing is wrong."""
        if not self.knobs and not self.faults:
            return {}
        faults = {name: found.value for name, found in self.faults.items()}
        return {**self.knobs, "shares": list(self.shares), "faults": faults, "works": self.works}


@lru_cache(maxsize=64)
def choices(film: Film, lesson: Lesson) -> Choices:
    """What ``film`` chose in ``lesson``, and whether the rate does: this makes its descents.

    The film's own lesson is not looked at: its rate is right. A command asks more than once, for
    its notes and for its JSON.
    """
    knobs = {knob: getattr(lesson, knob) for knob in lesson.chosen if knob in film.takes}
    rates = (lesson.lr,) if "lr" in knobs else knobs.get("rates", ())
    traces = film.descents(lesson) if lesson != film.lesson() else ()
    faults = {name_of(trace): found for trace in traces if (found := fault(trace))}
    works = working_rate(*traces, most=RATE_MAX) if faults else None
    return Choices(knobs, _shares(film, lesson, rates), faults, works)


def name_of(trace: Trace) -> str:
    """What tells the descents of one film apart: how many samples an update looks at."""
    if trace.order == "batch":
        return "batch"
    if trace.batch_size == 1:
        return "SGD"
    return Message("SGD with batches of {n}", n=trace.batch_size)


def _shares(film: Film, lesson: Lesson, rates: tuple[float, ...]) -> tuple[float, ...]:
    if parse_rule(lesson.rule).name in STEPS:
        return ()
    curvature = LeastSquares(lesson.data, bias="b0" in film.takes).curvature
    return tuple(rate * curvature for rate in rates)

"""The plan of the film `optimizers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.landscapes import LANDSCAPES
from gdcore.message import Message
from gdcore.races import UPDATES
from gdcore.rules import Rule
from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.knobs import KnobError
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.takes import taking
from scenes.films.optimizers.captions import CAPTIONS
from scenes.films.optimizers.racers import MOST, given_rates, race, rules_of, turned_race


def defaults(knobs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The landscape's usual start, and as many updates as a race needs."""
    name = knobs.get("landscape", Lesson().landscape)
    if name not in LANDSCAPES:  # the lesson will refuse it
        return {}
    w0, b0 = LANDSCAPES[name].start
    return {"w0": w0, "b0": b0, "epochs": UPDATES[name]}


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """One descent for each rule, and one on the turned landscape."""
    return {**race(lesson), **turned_race(lesson)}


def requires(lesson: Lesson) -> None:
    """It needs a few racers, all different, each with a rate."""
    count = len(lesson.rules) or MOST
    if count > MOST:
        raise KnobError(
            "rules",
            Message("at most {most} rules can be told apart, not {count}", most=MOST, count=count),
        )
    if len(lesson.rates) not in (0, 1, count):
        message = "one rate for all {count} rules or one for each, not {given}"
        raise KnobError("rates", Message(message, count=count, given=len(lesson.rates)))
    seen: set[tuple[Rule, float | None]] = set()
    for racer in zip(rules_of(lesson), given_rates(lesson), strict=True):
        if racer in seen:
            message = "{rule} would run the same race twice"
            raise KnobError("rules", Message(message, rule=racer[0]))
        seen.add(racer)


SLOW_STEPS = 3
SLOW = 1.4  # seconds of a slow step: its arrows, its move, the rest after


def _spare_steps(lesson: Lesson) -> float:
    return 0.95 * SLOW * max(SLOW_STEPS - lesson.epochs, 0)


FILM = Film(
    name="optimizers",
    module="scenes.films.optimizers.scene",
    scene="Optimizers",
    sections=(
        Section("landscape", 4.9),
        Section("rules", 8.1),
        Section("first-steps", 11.8, spare=_spare_steps),
        Section("race", 11.6),
        Section("turn", 5.0),
        Section("again", 9.7),
        Section("result", 6.5),
    ),
    takes=taking("w0", "b0", "epochs", "schedule", "rates", "rules", "landscape"),
    traces=traces,
    picture="again",
    example="./gd video optimizers --landscape rosenbrock --rules sgd,momentum,adam",
    captions=CAPTIONS,
    requires=requires,
    defaults=defaults,
    reasons={
        "data": Message("a landscape has no samples; choose it by --landscape"),
        "lr": Message("each rule has its own rate: --rates 0.1 for all, or one each"),
        "rule": Message("this film compares rules: --rules adam, or several"),
    },
)

"""The racers of a race of update rules: each rule with its rate, its trace and its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.descent import descend
from gdcore.finish import goal
from gdcore.landscapes import LANDSCAPES
from gdcore.objectives.turned import Turn, pivot
from gdcore.races import GRID, SADDLE_RATE, best_rate
from gdcore.rules import RULES, Rule, parse_rule
from gdcore.schedules import parse_schedule
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.stage.page.figures import short

TITLES = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}
_SYMBOLS = {
    "momentum": "β",
    "dampening": "τ",
    "lr_decay": "η",
    "initial_accumulator_value": "s0",
    "eps": "ε",
    "alpha": "ρ",
    "beta1": "β1",
    "beta2": "β2",
}
DEGREES = 30.0
"""The turn of the landscape for the second race, counterclockwise."""
MOST = len(RULES)
"""The largest number of racers: there are no more hues."""


@dataclass(frozen=True)
class Racer:
    """One rule of the race; ``hue`` is its place among the theme's hues for rules."""

    rule: Rule
    rate: float
    tuned: bool
    """whether the rate is the one that `best_rate` found for this race"""
    key: str
    """the name of its trace"""
    title: str
    """its name in the picture, different from the others"""
    brief: str
    """a shorter name, also different from the others"""
    hue: int


def rules_of(lesson: Lesson) -> tuple[Rule, ...]:
    """The rules that race, in the lesson's order."""
    return tuple(parse_rule(rule) for rule in lesson.rules or tuple(RULES))


def given_rates(lesson: Lesson) -> tuple[float | None, ...]:
    """The rate that the lesson gives each rule; None if the film chooses it."""
    count = len(lesson.rules) or MOST
    if len(lesson.rates) == 1:
        return lesson.rates * count
    return lesson.rates[:count] or (None,) * count


def racers(lesson: Lesson) -> tuple[Racer, ...]:
    """The racers of ``lesson``, in its order.

    Without rates each rule has the rate that `best_rate` finds for it; on a landscape without
    minima all rules have the same. A single rate is for all rules.
    """
    rules, given = rules_of(lesson), given_rates(lesson)
    wanted = zip(rules, given, strict=True)
    best = [_best(lesson, rule) if rate is None else None for rule, rate in wanted]
    fallback = GRID[0] if LANDSCAPES[lesson.landscape].minima else SADDLE_RATE
    rates = [one or other or fallback for one, other in zip(given, best, strict=True)]
    hues = _hues([rule.name for rule in rules])
    found = []
    for i, (rule, rate) in enumerate(zip(rules, rates, strict=True)):
        twins = [k for k, other in enumerate(rules) if other.name == rule.name]
        title = brief = TITLES[rule.name]
        key = rule.name
        if len(twins) > 1:
            brief = f"{title} {twins.index(i) + 1}"
            title = _told_apart(twins.index(i), [(rules[k], rates[k]) for k in twins]) or brief
            key = f"{rule.name}-{twins.index(i) + 1}"
        found.append(Racer(rule, rate, best[i] is not None, key, title, brief, hues[i]))
    return tuple(found)


def run(lesson: Lesson, racer: Racer, rate: float | None = None) -> Trace:
    """The full-batch descent of ``racer`` on the landscape, at its own or another rate."""
    return descend(
        LANDSCAPES[lesson.landscape],
        (lesson.w0, lesson.b0),
        lr=rate or racer.rate,
        epochs=lesson.epochs,
        rule=racer.rule,
        schedule=lesson.schedule,
    )


def race(lesson: Lesson) -> dict[str, Trace]:
    """The racers' traces by their names; all from one start."""
    return {racer.key: run(lesson, racer) for racer in racers(lesson)}


def turn_of(lesson: Lesson) -> Turn:
    """The turn of the landscape and of all that is on it, before the second race."""
    return Turn(pivot(LANDSCAPES[lesson.landscape]), DEGREES)


def run_turned(lesson: Lesson, racer: Racer) -> Trace:
    """The descent of ``racer`` on the turned landscape, from the turned start, at its rate."""
    turn = turn_of(lesson)
    return descend(
        turn.landscape(LANDSCAPES[lesson.landscape]),
        turn.forth(np.array([[lesson.w0, lesson.b0]]))[0].tolist(),
        lr=racer.rate,
        epochs=lesson.epochs,
        rule=racer.rule,
        schedule=lesson.schedule,
    )


def turned_race(lesson: Lesson) -> dict[str, Trace]:
    """The racers' traces on the turned landscape by their names."""
    return {f"{racer.key}-turned": run_turned(lesson, racer) for racer in racers(lesson)}


def settings_told(rule: Rule) -> dict[str, str]:
    """The settings of a rule that differ from its defaults, by name, each in symbols."""
    defaults = RULES[rule.name]
    return {
        name: f"{_SYMBOLS[name]} = {short(value, 10)}"
        for name, value in rule.settings
        if value != defaults[name].default
    }


def _best(lesson: Lesson, rule: Rule) -> float | None:
    landscape, schedule = LANDSCAPES[lesson.landscape], parse_schedule(lesson.schedule)
    if not landscape.minima:
        return None
    start = (lesson.w0, lesson.b0)
    return best_rate(landscape, start, rule, schedule, lesson.epochs, goal(landscape))


def _told_apart(me: int, twins: Sequence[tuple[Rule, float]]) -> str | None:
    """The name of the twin ``me`` with the only setting in which they differ, or None.

    If no setting differs, the name holds the rate.
    """
    settings = [dict(rule.settings) for rule, _ in twins]
    differing = [name for name in settings[0] if len({each[name] for each in settings}) > 1]
    if len(differing) > 1:
        return None
    symbol, values = "α", [rate for _, rate in twins]
    if differing:
        symbol, values = _SYMBOLS[differing[0]], [each[differing[0]] for each in settings]
    texts = [short(value) for value in values]
    if len(set(texts)) < len(texts):
        return None
    return f"{TITLES[twins[me][0].name]} {symbol}={texts[me]}"


def _hues(names: Sequence[str]) -> list[int]:
    """A hue for each racer: that of its rule, or a free one if the rule races twice."""
    kinds = list(RULES)
    taken: dict[int, int] = {}
    for i, name in enumerate(names):
        if kinds.index(name) not in taken.values():
            taken[i] = kinds.index(name)
    free = iter(k for k in range(len(kinds)) if k not in taken.values())
    return [taken[i] if i in taken else next(free) for i in range(len(names))]

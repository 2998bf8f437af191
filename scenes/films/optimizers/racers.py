"""The racers of a race of update rules: each rule with its rate, its trace and its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gdcore.descent import descend
from gdcore.landscapes import LANDSCAPES
from gdcore.races import RATES
from gdcore.rules import RULES, Rule, parse_rule
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson

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
MOST = len(RULES)
"""The largest number of racers: there are no more hues."""


@dataclass(frozen=True)
class Racer:
    """One rule of the race; ``hue`` is its place among the theme's hues for rules."""

    rule: Rule
    rate: float
    key: str
    """the name of its trace"""
    title: str
    """its name in the picture, different from the others"""
    brief: str
    """a shorter name, also different from the others"""
    hue: int


def racers(lesson: Lesson) -> tuple[Racer, ...]:
    """The racers of ``lesson``, in its order.

    Without rates each rule has its rate in `gdcore.races.RATES`; a single rate is for all rules.
    """
    rules = [parse_rule(rule) for rule in lesson.rules or tuple(RULES)]
    rates = _rates(lesson, rules)
    hues = _hues([rule.name for rule in rules])
    found = []
    for i, (rule, rate) in enumerate(zip(rules, rates, strict=True)):
        twins = [k for k, other in enumerate(rules) if other.name == rule.name]
        title = brief = TITLES[rule.name]
        key = rule.name
        if len(twins) > 1:
            brief = f"{title} {twins.index(i) + 1}"
            title = _told_apart(rule, rate, [(rules[k], rates[k]) for k in twins]) or brief
            key = f"{rule.name}-{twins.index(i) + 1}"
        found.append(Racer(rule, rate, key, title, brief, hues[i]))
    return tuple(found)


def race(lesson: Lesson) -> dict[str, Trace]:
    """The racers' traces by their names: full-batch descents of the landscape, from one start."""
    landscape = LANDSCAPES[lesson.landscape]
    run: Callable[[Racer], Trace] = lambda racer: descend(  # noqa: E731
        landscape,
        (lesson.w0, lesson.b0),
        lr=racer.rate,
        epochs=lesson.epochs,
        rule=racer.rule,
        schedule=lesson.schedule,
    )
    return {racer.key: run(racer) for racer in racers(lesson)}


def settings_told(rule: Rule) -> str:
    """The settings of a rule that differ from its defaults, in symbols."""
    defaults = RULES[rule.name]
    told = [(name, value) for name, value in rule.settings if value != defaults[name].default]
    return ", ".join(f"{_SYMBOLS[name]} = {value:g}" for name, value in told)


def _rates(lesson: Lesson, rules: Sequence[Rule]) -> tuple[float, ...]:
    if len(lesson.rates) == 1:
        return lesson.rates * len(rules)
    if lesson.rates:
        return lesson.rates[: len(rules)]
    return tuple(RATES[lesson.landscape][rule.name] for rule in rules)


def _told_apart(rule: Rule, rate: float, twins: Sequence[tuple[Rule, float]]) -> str | None:
    """A name with the single setting (or rate) in which a rule differs from its twins, or None."""
    mine = {**dict(rule.settings), "rate": rate}
    others = [{**dict(twin.settings), "rate": other} for twin, other in twins]
    differing = [name for name in mine if len({other[name] for other in others}) > 1]
    if len(differing) != 1 or len({other[differing[0]] for other in others}) < len(twins):
        return None
    (name,) = differing
    return f"{TITLES[rule.name]} {_SYMBOLS.get(name, 'α')}={mine[name]:g}"


def _hues(names: Sequence[str]) -> list[int]:
    """A hue for each racer: that of its rule, or a free one if the rule races twice."""
    kinds = list(RULES)
    taken: dict[int, int] = {}
    for i, name in enumerate(names):
        if kinds.index(name) not in taken.values():
            taken[i] = kinds.index(name)
    free = iter(k for k in range(len(kinds)) if k not in taken.values())
    return [taken[i] if i in taken else next(free) for i in range(len(names))]

"""What the captions of a race claim of its map, its rules, its first steps and its rates."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from tests.claims.case import Case
from tests.claims.plain import schedule_factor
from tests.claims.plain_race import MANTISSAS, RATES, PlainRace, gradient, plain_race
from tests.claims.shown import agrees, read

MINIMA = {"ravine": 1, "rosenbrock": 1, "beale": 1, "himmelblau": 4, "saddle": 0, "double-well": 2}
LETTERS = {"momentum": "v", "nesterov": "v", "adagrad": "s", "rmsprop": "s", "adam": "ms"}
ROUNDING = 1e-12


def race_of(case: Case) -> PlainRace:
    return plain_race(case.lesson)


def listed(case: Case) -> list[int]:
    """The racers that the caption names; it names somebody."""
    assert case.numbers["names"], "nobody is named"
    return list(case.numbers["names"])


def same(one: object, other: object) -> None:
    assert one == other, f"{one} is said, {other} is true"


def goal(case: Case) -> float:
    case.shows("goal", race_of(case).goal)
    return race_of(case).goal


def minima_on_the_map(case: Case) -> None:
    count = MINIMA[case.lesson.landscape]
    assert case.numbers["count"] == count > 1


def one_minimum(case: Case) -> None:
    same(MINIMA[case.lesson.landscape], 1)


def no_minimum(case: Case) -> None:
    same(MINIMA[case.lesson.landscape], 0)


def letters(case: Case) -> None:
    found = {letter for rule in race_of(case).rules for letter in LETTERS.get(_plain(rule), "")}
    if any("momentum" in rule for rule in race_of(case).rules if _plain(rule) == "rmsprop"):
        found.add("v")
    assert found, "no rule remembers anything"
    same(case.numbers["letters"].split(", "), [letter for letter in "vms" if letter in found])


def letters_and_a_bar(case: Case) -> None:
    letters(case)
    assert {"rmsprop", "adam"} & set(race_of(case).rules), "no mean is drawn"


def _plain(rule: str) -> str:
    return rule.partition(":")[0]


def gradient_at_the_start(case: Case) -> None:
    race = race_of(case)
    shown = case.numbers["gradient"].strip("()").split(",\u00a0")
    for text, value in zip(shown, gradient(race.name, race.start), strict=True):
        none = abs(value) < ROUNDING  # what is left where terms cancel
        assert agrees(text, value) or (none and abs(read(text)[0]) < ROUNDING), (
            f"{text} is shown, {value} is true"
        )


def first_steps_differ(case: Case) -> None:
    gradient_at_the_start(case)
    race = race_of(case)
    steps = [(path[1][0] - path[0][0], path[1][1] - path[0][1]) for path in race.paths]
    longest = max(hypot(*step) for step in steps)
    apart = (hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(steps, 2))
    assert max(apart, default=0.0) > 0.009 * longest, "they look the same"


def best_rates(case: Case) -> list[int | None]:
    """Each rate is the best one; returns the arrivals. Only ties within rounding may differ."""
    race, found = race_of(case), []
    for rule, rate, best in zip(race.rules, race.rates, race.bests(), strict=True):
        assert best is not None, f"{rule}: with every rate J rises above its start"
        assert best[0] == rate, f"{rule}: {rate} is taken, {best[0]} is best"
        assert RATES[0] < rate < RATES[-1], f"{rule}: a rate beyond the grid may be better"
        found.append(best[1])
    return found


def tuned(case: Case) -> None:
    assert case.lesson.landscape != "saddle" and goal(case)
    assert all(best_rates(case)), "some do not arrive"


def tuned_or_lowest(case: Case) -> None:
    assert case.lesson.landscape != "saddle" and goal(case)
    assert 0 < len([each for each in best_rates(case) if each]) < len(race_of(case).rules)


def tuned_at_the_end(case: Case) -> None:
    assert case.lesson.landscape != "saddle"
    assert not any(best_rates(case)), "some arrive"


def saddle_rate(case: Case) -> None:
    no_minimum(case)
    one_rate(case)


def one_rate(case: Case) -> None:
    assert len(set(race_of(case).rates)) == 1
    case.shows("rate", race_of(case).rates[0])


def rates_tried(case: Case) -> None:
    same(tuple(case.numbers["factors"].split(", ")), MANTISSAS)
    best_rates(case)


def rates_fall(case: Case) -> None:
    factor = schedule_factor(case.lesson.schedule, case.lesson.epochs)
    fewest = min(len(path) - 1 for path in race_of(case).paths)
    assert factor(fewest - 1) < factor(0), "the rate stays"


def rates_tried_and_fall(case: Case) -> None:
    rates_tried(case)
    rates_fall(case)

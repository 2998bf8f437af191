"""What the captions of a race claim of the turned landscape and of the race on it."""

from __future__ import annotations

from tests.claims.case import Case
from tests.claims.plain_turn import forth, turned_arrivals, turned_paths
from tests.claims.race_rules import MINIMA, goal, listed, race_of, same

SCALING = ("adagrad", "rmsprop", "adam")


def turned(case: Case) -> None:
    case.shows("degrees", 30.0)


def one_valley(case: Case) -> None:
    turned(case)
    same(MINIMA[case.lesson.landscape], 1)


def alike(case: Case) -> list[int]:
    """The racers whose second path is the first, turned."""
    race, found = race_of(case), []
    for i, (old, new) in enumerate(zip(race.paths, turned_paths(case.lesson), strict=True)):
        pairs = zip((forth(race.name, place) for place in old), new, strict=False)
        near = all(abs(a - b) <= 2e-4 * max(abs(a), 10) for a, b in pairs)
        if near and len(old) == len(new):
            found.append(i)
    return found


def all_alike(case: Case) -> None:
    same(alike(case), list(range(len(race_of(case).rules))))


def some_alike(case: Case) -> None:
    same(listed(case), alike(case))
    assert len(alike(case)) < len(race_of(case).rules)


def none_alike(case: Case) -> None:
    same(alike(case), [])


def later(case: Case) -> None:
    race, again, (one,) = race_of(case), turned_arrivals(case.lesson), listed(case)
    lost = {
        i: after - before
        for i, (before, after) in enumerate(zip(race.arrivals, again, strict=True))
        if before is not None
        and after is not None
        and race.rules[i].partition(":")[0] in SCALING
        and i not in alike(case)
    }
    assert lost[one] == max(lost.values()) > 0
    case.shows("before", race.arrivals[one])
    case.shows("after", again[one])


def stranded(case: Case) -> None:
    pairs = zip(race_of(case).arrivals, turned_arrivals(case.lesson), strict=True)
    assert goal(case)
    same(listed(case), [i for i, (a, b) in enumerate(pairs) if a is not None and b is None])


def sooner(case: Case) -> None:
    pairs = list(zip(race_of(case).arrivals, turned_arrivals(case.lesson), strict=True))
    assert goal(case)
    found = [i for i, (a, b) in enumerate(pairs) if a is not None and b is not None and b < a]
    same(listed(case), [i for i in found if i not in alike(case)])

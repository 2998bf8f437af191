"""What each caption of the film `momentum` claims, computed again in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from tests.claims.case import Case, Claim, nothing
from tests.claims.ravine import Walk, again, radius, share_of

FIRST = 20
PLACES = {"creeping": (0.005, 0.0), "ripples": (0.06, 0.95), "diverging": (0.13, 0.3)}
FASTEST = ((2 / (sqrt(25) + 1)) ** 2, ((sqrt(25) - 1) / (sqrt(25) + 1)) ** 2)
FASTEST_PLAIN = (2 / 26, 0.0)


def condition(case: Case) -> None:
    case.shows("condition", 25.0 / 1.0)


def plain(case: Case) -> Walk:
    """Plain SGD at the lesson's rate."""
    return again(case.lesson, share=0.0)


def heavy(case: Case) -> Walk:
    return again(case.lesson)


def nothing_moves(case: Case) -> None:
    assert all(place == (0.0, 0.0) for place in plain(case).places)


def rate(case: Case) -> None:
    case.shows("rate", case.lesson.lr)


def rises(case: Case) -> None:
    rate(case)
    walk = plain(case)
    assert walk.cost(walk.updates) > walk.cost(0)


def swings(case: Case) -> None:
    rate(case)
    walk = plain(case)
    updates = min(FIRST, walk.updates)
    case.shows("updates", updates)
    case.shows("turns", walk.turns(1, updates))
    assert walk.turns(1, updates) > updates / 2


def starts_at_goal(case: Case) -> None:
    case.shows("goal", 0.001)
    assert plain(case).cost(0) <= 0.001


def arrives(case: Case) -> None:
    case.shows("goal", 0.001)
    arrival = plain(case).arrival()
    assert arrival, "it does not arrive, or is there at the start"
    case.shows("updates", arrival)


def stays_away(case: Case) -> None:
    case.shows("goal", 0.001)
    case.shows("updates", case.lesson.epochs)
    assert plain(case).arrival() is None


def share(case: Case) -> None:
    case.shows("share", share_of(case.lesson))
    assert share_of(case.lesson) > 0


def no_share(case: Case) -> None:
    assert share_of(case.lesson) == 0
    assert heavy(case).velocities == heavy(case).gradients


def second(along: int, across: int) -> Claim:
    """The signs of −αg·(−αβv) in the second update."""

    def claim(case: Case) -> None:
        walk = heavy(case)
        assert walk.updates > 1
        kept = share_of(case.lesson)
        pairs = zip(walk.gradients[1], walk.velocities[0], strict=True)
        found = [(g * kept * v > 0) - (g * kept * v < 0) for g, v in pairs]
        if along and across:
            assert found == [along, across]
        else:
            assert set(found) - {0} == {along or across}

    return claim


def first(case: Case) -> None:
    case.shows("updates", min(FIRST, heavy(case).updates))


def gradients(case: Case, axis: int) -> list[float]:
    return [pair[axis] for pair in heavy(case).gradients[:FIRST]]


def no_gradient(axis: int) -> Claim:
    def claim(case: Case) -> None:
        assert not any(gradients(case, axis))
        assert not any(pair[axis] for pair in heavy(case).velocities[:FIRST])

    return claim


def all_is_gradient(axis: int) -> Claim:
    def claim(case: Case) -> None:
        no_share(case)
        assert any(gradients(case, axis))

    return claim


def kept(axis: int) -> Claim:
    """The share of the gradients in v: both written as sums over all past updates."""

    def claim(case: Case) -> None:
        values, beta = gradients(case, axis), share_of(case.lesson)
        assert any(values) and beta
        left = whole = 0.0
        for k in range(len(values)):
            terms = [beta ** (k - i) * values[i] for i in range(k + 1)]
            left += abs(sum(terms))
            whole += sum(map(abs, terms))
        case.shows("kept", 100 * left / whole, slack=1e-9)

    return claim


def cancels(case: Case) -> None:
    kept(1)(case)
    values = gradients(case, 1)
    assert min(values) < 0 < max(values), "all of one sign"
    assert case.number("kept") < 90


def adds_up(case: Case) -> None:
    values = gradients(case, 0)
    assert all(value >= 0 for value in values) or all(value <= 0 for value in values)
    largest = max(abs(pair[0]) for pair in heavy(case).velocities[:FIRST])
    case.shows("gain", largest / max(map(abs, values)))
    assert case.number("gain") > 1


def visit(case: Case, name: str) -> Walk:
    at, beta = PLACES[name]
    case.shows("rate", at)
    case.shows("share", beta)
    return again(case.lesson, at, beta)


def visited(name: str, holds: Callable[[Walk, int], bool] = lambda walk, k: True) -> Claim:
    """J after the updates that the caption names."""

    def claim(case: Case) -> None:
        walk = visit(case, name)
        updates = min(FIRST, walk.updates) if name == "diverging" else walk.updates
        case.shows("updates", updates)
        case.shows("cost", walk.cost(updates), slack=1e-6)
        assert holds(walk, updates)

    return claim


def ripples(case: Case) -> None:
    walk = visit(case, "ripples")
    case.shows("turns", walk.turns(0, walk.updates))
    assert walk.turns(0, walk.updates) > 0


def diverges(walk: Walk, updates: int) -> bool:
    return walk.cost(updates) > walk.cost(0) and radius(*PLACES["diverging"]) > 1


def best(case: Case) -> None:
    """No other place of a fine grid around it, and of a coarse one, has a smaller radius."""
    at, beta = FASTEST
    least = radius(at, beta)
    case.shows("rate", at)
    case.shows("share", beta)
    case.shows("radius", least, slack=1e-6)
    others = [(at + i * 0.002, beta + j * 0.01) for i in range(-3, 4) for j in range(-3, 4)]
    others += [(0.01 * i, 0.1 * j) for i in range(1, 17) for j in range(10)]
    assert all(radius(*other) >= least - 1e-6 for other in others)


def ends(case: Case) -> tuple[int | None, int | None]:
    """The arrivals at the fastest settings, without momentum and with it."""
    case.shows("goal", 0.001)
    both = [again(case.lesson, *setting).arrival() for setting in (FASTEST_PLAIN, FASTEST)]
    return both[0], both[1]


def counts(case: Case) -> None:
    without, with_it = ends(case)
    assert without is not None and with_it is not None
    case.shows("plain", without)
    case.shows("heavy", with_it)


def only_heavy(case: Case) -> None:
    without, with_it = ends(case)
    assert without is None and with_it is not None
    case.shows("heavy", with_it)
    case.shows("updates", case.lesson.epochs)


def only_plain(case: Case) -> None:
    without, with_it = ends(case)
    assert without is not None and with_it is None
    case.shows("plain", without)
    case.shows("updates", case.lesson.epochs)


def neither(case: Case) -> None:
    assert ends(case) == (None, None)
    case.shows("updates", case.lesson.epochs)


def first_step(case: Case) -> None:
    """v is the gradient after it: there was no velocity before."""
    walk = heavy(case)
    assert walk.velocities[0] == walk.gradients[0] != (0.0, 0.0)


def has_levels(case: Case) -> None:
    """J is above 0 at the start, so that it has a logarithm."""
    assert plain(case).cost(0) > 0


def factors(case: Case) -> None:
    """By the eigenvalues, and by the steps themselves: in the end, those that a double can tell."""
    case.shows("plain", 100 * radius(*FASTEST_PLAIN) ** 2)
    case.shows("heavy", 100 * radius(*FASTEST) ** 2, slack=1e-6)
    assert all(radius(0.001 * k, 0.0) >= radius(*FASTEST_PLAIN) for k in range(1, 100))
    long = again(case.lesson, *FASTEST_PLAIN)
    last = min(long.updates, 200)
    if long.cost(last) > 1e-300:
        left = long.cost(last) / long.cost(last - 1)
        assert abs(100 * left - case.number("plain")) < 0.1


CLAIMS: dict[str, Claim] = {
    "ravine": condition,
    "at-rest": nothing_moves,
    "plain-rises": rises,
    "plain-swings": swings,
    "plain": rate,
    "plain-start": starts_at_goal,
    "plain-arrives": arrives,
    "plain-not-there": stays_away,
    "memory": share,
    "memory-none": no_share,
    "first": first_step,
    "first-at-rest": nothing_moves,
    "second-both": second(1, -1),
    "second-against": second(0, -1),
    "second-with": second(1, 0),
    "second": nothing,
    "strip": first,
    "across-nothing": no_gradient(1),
    "across-none": all_is_gradient(1),
    "across-cancels": cancels,
    "across": kept(1),
    "along-nothing": no_gradient(0),
    "along-none": all_is_gradient(0),
    "along-adds-up": adds_up,
    "along": kept(0),
    "plane": nothing,
    "border": nothing,
    "creeping": visited("creeping", lambda walk, k: walk.cost(k) > 0.001),
    "creeping-there": visited("creeping"),
    "ripples": ripples,
    "ripples-none": visited("ripples"),
    "diverging": visited("diverging", diverges),
    "diverging-none": visited("diverging"),
    "best": best,
    "race": nothing,
    "levels": has_levels,
    "levels-at-rest": nothing_moves,
    "counts-start": starts_at_goal,
    "counts": counts,
    "counts-heavy": only_heavy,
    "counts-plain": only_plain,
    "counts-none": neither,
    "factors": factors,
}

"""Whether the captions of `gradient` are true."""

from __future__ import annotations

from fractions import Fraction

from tests.claims.case import Case, Claim, nothing
from tests.claims.films.cost_function import best


def slope(case: Case) -> float:
    """The slope of J at the start, exactly: the mean of 2x(wx − y)."""
    data, w = case.lesson.data, Fraction(case.lesson.w0)
    pairs = [
        (Fraction(x), Fraction(y)) for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True)
    ]
    return float(sum(2 * x * (w * x - y) for x, y in pairs) / len(pairs))


def curvature(case: Case) -> Fraction:
    squares = [Fraction(x) ** 2 for x in case.lesson.data.x.tolist()]
    return 2 * sum(squares) / len(squares)


def distance(case: Case, w: Fraction) -> Fraction:
    return abs(w - best(case))


def moved(case: Case) -> Fraction:
    """w after one update."""
    return Fraction(case.lesson.w0) - Fraction(case.lesson.lr) * Fraction(slope(case))


def size(case: Case) -> float:
    """The largest a rounding error of the slope can be."""
    data = case.lesson.data
    return float(1e-12 * (abs(data.x) * (abs(case.lesson.w0 * data.x) + abs(data.y))).max())


def right(case: Case) -> None:
    assert slope(case) < 0 and best(case) > Fraction(case.lesson.w0)


def left(case: Case) -> None:
    assert slope(case) > 0 and best(case) < Fraction(case.lesson.w0)


def stay(case: Case) -> None:
    assert abs(slope(case)) <= 10 * size(case)


def terms(case: Case) -> None:
    assert 1 < case.lesson.data.n <= 4


def many(case: Case) -> None:
    assert case.numbers["n"] == case.lesson.data.n


def shown_slope(case: Case) -> None:
    if case.numbers["slope"] in ("0", "0.0000"):
        stay(case)
    else:
        case.shows("slope", slope(case), 1e-9 + size(case) / abs(slope(case)))


def rate(case: Case) -> None:
    case.shows("lr", case.lesson.lr)


def step(case: Case) -> None:
    """Rate and limits as shown, and the share of the way that the update goes."""
    rate(case)
    L = curvature(case)
    case.shows("onto", float(1 / L))
    case.shows("across", float(2 / L))
    way = float(Fraction(case.lesson.lr) * L)
    case.shows("share", 100 * way)
    if case.key in ("step-short", "step-small"):
        assert way < 1 and case.number("lr") < case.number("onto")
    if case.key == "step-past":
        assert case.number("onto") < case.number("lr") < case.number("across")
        assert distance(case, moved(case)) < distance(case, Fraction(case.lesson.w0))
    if case.key == "step-away":
        assert case.number("lr") > case.number("across")
        assert distance(case, moved(case)) > distance(case, Fraction(case.lesson.w0))
    if "good" in case.placeholders:
        reached = float(Fraction(case.number("good")) * L)
        assert 0.8 < reached <= 1 + 1e-12, "one step goes most of the way, and not past"


def onto(case: Case) -> None:
    rate(case)
    assert abs(float(Fraction(case.lesson.lr) * curvature(case)) - 1) < 1e-11


def across(case: Case) -> None:
    rate(case)
    assert abs(float(Fraction(case.lesson.lr) * curvature(case)) - 2) < 1e-11


CLAIMS: dict[str, Claim] = {
    "ask": nothing,
    "down-right": right,
    "down-left": left,
    "down-stay": stay,
    "chain": nothing,
    "numbers": terms,
    "numbers-n": many,
    "same": shown_slope,
    "sign-at-rest": stay,
    "sign": nothing,
    "size": nothing,
    "alpha": nothing,
    "too-large": nothing,
    "update": rate,
    "step-rest": stay,
    "step-onto": onto,
    "step-across": across,
    "step-small": step,
    "step-short": step,
    "step-past": step,
    "step-away": step,
}

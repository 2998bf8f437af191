"""Whether the captions of `cost-function` are true."""

from __future__ import annotations

from fractions import Fraction

from scenes.films.cost_function.captions import Facts
from tests.claims.case import Case, Claim, nothing


def residuals(case: Case, w: float) -> list[float]:
    """w·x − y, exactly, then rounded."""
    data = case.lesson.data
    pairs = zip(data.x.tolist(), data.y.tolist(), strict=True)
    return [float(Fraction(w) * Fraction(x) - Fraction(y)) for x, y in pairs]


def best(case: Case) -> Fraction:
    """The w of least cost, exactly."""
    data = case.lesson.data
    pairs = [
        (Fraction(x), Fraction(y)) for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True)
    ]
    return sum(x * y for x, y in pairs) / sum(x * x for x, _ in pairs)


def start(case: Case) -> None:
    assert case.numbers["n"] == case.lesson.data.n
    assert (case.lesson.data.n == 1) is (case.key == "data-one")
    case.shows("w", case.lesson.w0)


def misses(case: Case, w: float) -> bool:
    """Whether the line misses a sample by more than rounding."""
    found = zip(residuals(case, w), case.lesson.data.y.tolist(), strict=True)
    return any(abs(residual) > 3e-12 * abs(y) for residual, y in found)


def no_loss(case: Case) -> None:
    assert not misses(case, case.lesson.w0)


def some_loss(case: Case) -> None:
    assert any(residuals(case, case.lesson.w0))


def one(case: Case) -> None:
    assert case.lesson.data.n == 1


def bottom(case: Case) -> None:
    w = float(best(case))
    case.shows("w", w)
    meets = not misses(case, w)
    assert meets is (case.key == "bottom-exact")
    if meets:
        assert case.numbers["cost"] == "0"
    else:
        squares = [Fraction(residual) ** 2 for residual in residuals(case, w)]
        case.shows("cost", float(sum(squares) / len(squares)), 1e-6)


def cost(case: Case, w: float) -> float:
    """The mean of the squared residuals."""
    squares = [Fraction(residual) ** 2 for residual in residuals(case, w)]
    return float(sum(squares) / len(squares))


def other(case: Case) -> float:
    """The w that is asked about: farther out than the start, on its side if it has one."""
    found, goal = Facts(case.lesson).other, float(best(case))
    away = case.lesson.w0 - goal
    assert abs(found - goal) > abs(away)
    assert (found - goal) * away >= 0 or abs(away) < 1e-9 * abs(found - goal)
    return found


def asked(case: Case) -> None:
    case.shows("w", other(case), 1e-6)


def worse(case: Case) -> None:
    """The cost is larger there than at the start; what only rounding keeps from 0 is shown as 0."""
    start, there = cost(case, case.lesson.w0), cost(case, other(case))
    assert there > start
    case.shows("other", there, 1e-6)
    if misses(case, case.lesson.w0):
        case.shows("start", start, 1e-6)
    else:
        assert case.numbers["start"] == "0"


CLAIMS: dict[str, Claim] = {
    "data-one": start,
    "data": start,
    "loss-none": no_loss,
    "loss": some_loss,
    "cost-one": one,
    "cost": nothing,
    "ask": asked,
    "answer": worse,
    "sweep": nothing,
    "bottom-exact": bottom,
    "bottom-noisy": bottom,
}

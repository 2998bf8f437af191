"""Whether the captions of `learning-rate` are true."""

from __future__ import annotations

from fractions import Fraction

from tests.claims.case import Case, Claim, nothing, traces_of
from tests.claims.films.gradient import curvature, stay


def rates(case: Case) -> list[float]:
    """The rates of the film's descents."""
    return [trace.lr for trace in traces_of("learning-rate", case.lesson).values()]


def factors(case: Case) -> list[float]:
    """By how much an update with each rate multiplies the size of the error."""
    return [abs(float(1 - Fraction(rate) * curvature(case))) for rate in rates(case)]


def creep(case: Case) -> None:
    """With the limit that is shown just less than half of the error is gone after all epochs."""
    epochs, limit = case.lesson.epochs, Fraction(case.number("limit"))
    assert case.numbers["epochs"] == epochs
    left = float(1 - limit * curvature(case)) ** epochs
    assert 0.5 <= left < 0.52 if epochs > 1 else 0.5 <= left < 0.51


def several(case: Case) -> None:
    assert case.numbers["count"] == len(set(rates(case))) > 1


def single(case: Case) -> None:
    assert len(rates(case)) == 1


def different(case: Case) -> None:
    assert len(set(rates(case))) > 1
    starts = {trace.start for trace in traces_of("learning-rate", case.lesson).values()}
    assert len(starts) == 1
    steps = [
        abs(float(trace.w[1] - trace.w[0]))
        for trace in traces_of("learning-rate", case.lesson).values()
    ]
    assert steps == sorted(steps)


def rest(case: Case) -> None:
    stay(case)
    for trace in traces_of("learning-rate", case.lesson).values():
        assert abs(float(trace.w[-1] - trace.w[0])) <= 1e-11 * abs(float(trace.w[0]))


def ideal(case: Case) -> None:
    case.shows("ideal", float(1 / curvature(case)))


def rest_ideal(case: Case) -> None:
    rest(case)
    ideal(case)


def fastest(case: Case) -> None:
    found = sorted(zip(factors(case), rates(case), strict=True))
    assert found[0][0] < 1 and found[0][0] < found[1][0]
    case.shows("best", found[0][1])
    ideal(case)


def creeps(case: Case) -> None:
    best = min(zip(factors(case), rates(case), strict=True))
    assert best[0] < 1 and best[0] ** case.lesson.epochs > 0.5
    case.shows("best", best[1])
    ideal(case)


def none(case: Case) -> None:
    assert min(factors(case)) >= 1 - 1e-11
    assert 1.9 < float(Fraction(case.number("bound")) * curvature(case)) <= 2 + 1e-12
    ideal(case)


def each(case: Case) -> None:
    """One rate of each kind, in the order in which the caption names them."""
    found = factors(case)
    signed = [1 - Fraction(rate) * curvature(case) for rate in rates(case)]
    assert found[0] ** case.lesson.epochs > 0.5 and signed[0] > 0
    assert signed[1] >= 0 and found[1] ** case.lesson.epochs <= 0.5
    assert -1 < signed[2] < 0 and signed[3] < -1
    names = ("creeps", "settles", "swings", "leaves")
    for name, rate in zip(names, rates(case), strict=True):
        case.shows(name, rate)


def lost(case: Case) -> None:
    """From the rate named on the error does not shrink, with those before it does."""
    count = sum(factor < 1 - 1e-11 for factor in factors(case))
    assert all(factor < 1 for factor in factors(case)[:count]) and count < len(rates(case))
    case.shows("first", rates(case)[count])


def nearer(case: Case) -> None:
    assert max(factors(case)) < 1


CLAIMS: dict[str, Claim] = {
    "four": several,
    "four-one": single,
    "steps": different,
    "slowly": nothing,
    "run-at-rest": rest,
    "run-all": each,
    "run-off": lost,
    "run-nearer": nearer,
    "drop-at-rest": rest,
    "drop": nothing,
    "factor-at-rest": rest,
    "factor": nothing,
    "line": nothing,
    "bounds": nothing,
    "creep": creep,
    "sweep": nothing,
    "result-at-rest": rest_ideal,
    "result-leads": fastest,
    "result-creeping": creeps,
    "result-none": none,
    "result": ideal,
}

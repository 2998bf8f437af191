"""What the captions of `plane` say of the rates, of the valley, and of batch descent."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import hypot, inf

from scenes.catalogue.descents import batch_trace, sgd_trace
from tests.claims.case import Case, recomputed
from tests.claims.films.geometry import (
    condition,
    counted_turns,
    dot,
    goal,
    moves,
    parallel,
    progress,
    rounding,
    size,
)
from tests.claims.plain import Run


def against(case: Case) -> None:
    """Each of the first steps goes straight against the gradient of the whole cost."""
    run = case.batch_plane
    least = rounding(run, case)
    for k, move in enumerate(moves(run)[:20]):
        slope, lost = run.gradient(k), least + 1e-11 * size(run.theta[k])
        assert parallel(move, slope, lost) and (dot(move, slope) <= 0 or size(move) <= lost)


def by_rule(case: Case) -> None:
    assert case.numbers["rule"] == case.lesson.rule.partition(":")[0]
    assert ("rule" in case.placeholders) is (case.lesson.rule != "sgd")  # plain SGD is not named


def stays(case: Case, run: Run) -> None:
    assert all(size(move) <= rounding(run, case) for move in moves(run))


def rate(case: Case) -> None:
    case.shows("lr", case.lesson.lr)


def runs_away(case: Case, *runs: Run) -> None:
    for run in runs:
        assert run.rises


def does(case: Case, name: str = "good") -> None:
    """With the rate that is named neither runs away, and each does a tenth of its way or fall."""
    lesson = replace(case.lesson, lr=case.number(name))
    for run in (recomputed(make(lesson, bias=True)) for make in (batch_trace, sgd_trace)):
        assert not run.diverged
        if name == "good":
            assert progress(case, run) >= 0.1 or not run.rises


def batch_diverges(case: Case) -> None:
    rate(case)
    runs_away(case, case.batch_plane)
    if "good" in case.placeholders:
        assert case.number("good") < case.lesson.lr
        does(case)


def hardly(case: Case, *runs: Run) -> None:
    for run in runs:
        assert progress(case, run) < 0.1


def batch_creeps(case: Case) -> None:
    hardly(case, case.batch_plane)
    assert case.numbers["updates"] == case.batch_plane.updates
    assert case.number("good") > case.lesson.lr
    does(case)


def batch_swings(case: Case) -> None:
    run = case.batch_plane
    counted_turns(case.numbers["turns"], run)
    assert case.numbers["turns"] > 0 and case.numbers["updates"] == run.updates


def shape(case: Case) -> None:
    if case.numbers["condition"] == "∞":
        assert condition(case) == inf
    else:
        case.shows("condition", condition(case), 1e-6)


def not_there(case: Case) -> None:
    shape(case)
    assert condition(case) > 10
    end, run = goal(case), case.batch_plane
    shares = [
        abs(last - to) / abs(first - to)
        for first, last, to in zip(run.theta[0], run.theta[-1], end, strict=True)
        if first != to
    ]
    assert max(shares) > 0.04


def calms_down(case: Case) -> None:
    run, end = case.batch_plane, goal(case)
    assert case.numbers["updates"] == run.updates
    steps = [hypot(*move) for move in moves(run)]
    away = [hypot(w - end[0], b - end[1]) for w, b in run.theta]
    for values in (steps, away):
        slack = 1e-9 * values[0] + rounding(run, case)
        assert all(b <= a + slack for a, b in pairwise(values))

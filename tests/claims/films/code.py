"""Whether the captions of `code` are true."""

from __future__ import annotations

from gdcore.trace import Trace
from scenes import Lesson
from scenes.catalogue.descents import batch_trace, sgd_trace
from tests.claims.case import Case, Claim
from tests.claims.films.endings import at_rest, slack, too_large, too_small, works
from tests.claims.plain import Run


def descend(lesson: Lesson) -> Trace:
    return batch_trace(lesson) if lesson.order == "batch" else sgd_trace(lesson)


def run_of(case: Case) -> Run:
    return case.batch if case.lesson.order == "batch" else case.sgd


def takes_all(case: Case) -> None:
    assert {len(samples) for samples in run_of(case).looked_at} == {case.lesson.data.n}
    assert case.lesson.order == "batch"


def takes_one(case: Case) -> None:
    assert {len(samples) for samples in run_of(case).looked_at} == {1}


def whole(case: Case) -> None:
    run = run_of(case)
    assert case.numbers["epochs"] == case.lesson.epochs
    assert case.numbers["updates"] == run.updates
    per_epoch = 1 if case.lesson.order == "batch" else case.lesson.data.n
    assert run.updates == case.lesson.epochs * per_epoch


def grows(case: Case) -> None:
    run = run_of(case)
    assert run.away(run.updates) > 1e3 * run.away(0)


def ended(case: Case) -> None:
    run = run_of(case)
    case.shows("w", run.w[-1], slack(run))
    if "y" in case.placeholders:
        case.shows("y", 4 * run.w[-1], slack(run))


def rested(case: Case) -> None:
    at_rest(case, run_of(case))
    ended(case)


def stopped(case: Case) -> None:
    """The run stops early: Python raises OverflowError, or w leaves the range of a trace."""
    run = run_of(case)
    assert run.away(run.updates) > run.away(0)
    assert case.numbers["updates"] <= run.updates + 1
    per_epoch = 1 if case.lesson.order == "batch" else case.lesson.data.n
    assert case.numbers["updates"] < case.lesson.epochs * per_epoch
    case.shows("lr", case.lesson.lr)
    assert case.number("better") < case.lesson.lr
    works(case.with_shown_rate("better", descend))


CLAIMS: dict[str, Claim] = {
    "program-batch": takes_all,
    "program-sgd": takes_one,
    "first-epoch-batch": takes_all,
    "first-epoch-sgd": takes_one,
    "epochs-stopped": grows,
    "epochs-over": whole,
    "epochs": whole,
    "stopped": stopped,
    "result-at-rest": rested,
    "result-diverging": lambda case: too_large(case, run_of(case), descend),
    "result-creeping": lambda case: too_small(case, run_of(case), descend),
    "result": ended,
}

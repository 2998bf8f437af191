"""Whether the captions of `compare` are true."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from scenes.catalogue.descents import batch_trace, sgd_trace
from tests.claims.case import Case, Claim, again
from tests.claims.films.endings import at_rest, works
from tests.claims.plain import Run


def both(case: Case) -> dict[str, Run]:
    return {"batch": case.batch, "sgd": case.sgd}


def start(case: Case) -> None:
    assert case.numbers["updates"] == case.per_epoch
    assert case.batch.theta[0] == case.sgd.theta[0]


def alike(case: Case) -> None:
    assert case.lesson.data.n == 1
    assert case.batch.w == case.sgd.w


def sizes(case: Case) -> None:
    found = {len(samples) for samples in case.sgd.looked_at[: case.per_epoch]}
    assert {len(samples) for samples in case.batch.looked_at} == {case.numbers["n"]}
    if case.key == "race":
        assert found == {1}
    elif case.key == "race-size":
        assert found == {case.numbers["size"]}
    else:
        assert max(found) == case.numbers["size"] and len(found) == 2


def near(case: Case) -> float:
    """The tolerance: a thousandth of the starting distance, in one digit."""
    first = case.batch.away(0)
    shown = case.number("near") if "near" in case.numbers else tolerance(case)
    assert shown == tolerance(case)
    assert first <= 2 * case.batch.rounding or 0.4e-3 * first <= shown <= 2e-3 * first
    return shown


def tolerance(case: Case) -> float:
    first = case.batch.away(0)
    if first <= 2 * case.batch.rounding:
        first = abs(case.batch.goal) or 1.0
    return float(f"{0.001 * first:.0e}")  # the same product as the film: 4.5 is halfway


def arrival(run: Run, within: float) -> int | None:
    """The first update after which w is within the tolerance."""
    return next((k for k in range(run.updates + 1) if run.away(k) <= within), None)


def gradients(run: Run, updates: int) -> int:
    return sum(len(samples) for samples in run.looked_at[:updates])


def counted(case: Case, axis: str) -> None:
    within, told = tolerance(case), False
    for name, run in both(case).items():
        first = arrival(run, within)
        if first is None:
            assert name not in case.numbers
            continue
        told = True
        per_epoch = 1 if name == "batch" else case.per_epoch
        true = {
            "epochs": ceil(first / per_epoch),
            "updates": first,
            "gradients": gradients(run, first),
        }[axis]
        assert case.numbers[name] == true, f"{name}: {true} is true"
    assert told
    if "near" in case.placeholders:
        near(case)


def ends(case: Case, axis: str) -> list[int]:
    """The counts of batch and SGD, both of which arrive."""
    counted(case, axis)
    return [case.numbers[name] for name in both(case)]


def updates_alike(case: Case) -> None:
    """About the same number: the lesser is nine tenths of the other, or more."""
    found = ends(case, "updates")
    assert min(found) >= 0.9 * max(found) - 1e-9


def gradients_apart(case: Case) -> None:
    found = ends(case, "gradients")
    assert min(found) < 0.9 * max(found)
    arrivals = [arrival(run, tolerance(case)) or 0 for run in both(case).values()]
    assert min(arrivals) >= 0.9 * max(arrivals) - 1e-9, "they were apart before"


def neither(case: Case) -> None:
    within = tolerance(case)
    assert all(arrival(run, within) is None for run in both(case).values())
    if "near" in case.placeholders:
        near(case)
    for name in case.placeholders & {"batch", "sgd"}:
        run = both(case)[name]
        done = gradients(run, run.updates) if case.key.startswith("gradients") else run.updates
        assert case.numbers[name] == done


def stays(case: Case, name: str) -> bool:
    """Whether w is within the tolerance in all of the last epoch."""
    run = both(case)[name]
    per_epoch = 1 if name == "batch" else case.per_epoch
    last = range(max(0, run.updates - per_epoch), run.updates + 1)
    return not run.diverged and all(run.away(k) <= tolerance(case) for k in last)


def same_precision(case: Case) -> None:
    assert stays(case, "batch") and stays(case, "sgd")
    first = {name: arrival(run, tolerance(case)) for name, run in both(case).items()}
    spent = {name: gradients(both(case)[name], first[name] or 0) for name in first}
    assert spent["batch"], "nothing is computed, so there is no share"
    case.shows("share", 100 * spent["sgd"] / spent["batch"])


def both_stay(case: Case) -> None:
    assert stays(case, "batch") and stays(case, "sgd")
    near(case)


def only(case: Case, name: str) -> None:
    other = {"batch": "sgd", "sgd": "batch"}[name]
    assert stays(case, name) and not stays(case, other)
    near(case)


def restless(case: Case) -> None:
    only(case, "batch")
    residuals = [case.batch.residual(i, (case.batch.goal,)) for i in range(len(case.batch.x))]
    assert max(map(abs, residuals)) > 1e-12 * max(map(abs, case.batch.y)), "the data are exact"


def none_stays(case: Case) -> None:
    assert not stays(case, "batch") and not stays(case, "sgd")
    near(case)


def off(case: Case, *names: str) -> None:
    for name, run in both(case).items():
        assert (run.diverged or run.away(run.updates) > run.away(0)) or name not in names
        assert name in names or not run.diverged
    case.shows("lr", case.lesson.lr)
    assert case.number("better") < case.lesson.lr
    suits(case)


def creeps(case: Case) -> None:
    for run in both(case).values():
        assert run.away(run.updates) > run.away(0) / 2
    case.shows("lr", case.lesson.lr)
    assert case.number("better") > case.lesson.lr
    suits(case)


def suits(case: Case) -> None:
    lesson = replace(case.lesson, lr=case.number("better"))
    for make in (batch_trace, sgd_trace):
        works(again(lesson, make))


def at_minimum(case: Case) -> None:
    for run in both(case).values():
        at_rest(case, run)


CLAIMS: dict[str, Claim] = {
    "start": start,
    "race-one": alike,
    "race": sizes,
    "race-size": sizes,
    "race-uneven": sizes,
    "epochs-counted": lambda case: counted(case, "epochs"),
    "updates-counted": lambda case: counted(case, "updates"),
    "gradients-counted": lambda case: counted(case, "gradients"),
    "updates-alike": updates_alike,
    "gradients-apart": gradients_apart,
    "epochs-neither": neither,
    "updates-neither": neither,
    "gradients-neither": neither,
    "result-at-rest": at_minimum,
    "result-both-diverge": lambda case: off(case, "batch", "sgd"),
    "result-batch-diverges": lambda case: off(case, "batch"),
    "result-sgd-diverges": lambda case: off(case, "sgd"),
    "result-both": same_precision,
    "result-both-stay": both_stay,
    "result-restless": restless,
    "result-batch-only": lambda case: only(case, "batch"),
    "result-sgd-only": lambda case: only(case, "sgd"),
    "result-creeping": creeps,
    "result-neither": none_stays,
}

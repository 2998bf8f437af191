"""Whether the captions of `batch` are true."""

from __future__ import annotations

from itertools import pairwise

from scenes.catalogue.descents import batch_trace
from tests.claims.case import Case, Claim, nothing
from tests.claims.films.endings import at_rest, ended, too_large, too_small
from tests.claims.plain import MANY, counted, crossings, retreats


def start(case: Case) -> None:
    case.shows("w", case.lesson.w0)
    case.shows("cost", case.batch.cost(case.batch.theta[0]))


def rule(case: Case) -> None:
    run = case.batch
    for k in range(min(run.updates, 50)):
        slope, step = run.gradient(k)[0], run.w[k + 1] - run.w[k]
        assert slope * step <= 0, "a step up the slope"
    assert case.lesson.rule.partition(":")[0] == "sgd"


def rule_other(case: Case) -> None:
    assert case.numbers["rule"] == case.lesson.rule.partition(":")[0] != "sgd"


def grows_always(case: Case) -> None:
    run = case.batch
    assert run.updates and len(retreats(run)) == run.updates


def grown(case: Case) -> None:
    assert case.batch.rises


def swings(case: Case) -> None:
    run = case.batch
    moving = [k for k in range(run.updates) if run.away(k + 1) > run.last_digits(k, MANY)]
    assert moving and set(moving) <= set(crossings(run))
    assert not retreats(run, MANY) and run.away(run.updates) < run.away(0)


def crosses(case: Case) -> None:
    assert case.numbers["crosses"] > 0
    assert counted(case.numbers["crosses"], crossings, case.batch)
    assert case.numbers["updates"] == case.batch.updates


def creeps(case: Case) -> None:
    assert case.batch.away(case.batch.updates) > case.batch.away(0) / 2


def shrinks(case: Case) -> None:
    """The nearer, the flatter and the shorter: in this order all three fall."""
    run = case.batch
    assert not retreats(run, MANY)
    slopes = [abs(run.gradient(k)[0]) for k in range(run.updates)]
    steps = [abs(run.w[k + 1] - run.w[k]) for k in range(run.updates)]
    noise = run.last_digits(0, MANY)
    assert all(b <= a + noise for a, b in pairwise(steps))
    flat = 1e-9 * slopes[0]
    assert all(b <= a * (1 + 1e-9) + flat for a, b in pairwise(slopes))
    assert steps[-1] < steps[0] or len(steps) == 1


def same_picture(case: Case, factor: float) -> None:
    """At least twice the error becomes ``factor`` times as large; J looks the same each time.

    Across by the factor and up by its square, the parabola falls on itself.
    """
    run = case.batch
    assert not (retreats(run, MANY) if factor < 1 else run.updates - len(retreats(run)))
    for times in (1, 2):
        share = factor**times
        aways = [run.away(k) / run.away(0) for k in range(run.updates + 1)]
        reached = [a for a in aways if (a <= share if factor < 1 else a >= share)]
        assert reached, f"never {share} of the first error"
        lowest, start = run.cost((run.goal,)), run.away(0)
        for side in (-start, start):
            height = run.cost((run.goal + share * side,)) - lowest
            full = run.cost((run.goal + side,)) - lowest
            noise = 1e-9 * (lowest + full) * max(share**2, 1.0)
            assert abs(height - share**2 * full) <= noise, "another picture"


def whole(case: Case) -> None:
    assert case.numbers["updates"] == case.batch.updates
    assert case.batch.updates == case.lesson.epochs or case.batch.diverged


def end_at_rest(case: Case) -> None:
    at_rest(case, case.batch)
    ended(case, case.batch)


CLAIMS: dict[str, Claim] = {
    "start": start,
    "rule": rule,
    "rule-other": rule_other,
    "dive-in": lambda case: same_picture(case, 0.5),
    "dive-out": lambda case: same_picture(case, 2.0),
    "onward": whole,
    "chart-said": nothing,
    "epochs-at-rest": lambda case: at_rest(case, case.batch),
    "epochs-diverging": grows_always,
    "epochs-grown": grown,
    "epochs-swinging": swings,
    "epochs-crossing": crosses,
    "epochs-creeping": creeps,
    "epochs-steady": shrinks,
    "epochs-counted": whole,
    "result-at-rest": end_at_rest,
    "result-diverging": lambda case: too_large(case, case.batch, batch_trace),
    "result-creeping": lambda case: too_small(case, case.batch, batch_trace),
    "result": lambda case: ended(case, case.batch),
}

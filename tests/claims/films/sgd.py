"""Whether the captions of `sgd` are true."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import fsum, sqrt

import numpy as np

from gdcore.data import LECTURE, NOISY
from gdcore.trace import Trace
from scenes.catalogue.descents import sgd_trace
from scenes.catalogue.noisy import noise_trace
from tests.claims.case import Case, Claim, nothing, recomputed
from tests.claims.films.endings import at_rest, ended, slack, too_large, too_small
from tests.claims.plain import Run, crossings, minima, retreats

CAUSES = ("overshoot", "disagree", "velocity")


def sizes(case: Case) -> None:
    assert case.numbers["n"] == case.lesson.data.n


def one_sample(case: Case) -> None:
    assert case.lesson.data.n == 1


def parabolas(case: Case) -> None:
    sizes(case)
    assert 0 not in case.sgd.x, "a constant loss is no parabola"


def losses(case: Case) -> None:
    sizes(case)
    assert 0 in case.sgd.x


def hop(case: Case) -> None:
    assert {len(samples) for samples in case.sgd.looked_at} == {1}
    against_slope(case)


def hop_batch(case: Case) -> None:
    assert {len(samples) for samples in case.sgd.looked_at} == {case.numbers["size"]}
    against_slope(case)


def hop_uneven(case: Case) -> None:
    found = {len(samples) for samples in case.sgd.looked_at}
    assert max(found) == case.numbers["size"] and len(found) == 2
    against_slope(case)


def against_slope(case: Case) -> None:
    run = case.sgd
    for k in range(min(run.updates, 200)):
        slope = run.gradient(k, run.looked_at[k])[0]
        assert slope * (run.w[k + 1] - run.w[k]) <= 0


def hop_rule(case: Case) -> None:
    assert case.numbers["rule"] == case.lesson.rule.partition(":")[0] != "sgd"


def counts(case: Case) -> None:
    if "{epochs" in case.text:
        assert case.numbers["epochs"] == case.lesson.epochs
        assert case.sgd.updates == case.lesson.epochs * case.per_epoch or case.sgd.diverged
    assert case.numbers["updates"] == case.sgd.updates


def still(case: Case) -> None:
    counts(case)
    assert max(case.sgd.w) - min(case.sgd.w) <= 2 * case.sgd.rounding


def ends_higher(case: Case) -> None:
    counts(case)
    assert case.sgd.rises


def loss_steps(run: Run) -> list[float]:
    """The changes of the loss looked at, from one update to the next (both after the update)."""
    seen = [run.loss(run.looked_at[k], run.theta[k + 1]) for k in range(run.updates)]
    return [b - a for a, b in pairwise(seen)]


def loss_is_smooth(run: Run) -> bool:
    largest = max(run.loss(run.looked_at[k], run.theta[k + 1]) for k in range(run.updates))
    return all(step <= 2e-9 * largest for step in loss_steps(run))


def calm(case: Case) -> None:
    assert not retreats(case.sgd, 3 * case.sgd.rounding), "the cost rises"


def jumps_and_falls(case: Case) -> None:
    counts(case)
    calm(case)
    assert not loss_is_smooth(case.sgd)


def smooth(case: Case) -> None:
    counts(case)
    calm(case)
    assert loss_is_smooth(case.sgd)


def rough(case: Case) -> None:
    counts(case)
    assert not loss_is_smooth(case.sgd)
    rises(case)


def rises(case: Case) -> None:
    counts(case)
    counted_retreats(case)


def counted_retreats(case: Case) -> None:
    """As many as the caption says; those within rounding may be counted or not."""
    run, said = case.sgd, case.numbers["retreats"]
    assert len(retreats(run, 3 * run.rounding)) <= said <= len(retreats(run, run.rounding / 3))


def causes(run: Run) -> dict[str, set[int]]:
    """The updates that lead away, by cause: from the samples' own minimum and where the step ended.

    An update that begins within rounding of that minimum is in two of the sets.
    """
    found: dict[str, set[int]] = {name: set() for name in CAUSES}
    for k in retreats(run, run.rounding):
        samples = run.looked_at[k]
        squares = fsum(run.x[i] ** 2 for i in samples)
        if not squares:  # a constant loss has no slope
            found["velocity"].add(k)
            continue
        own = fsum(run.x[i] * run.y[i] for i in samples) / squares
        before, after = run.w[k] - own, run.w[k + 1] - own
        step = run.w[k + 1] - run.w[k]
        near = abs(before) <= 4 * run.rounding
        if before * step >= 0 or near:
            found["velocity"].add(k)
        if before * step < 0 or near:
            passes = before * after < 0 and abs(after) > 1e-9 * abs(before)
            found["overshoot" if passes or near else "disagree"].add(k)
    return found


def agree(said: dict[str, int], found: dict[str, set[int]]) -> None:
    """Assert that the counts are right, whichever set the doubtful updates are counted in."""
    sets = list(found.values())
    doubtful = sum(map(len, sets)) - len(set().union(*sets))
    for name, count in said.items():
        assert len(found[name]) - doubtful <= count <= len(found[name]), {
            name: len(updates) for name, updates in found.items()
        }


def by_cause(case: Case, names: set[str]) -> None:
    counted_retreats(case)
    said = {name: case.numbers[name] for name in CAUSES}
    assert {name for name, count in said.items() if count} == names
    agree(said, causes(case.sgd))


def several(case: Case) -> None:
    counted_retreats(case)
    agree({name: case.numbers[name] for name in CAUSES}, causes(case.sgd))


def rests(case: Case) -> None:
    at_rest(case, case.sgd)
    for i in range(len(case.sgd.x)):
        size = abs(2 * case.sgd.x[i] * case.sgd.y[i]) + case.sgd.x[i] ** 2 * case.sgd.rounding
        assert abs(case.sgd.gradient(0, (i,))[0]) <= 1e-9 * size


def loss_only(case: Case) -> None:
    calm(case)
    assert case.numbers["rises"] == sum(step > 0 for step in loss_steps(case.sgd)) > 0
    assert case.numbers["changes"] == max(case.sgd.updates - 1, 0)


def passes(case: Case) -> None:
    calm(case)
    assert case.numbers["crosses"] == len(crossings(case.sgd, case.sgd.rounding)) > 0


def straight(case: Case) -> None:
    calm(case)
    assert not crossings(case.sgd, case.sgd.rounding) and loss_is_smooth(case.sgd)


def noise_of(case: Case) -> tuple[Trace, Run]:
    trace = noise_trace(case.lesson)
    return trace, recomputed(trace)


def region(case: Case) -> None:
    found = minima(noise_of(case)[1])
    case.shows("low", min(found))
    case.shows("high", max(found))
    assert case.numbers["low"] != case.numbers["high"] or min(found) == max(found)


def of_the_lecture(case: Case) -> None:
    region(case)
    assert case.lesson.data == LECTURE and noise_of(case)[0].objective.data == NOISY


def added(case: Case) -> None:
    region(case)
    data, shown = case.lesson.data, noise_of(case)[0].objective.data
    assert np.array_equal(data.x, shown.x) and data.y.all()
    share = np.abs(shown.y / data.y - 1)
    assert 0 < share.max() <= 0.15 + 1e-9


def other(case: Case) -> None:
    region(case)
    assert noise_of(case)[0].objective.data == NOISY != case.lesson.data


def own(case: Case) -> None:
    region(case)
    assert noise_of(case)[0].objective.data == case.lesson.data


def ends_farther(case: Case) -> None:
    trace, run = noise_of(case)
    assert run.diverged or run.away(run.updates) > run.away(0)
    case.shows("lr", trace.lr)


def spread(run: Run, lr: float, size: int) -> tuple[float, float]:
    """Mean and deviation of w in the long run, if ``size`` samples are drawn for an update.

    With e = w − w*, an update is e ← (1 − lr·C)·e − lr·R, where C and R are the means over the
    drawn samples of the curvature 2x² and of the gradient at w*. So in the long run E[e] = 0 and
    v = E[(1 − lr·C)²]·v + lr²·E[R²].
    """
    n, w = len(run.x), run.goal
    curvatures = [2 * x * x for x in run.x]
    gradients = [2 * x * (x * w - y) for x, y in zip(run.x, run.y, strict=True)]
    mean = fsum(curvatures) / n
    variance = fsum((c - mean) ** 2 for c in curvatures) / n / size
    kept = (1 - lr * mean) ** 2 + lr * lr * variance
    return w, sqrt(lr * lr * fsum(g * g for g in gradients) / n / size / (1 - kept))


def band(case: Case) -> None:
    trace, run = noise_of(case)
    mean, std = spread(run, trace.lr, trace.batch_size)
    case.shows("mean", mean)
    case.shows("std", std, 1e-6)


def unsettled(case: Case) -> None:
    band(case)
    run = noise_of(case)[1]
    assert retreats(run), "it never steps back"


def pushed(case: Case) -> None:
    run = noise_of(case)[1]
    assert case.numbers["disagree"] == len(causes(run)["disagree"]) > 0


def noise_counted(case: Case) -> None:
    run = noise_of(case)[1]
    assert case.numbers["updates"] == run.updates
    case.shows("w", run.w[-1], slack(run))
    case.shows("goal", run.goal)


def end_at_rest(case: Case) -> None:
    at_rest(case, case.sgd)
    ended(case, case.sgd)


CLAIMS: dict[str, Claim] = {
    "cost": nothing,
    "mean-one": one_sample,
    "mean": parabolas,
    "mean-losses": losses,
    "hop": hop,
    "hop-batch": hop_batch,
    "hop-uneven": hop_uneven,
    "hop-rule": hop_rule,
    "epochs-still": still,
    "epochs-diverging": ends_higher,
    "epochs-jumps": jumps_and_falls,
    "epochs-smooth": smooth,
    "epochs-rough": rough,
    "epochs-rises": rises,
    "why-at-rest": rests,
    "why-samples": loss_only,
    "why-swings": passes,
    "why-nothing": straight,
    "why-overshoot": partial(by_cause, names={"overshoot"}),
    "why-noise": partial(by_cause, names={"disagree"}),
    "why-velocity": partial(by_cause, names={"velocity"}),
    "why-both": partial(by_cause, names={"overshoot", "disagree"}),
    "why-several": several,
    "why-counted": counted_retreats,
    "noise-lecture": of_the_lecture,
    "noise-added": added,
    "noise-other": other,
    "noise-region": own,
    "noise-diverging": ends_farther,
    "noise-band": unsettled,
    "noise-later": band,
    "noise-pushed": pushed,
    "noise-counted": noise_counted,
    "result-at-rest": end_at_rest,
    "result-diverging": lambda case: too_large(case, case.sgd, sgd_trace),
    "result-creeping": lambda case: too_small(case, case.sgd, sgd_trace),
    "result": lambda case: ended(case, case.sgd),
}

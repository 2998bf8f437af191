"""Whether the captions of the noise section of `sgd` are true."""

from __future__ import annotations

from math import fsum, sqrt

import numpy as np

from gdcore.data import LECTURE, NOISY
from gdcore.trace import Trace
from scenes.catalogue.noisy import noise_trace
from tests.claims.case import Case, recomputed
from tests.claims.films.endings import slack
from tests.claims.films.retreats import agree
from tests.claims.plain import Run, minima, retreats


def noise_of(case: Case) -> tuple[Trace, Run]:
    trace = noise_trace(case.lesson)
    return trace, recomputed(trace)


def region(case: Case) -> None:
    found = minima(noise_of(case)[1])
    case.shows("low", min(found))
    case.shows("high", max(found))
    assert case.numbers["low"] != case.numbers["high"] or min(found) == max(found)


def agreed(case: Case) -> None:
    run = noise_of(case)[1]
    case.shows("low", run.goal)
    assert max(abs(each - run.goal) for each in minima(run)) <= 2e-12 * abs(run.goal)


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
    assert case.numbers["disagree"] > 0
    agree({"disagree": case.numbers["disagree"]}, run)


def noise_counted(case: Case) -> None:
    run = noise_of(case)[1]
    assert case.numbers["updates"] == run.updates
    case.shows("w", run.w[-1], slack(run))
    case.shows("goal", run.goal)

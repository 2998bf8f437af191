"""Whether the captions of `noise-ball` are true."""

from __future__ import annotations

from dataclasses import replace
from math import fsum, inf, isfinite, sqrt

import numpy as np

from gdcore.trace import Trace
from scenes.films.noise_ball.captions import Facts
from scenes.films.noise_ball.plan import traces
from tests.claims.case import Case, Claim, nothing, recomputed, traces_of
from tests.claims.films.endings import slack
from tests.claims.plain import Run, minima


def trace_of(case: Case, name: str) -> Trace:
    trace = traces_of("noise-ball", case.lesson)[name]
    assert (trace.order, trace.batch_size, trace.start) == ("random", 1, (case.lesson.w0,))
    return trace


def run_of(case: Case, name: str = "full") -> Run:
    return recomputed(trace_of(case, name))


def kept(run: Run, lr: float) -> float:
    """E[(1 − lr·c)²]: the factor of the variance in an update."""
    curvatures = [2 * x * x for x in run.x]
    mean = fsum(curvatures) / len(curvatures)
    variance = fsum((c - mean) ** 2 for c in curvatures) / len(curvatures)
    return (1 - lr * mean) ** 2 + lr * lr * variance


def sigma(run: Run, lr: float) -> float:
    """The deviation of w in the long run at a constant rate; inf if it grows."""
    if kept(run, lr) >= 1:
        return inf
    gradients = [2 * x * (x * run.goal - y) for x, y in zip(run.x, run.y, strict=True)]
    pushed = lr * lr * fsum(g * g for g in gradients) / len(gradients)
    return sqrt(pushed / (1 - kept(run, lr)))


def limit(run: Run) -> float:
    """The rate above which the variance grows: mean(x²)/mean(x⁴)."""
    return fsum(x**2 for x in run.x) / fsum(x**4 for x in run.x)


def on_the_way(run: Run, trace: Trace) -> tuple[float, float]:
    """Mean and deviation of e = w − w* at the end, from the moments of each update.

    An update is e <- (1 - lr*c)*e - lr*g for a random sample. By the law of total variance its new
    variance is the mean of (1 - lr*c)^2 times the old one, and that of the step from the mean.
    """
    first, variance = run.w[0] - run.goal, 0.0
    x, y = np.array(run.x), np.array(run.y)
    c, g = 2 * x * x, 2 * x * (x * run.goal - y)
    for lr in trace.rate.tolist():
        steps = lr * (c * first + g)
        variance = float(np.mean((1 - lr * c) ** 2)) * variance + float(np.var(steps))
        first = first - lr * float(np.mean(c)) * first
        if not (isfinite(variance) and isfinite(first)):
            return first, inf
    return first, sqrt(variance)


def start(case: Case) -> None:
    run = run_of(case)
    case.shows("goal", run.goal, slack(run))
    if "w" in case.placeholders:
        case.shows("w", run.w[0])
    at_minimum = run.away(0) <= 10 * run.rounding
    assert at_minimum is case.key.endswith("at-minimum")
    assert not at_minimum or case.numbers["w"] == case.numbers["goal"]
    own = run.y == tuple(case.lesson.data.y.tolist())
    assert own is not case.key.startswith("added")
    assert run.x == tuple(case.lesson.data.x.tolist())
    if not own:
        changed = np.array(run.y) / case.lesson.data.y - 1
        assert 0 < np.abs(changed).max() <= 0.15 + 1e-9


def region(case: Case) -> None:
    run = run_of(case)
    case.shows("low", min(minima(run)))
    case.shows("high", max(minima(run)))
    assert (0 in run.x) is (case.key == "minima-range")


def band(case: Case) -> None:
    run = run_of(case)
    assert kept(run, case.lesson.lr) < 1
    case.shows("std", sigma(run, case.lesson.lr), 1e-6)
    case.shows("goal", run.goal, slack(run))


def no_band(case: Case) -> None:
    run = run_of(case)
    assert kept(run, case.lesson.lr) >= 1 - 1e-12
    case.shows("lr", case.lesson.lr)
    case.shows("limit", limit(run))
    assert case.number("lr") >= case.number("limit")


def counted(case: Case) -> None:
    assert case.numbers["updates"] == run_of(case).updates
    if "lr" in case.placeholders:
        case.shows("lr", case.lesson.lr)


def outside(case: Case) -> None:
    """So many places of the path are beyond the ends of the chart, and none can hold w."""
    run, (low, high) = run_of(case), Facts(case.lesson, traces).span
    assert kept(run, case.lesson.lr) >= 1 - 1e-12
    assert low < run.goal < high and case.numbers["count"] == len(run.w)
    seen = sum(low <= w <= high for w in run.w)
    assert 0 < case.numbers["outside"] == len(run.w) - seen


def measured(case: Case) -> None:
    run, count = run_of(case), case.numbers["count"]
    std = sigma(run, case.lesson.lr)
    case.shows("std", std, 1e-6)
    seen = run.w[-count:]
    mean = fsum(seen) / count
    case.shows("measured", sqrt(fsum((w - mean) ** 2 for w in seen) / count), 1e-6)
    inside = [abs(w - run.goal) <= std for w in seen]
    case.shows("share", 100 * sum(inside) / count, 1.5 / count)
    assert count >= run.updates / 2, "it has settled in the first half"


def too_few(case: Case) -> None:
    counted(case)
    assert kept(run_of(case), case.lesson.lr) < 1


def too_slow(case: Case) -> None:
    counted(case)
    assert case.number("good") > 1.5 * case.lesson.lr
    does(case)


def has_band(case: Case) -> None:
    """At the rate that is named w has a band."""
    lesson = replace(case.lesson, lr=case.number("good"))
    assert kept(recomputed(traces_of("noise-ball", lesson)["full"]), lesson.lr) < 1


def does(case: Case) -> None:
    """With the rate that is named w has a band, and the falling rate closes it."""
    lesson = replace(case.lesson, lr=case.number("good"))
    trace = traces_of("noise-ball", lesson)["decaying"]
    run = recomputed(trace)
    assert kept(run, lesson.lr) < 1
    mean, std = on_the_way(run, trace)
    narrow = sigma(run, lesson.lr / 4)
    assert std <= narrow and abs(mean) <= narrow


def law(case: Case) -> None:
    run, lr = run_of(case), case.lesson.lr
    stds = [sigma(run, lr * share) for share in (1.0, 0.5, 0.25)]
    case.shows("half", stds[1] / stds[0], 1e-6)
    case.shows("quarter", stds[2] / stds[1], 1e-6)


def law_limit(case: Case) -> None:
    run = run_of(case)
    assert 0.98 < case.number("limit") / limit(run) <= 1 + 1e-12
    assert kept(run, case.number("limit") * 0.999) < 1
    assert kept(run, case.lesson.lr) >= 1 - 1e-12
    few = [sigma(run, limit(run) * share) for share in (0.9, 0.5, 0.1, 0.01)]
    assert few == sorted(few, reverse=True)


def closes(case: Case) -> None:
    trace, run = trace_of(case, "decaying"), run_of(case, "decaying")
    mean, std = on_the_way(run, trace)
    case.shows("std", std, 1e-4)
    case.shows("w", run.w[-1], slack(run))
    narrowest = sigma(run, case.lesson.lr / 4)
    assert std < narrowest and abs(mean) < narrowest
    if "good" in case.placeholders:
        assert case.number("good") < case.lesson.lr
        has_band(case)
    else:
        assert case.numbers["updates"] == run.updates


def open_(case: Case) -> None:
    trace, run = trace_of(case, "decaying"), run_of(case, "decaying")
    if "updates" in case.placeholders:
        assert case.numbers["updates"] == run.updates
    if "w" in case.placeholders:
        case.shows("w", run.w[-1], slack(run))
        case.shows("goal", run.goal, slack(run))
    if "std" in case.placeholders:
        case.shows("std", on_the_way(run, trace)[1], 1e-4)
    if "lr" in case.placeholders:
        case.shows("lr", case.lesson.lr)
    if "good" in case.placeholders:
        smaller = case.number("good") < case.lesson.lr
        assert smaller is (case.key != "open-slow")
        (has_band if smaller else does)(case)


def lost(case: Case) -> None:
    trace, run = trace_of(case, "decaying"), run_of(case, "decaying")
    assert on_the_way(run, trace)[1] > case.number("bound")
    assert kept(run, case.lesson.lr) > 1
    open_(case)


CLAIMS: dict[str, Claim] = {
    "added-at-minimum": start,
    "added": start,
    "start-at-minimum": start,
    "start": start,
    "minima": region,
    "minima-range": region,
    "band": band,
    "band-none": no_band,
    "measured": measured,
    "too-slow": too_slow,
    "too-few": too_few,
    "outside": outside,
    "updates": counted,
    "halve": nothing,
    "law": law,
    "law-limit": law_limit,
    "falling": nothing,
    "closes-fast": closes,
    "closes": closes,
    "lost": lost,
    "open-fast": open_,
    "open-slow": open_,
    "open": open_,
}

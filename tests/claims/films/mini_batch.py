"""Whether the captions of `mini-batch` are true."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from math import fsum, inf, sqrt

from gdcore.trace import Trace
from scenes.films.mini_batch.plan import sizes
from tests.claims.case import Case, Claim, nothing, recomputed, traces_of
from tests.claims.films.noise_ball import kept
from tests.claims.plain import Run


def runs(case: Case) -> dict[int, Run]:
    return {size: recomputed(trace) for size, trace in by_size(case).items()}


def by_size(case: Case) -> dict[int, Trace]:
    return dict(zip(sizes(case.lesson), traces_of("mini-batch", case.lesson).values(), strict=True))


def spent(run: Run) -> list[int]:
    """The gradients that were computed before each place of the path."""
    return [0, *accumulate(len(samples) for samples in run.looked_at)]


def budget(case: Case) -> None:
    assert case.numbers["n"] == case.lesson.data.n
    assert case.numbers["epochs"] == case.lesson.epochs
    assert case.numbers["budget"] == case.lesson.epochs * case.lesson.data.n
    for run in runs(case).values():
        assert run.diverged or spent(run)[-1] == case.numbers["budget"]


def batches(case: Case) -> None:
    n, found = case.lesson.data.n, runs(case)
    assert list(case.numbers["sizes"]) == list(found)
    lengths = {size: set(map(len, run.looked_at)) for size, run in found.items() if run.looked_at}
    even = all(lengths[size] == {size} for size in lengths)
    assert even is (case.key == "update-after") or n == 1 or case.lesson.epochs == 0
    assert all(max(each) == size for size, each in lengths.items())


def epoch(case: Case) -> None:
    n = case.lesson.data.n
    assert case.numbers["n"] == n
    for said, run in zip(case.numbers["updates"], runs(case).values(), strict=True):
        first = [total for total in spent(run)[1:] if total <= n]
        assert len(first) == said and first[-1] == n


def at_minimum(case: Case) -> None:
    run = next(iter(runs(case).values()))
    assert run.away(0) <= 10 * run.rounding


def arrival(run: Run) -> float:
    """The gradients after which w has gone nine tenths of the way (inf: never)."""
    near = (k for k in range(run.updates + 1) if run.away(k) <= run.away(0) / 10)
    first = next(near, None)
    return inf if first is None else spent(run)[first]


def arrivals(case: Case) -> None:
    found = {size: arrival(run) for size, run in runs(case).items()}
    assert list(case.numbers["sizes"]) == list(found)
    assert case.numbers["share"].removesuffix("%").strip() == "90"
    told = [f"{each}" if each < inf else "–" for each in found.values()]
    assert list(case.numbers["arrivals"]) == told
    kinds = {each < inf for each in found.values()}
    assert (
        kinds
        == {
            "arrived": {True},
            "arrived-some": {True, False},
            "arrived-none": {False},
        }[case.key]
    )


def sigmas(case: Case) -> list[float]:
    """The exact deviation of each size, for batches drawn with replacement."""
    return [sigma(run, case.lesson.lr, size) for size, run in runs(case).items()]


def sigma(run: Run, lr: float, size: int) -> float:
    n = len(run.x)
    mean = 2 * fsum(x * x for x in run.x) / n
    if size == n:
        return 0.0 if abs(1 - lr * mean) < 1 else inf
    variance = fsum((2 * x * x - mean) ** 2 for x in run.x) / n / size
    stays = (1 - lr * mean) ** 2 + lr * lr * variance
    if stays >= 1:
        return inf
    squares = fsum((2 * x * (x * run.goal - y)) ** 2 for x, y in zip(run.x, run.y, strict=True))
    return sqrt(lr * lr * squares / n / size / (1 - stays))


def narrows(case: Case) -> None:
    found = sigmas(case)
    assert found[0] < inf and all(a > b for a, b in pairwise(found))
    assert case.lesson.order in (None, "random")


def calm(case: Case) -> None:
    """At w* no sample has a slope, but for rounding."""
    run = next(iter(runs(case).values()))
    for x, y in zip(run.x, run.y, strict=True):
        assert abs(x * run.goal - y) * abs(x) <= 1e-11 * abs(x) * max(abs(y), abs(x * run.goal))


def no_band(case: Case) -> None:
    case.shows("lr", case.lesson.lr)
    run = runs(case)[1]
    assert kept(run, case.lesson.lr) >= 1 - 1e-12


def rate(case: Case) -> None:
    case.shows("lr", case.lesson.lr)


def does(case: Case, smaller: bool) -> None:
    """With the rate that is named no size runs away, and each goes half of the way."""
    rate(case)
    good = case.number("good")
    assert (good < case.lesson.lr) is smaller
    traces = traces_of("mini-batch", replace(case.lesson, lr=good))
    found = [recomputed(trace) for trace in traces.values()]
    for run in found:
        bound = max(run.away(0), spread_of_minima(run)) + 10 * run.rounding
        assert not run.diverged and run.away(run.updates) <= 1.01 * bound, "it runs away"
    assert all(
        run.away(run.updates) <= max(run.away(0) / 2, spread_of_minima(run), 10 * run.rounding)
        for run in found
    )


def spread_of_minima(run: Run) -> float:
    return max(abs(y / x - run.goal) for x, y in zip(run.x, run.y, strict=True) if x)


def runs_away(case: Case) -> None:
    rate(case)
    assert case.numbers["sizes"], "no size is named"
    for size in case.numbers["sizes"]:
        run = runs(case)[size]
        assert run.diverged or run.away(run.updates) > run.away(0)
    if "good" in case.placeholders:
        does(case, smaller=True)


def unbounded(case: Case) -> None:
    found = dict(zip(runs(case), sigmas(case), strict=True))
    assert set(case.numbers["sizes"]) == {size for size, std in found.items() if std == inf}
    does(case, smaller=True)


def still(case: Case) -> None:
    for run in runs(case).values():
        assert max(abs(w - run.w[0]) for w in run.w) <= 1e-8 * abs(run.w[0])


def creeps(case: Case) -> None:
    rate(case)
    for run in runs(case).values():
        assert run.away(run.updates) > run.away(0) / 2
    if "good" in case.placeholders:
        does(case, smaller=False)


def sooner(case: Case) -> None:
    found = [arrival(run) for run in runs(case).values()]
    assert len(found) > 1 and all(a < b for a, b in pairwise(found))


def closer(case: Case) -> None:
    """In the second half w of the larger sizes is nearer to w* (root of the mean square)."""
    found = []
    for run in runs(case).values():
        half = range((run.updates + 1) // 2, run.updates + 1)
        found.append(sqrt(fsum(run.away(k) ** 2 for k in half) / len(half)))
    assert all(a > b for a, b in pairwise(found))


def late(run: Run) -> float:
    seen = run.w[(run.updates + 1) // 2 :]
    mean = fsum(seen) / len(seen)
    return sqrt(fsum((w - mean) ** 2 for w in seen) / len(seen))


def quieter(case: Case) -> None:
    assert all(a > b for a, b in pairwise([late(run) for run in runs(case).values()]))


def both(case: Case) -> None:
    sooner(case)
    closer(case)


def clearly_quieter(case: Case) -> None:
    """The same, by more than rounding."""
    quieter(case)
    found = list(runs(case).values())
    size = max(found[0].away(0), abs(found[0].goal))
    assert all(late(run) > 1e-8 * size for run in found[:-1])


def neither(case: Case) -> None:
    for claim in (sooner, clearly_quieter):
        try:
            claim(case)
        except AssertionError:
            continue
        raise AssertionError(f"they are {claim.__name__}")


def single(case: Case) -> None:
    assert len(runs(case)) == 1


def short(case: Case) -> None:
    creeps(case)
    assert case.numbers["epochs"] == case.lesson.epochs


CLAIMS: dict[str, Claim] = {
    "budget": budget,
    "update-after": batches,
    "update-after-most": batches,
    "epoch": epoch,
    "epoch-first": nothing,
    "rest": nothing,
    "arrived-at-rest": at_minimum,
    "arrived": arrivals,
    "arrived-some": arrivals,
    "arrived-none": arrivals,
    "closer-exact": calm,
    "closer-none": no_band,
    "closer": narrows,
    "closer-unknown": nothing,
    "result-diverging": runs_away,
    "result-runs-away": runs_away,
    "result-at-rest": still,
    "result-unbounded": unbounded,
    "result-creeping": creeps,
    "result-short": short,
    "result-one": single,
    "result-both": both,
    "result-sooner": sooner,
    "result-quieter": quieter,
    "result-neither": neither,
}

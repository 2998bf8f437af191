"""Whether the captions of `sgd` are true."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from scenes.catalogue.descents import sgd_trace
from tests.claims.case import Case, Claim, nothing
from tests.claims.films import sgd_noise as noise
from tests.claims.films.endings import at_rest, ended, too_large, too_small
from tests.claims.films.retreats import CAUSES, agree
from tests.claims.plain import MANY, Run, counted, crossings, retreats


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
    assert not retreats(case.sgd, MANY), "the cost rises"


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
    assert counted(case.numbers["retreats"], retreats, case.sgd)


def by_cause(case: Case, names: set[str]) -> None:
    counted_retreats(case)
    said = {name: case.numbers[name] for name in CAUSES}
    assert {name for name, count in said.items() if count} == names
    agree(said, case.sgd)


def several(case: Case) -> None:
    counted_retreats(case)
    assert case.numbers["retreats"] > 0
    agree({name: case.numbers[name] for name in CAUSES}, case.sgd)


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
    assert case.numbers["crosses"] > 0 and counted(case.numbers["crosses"], crossings, case.sgd)


def straight(case: Case) -> None:
    calm(case)
    assert not crossings(case.sgd, MANY) and loss_is_smooth(case.sgd)


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
    "why-both": partial(by_cause, names={"overshoot", "disagree"}),
    "why-several": several,
    "why-counted": counted_retreats,
    "noise-agree": noise.agreed,
    "noise-lecture": noise.of_the_lecture,
    "noise-added": noise.added,
    "noise-other": noise.other,
    "noise-region": noise.own,
    "noise-diverging": noise.ends_farther,
    "noise-band": noise.unsettled,
    "noise-later": noise.band,
    "noise-pushed": noise.pushed,
    "noise-counted": noise.noise_counted,
    "result-at-rest": end_at_rest,
    "result-diverging": lambda case: too_large(case, case.sgd, sgd_trace),
    "result-creeping": lambda case: too_small(case, case.sgd, sgd_trace),
    "result": lambda case: ended(case, case.sgd),
}

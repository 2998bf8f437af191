"""Whether the captions of `plane` are true."""

from __future__ import annotations

from math import hypot

from tests.claims.case import Case, Claim, nothing
from tests.claims.films.geometry import (
    causes,
    condition,
    cost_shown,
    counted_turns,
    goal,
    last_cost,
    left,
    meets,
    moves,
    parallel,
    rounding,
    size,
    units,
)
from tests.claims.films.plane_batch import (
    against,
    batch_creeps,
    batch_diverges,
    batch_swings,
    by_rule,
    calms_down,
    does,
    hardly,
    not_there,
    rate,
    runs_away,
    shape,
    stays,
)
from tests.claims.shown import agrees


def batch_updates(case: Case) -> None:
    assert case.numbers["updates"] == case.batch_plane.updates


def one_sample(case: Case) -> None:
    assert case.lesson.data.n == 1


def one_x(case: Case) -> None:
    xs, ys = set(case.lesson.data.x.tolist()), case.lesson.data.y.tolist()
    assert len(xs) == 1 and len(ys) > 1
    together = max(ys) - min(ys) <= 1e-11 * max(map(abs, ys))
    assert together is (case.key == "valleys-same")


def crossing(case: Case) -> None:
    assert meets(case) is (case.key == "valleys-cross")
    for text, value, unit in zip(
        case.numbers["point"].strip("()").split(", "), goal(case), units(case), strict=True
    ):
        assert agrees(text, value, 1e-6) or (text == "0" and abs(value) <= 1e-11 * unit), value


def own_direction(case: Case) -> None:
    """Each step of SGD lies along (x, 1) of its one sample."""
    run = case.sgd_plane
    least = rounding(run, case)
    for k, move in enumerate(moves(run)[:500]):
        (sample,) = run.looked_at[k]
        lost = least + 1e-11 * size(run.theta[k])  # digits lost far out
        assert parallel(move, (run.x[sample], 1.0), lost)
    assert all(len(samples) == 1 for samples in run.looked_at)


def batches(case: Case) -> None:
    assert max(map(len, case.sgd_plane.looked_at)) == case.numbers["size"]
    by_rule(case)


def one_by_rule(case: Case) -> None:
    by_rule(case)
    assert {len(samples) for samples in case.sgd_plane.looked_at} == {1}


def epochs(case: Case) -> None:
    run = case.sgd_plane
    assert case.numbers["epochs"] == case.lesson.epochs
    assert case.numbers["updates"] == run.updates == case.lesson.epochs * case.per_epoch
    if case.key == "epochs":
        own_direction(case)


def beyond(case: Case) -> None:
    assert case.sgd_plane.diverged and case.numbers["updates"] == case.sgd_plane.updates


def both_rest(case: Case) -> None:
    stays(case, case.batch_plane)
    stays(case, case.sgd_plane)


def diverging(case: Case, *names: str) -> None:
    rate(case)
    runs = {"batch": case.batch_plane, "sgd": case.sgd_plane}
    runs_away(case, *(runs[name] for name in names))
    assert not any(run.diverged for name, run in runs.items() if name not in names)


def creeping(case: Case) -> None:
    hardly(case, case.batch_plane, case.sgd_plane)
    if case.key.endswith("ravine"):
        shape(case)
        assert condition(case) > 10
    else:
        rate(case)


def near(case: Case) -> None:
    assert case.numbers["epochs"] == case.lesson.epochs
    assert max(left(case, case.batch_plane), left(case, case.sgd_plane)) <= 0.05 + 1e-6


def costs(case: Case) -> None:
    """The costs at both ends, as shown; what differs looks different."""
    assert case.numbers["epochs"] == case.lesson.epochs
    for name, run in (("batch", case.batch_plane), ("sgd", case.sgd_plane)):
        cost_shown(case, name, last_cost(run), run)


def alike(case: Case) -> None:
    one, other = last_cost(case.batch_plane), last_cost(case.sgd_plane)
    assert one == other or abs(one - other) <= 1e-8 * max(one, other)


def sgd_lower(case: Case) -> None:
    assert case.sgd_plane.updates > case.batch_plane.updates
    assert last_cost(case.sgd_plane) < last_cost(case.batch_plane)


def beside(case: Case) -> None:
    """In which epoch SGD was nearest to batch's end, measured in the extents of batch's path."""
    batch, sgd = case.batch_plane, case.sgd_plane
    extents = [max(column) - min(column) or 1.0 for column in zip(*batch.theta, strict=True)]
    end = batch.theta[-1]
    away = [hypot(*((p - q) / r for p, q, r in zip(theta, end, extents, strict=True)))
            for theta in sgd.theta]  # fmt: skip
    least = min(value for value in away if value == value)
    near = {max(1, -(-k // case.per_epoch)) for k, value in enumerate(away)
            if value <= least * (1 + 1e-9)}  # fmt: skip
    assert case.numbers["epoch"] in near
    if case.key == "beside-passes":
        start = hypot(*(p - q for p, q in zip(batch.theta[0], end, strict=True)))
        place = sgd.theta[away.index(least)]
        assert hypot(*(p - q for p, q in zip(place, end, strict=True))) <= 0.05 * start + 1e-9
        assert last_cost(sgd) < last_cost(batch) and place != sgd.theta[-1]


def why(case: Case) -> None:
    run = case.sgd_plane
    counted_turns(case.numbers["turns"], run)
    disagree, other = causes(run)
    slack = abs(case.numbers["turns"] - disagree - other) + 0.002 * case.numbers["turns"]
    assert case.numbers["turns"] > 0
    if case.key in ("why-samples", "why-noise"):
        assert other <= slack and meets(case) is (case.key == "why-samples")
    if case.key == "why-overshoot":
        assert disagree <= slack
    if case.key == "why-mixed":
        assert abs(case.numbers["disagree"] - disagree) <= slack
        assert abs(case.numbers["overshoot"] - other) <= slack


def counted(case: Case) -> None:
    counted_turns(case.numbers["turns"], case.sgd_plane)
    assert case.numbers["updates"] == case.sgd_plane.updates


def straight(case: Case) -> None:
    counted_turns(0, case.sgd_plane)
    assert case.numbers["updates"] == case.sgd_plane.updates


def no_slope(case: Case) -> None:
    stays(case, case.sgd_plane)


CLAIMS: dict[str, Claim] = {
    "line": nothing,
    "place": nothing,
    "cost": nothing,
    "across": against,
    "against": against,
    "against-stretched": against,
    "against-rule": by_rule,
    "batch-at-rest": lambda case: stays(case, case.batch_plane),
    "batch-diverging": batch_diverges,
    "batch-runs-away": batch_diverges,
    "batch-creeping": batch_creeps,
    "batch-swings": batch_swings,
    "batch-valley": not_there,
    "batch-there": calms_down,
    "batch-updates": batch_updates,
    "valley": nothing,
    "valleys-one": one_sample,
    "valleys-same": one_x,
    "valleys-parallel": one_x,
    "valleys-cross": crossing,
    "valleys-apart": crossing,
    "step": own_direction,
    "step-batch": batches,
    "step-rule": one_by_rule,
    "step-rule-batch": batches,
    "epochs": epochs,
    "epochs-batches": epochs,
    "epochs-made": beyond,
    "result-at-rest": both_rest,
    "result-diverging-both": lambda case: diverging(case, "batch", "sgd"),
    "result-diverging-batch": lambda case: diverging(case, "batch"),
    "result-diverging-sgd": lambda case: diverging(case, "sgd"),
    "result-creeping": creeping,
    "result-ravine": creeping,
    "result-both": near,
    "result-alike": alike,
    "result-sgd-lower": sgd_lower,
    "result": costs,
    "beside-passes": beside,
    "beside": beside,
    "would-do": does,
    "would-stay": lambda case: does(case, "calm"),
    "why-at-rest": no_slope,
    "why-straight": straight,
    "why-samples": why,
    "why-noise": why,
    "why-overshoot": why,
    "why-mixed": why,
    "why-turns": counted,
}

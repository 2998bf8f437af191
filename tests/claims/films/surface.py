"""Whether the captions of `surface` are true."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, inf, sin, sqrt
from statistics import median

from tests.claims.case import Case, Claim, nothing
from tests.claims.films.geometry import condition, cost_shown, goal, hessian, last_cost
from tests.claims.films.plane import (
    both_rest,
    creeping,
    diverging,
    does,
    near,
    rate,
    shape,
)
from tests.claims.plain import Run


def across_and_along(case: Case, run: Run) -> tuple[list[float], list[float]]:
    """The distances from the minimum in the directions of the largest and the least curvature."""
    a, b, c = map(float, hessian(case))
    angle = atan2(2 * b, a - c) / 2  # of the direction of the largest curvature
    end = goal(case)
    errors = [(w - end[0], v - end[1]) for w, v in run.theta]
    across = [cos(angle) * p + sin(angle) * q for p, q in errors]
    return across, [cos(angle) * q - sin(angle) * p for p, q in errors]


def start(case: Case) -> None:
    assert case.numbers["epochs"] == case.lesson.epochs
    assert case.batch_plane.theta[0] == case.sgd_plane.theta[0]


def floor(case: Case) -> None:
    assert condition(case) > 10
    for run in (case.batch_plane, case.sgd_plane):
        across, along = across_and_along(case, run)
        off = [k for k, each in enumerate(across) if abs(each) > 0.11 * abs(across[0])]
        arrived = off[-1] + 1 if off else 0
        assert arrived < len(across) - 1, "it is not on the floor"
        assert abs(along[arrived]) - abs(along[-1]) > 0.04 * abs(along[0]), "it stands still"


def least(case: Case) -> float:
    return case.batch_plane.cost(goal(case))


def costs(case: Case) -> None:
    for name, run in (("batch", case.batch_plane), ("sgd", case.sgd_plane)):
        if name in case.placeholders:
            cost_shown(case, name, last_cost(run), run)
    cost_shown(case, "least", least(case), case.batch_plane)
    if "epochs" in case.placeholders:
        assert case.numbers["epochs"] == case.lesson.epochs


def swings(case: Case) -> None:
    costs(case)
    run = case.sgd_plane
    across = across_and_along(case, run)[0]
    late = across[len(across) // 2 :]
    crossed = sum(a * b < 0 for a, b in pairwise(late))
    assert crossed > len(late) / 10
    seen = [run.cost(theta) for theta in run.theta[len(across) // 2 :][:: max(len(late) // 50, 1)]]
    assert median(seen) > 1.2 * least(case)


def slices(case: Case) -> None:
    """The eigenvalues of the Hessian; along a line of minima it is level."""
    a, b, c = map(float, hessian(case))
    steep = (a + c + sqrt((a - c) ** 2 + 4 * b * b)) / 2
    case.shows("across", steep, 1e-6)
    if case.key == "slices":
        case.shows("along", steep / condition(case), 1e-6)
    else:
        assert condition(case) == inf


def trough(case: Case) -> None:
    assert condition(case) == inf


def valley(case: Case) -> None:
    shape(case)
    assert (condition(case) > 10) is (case.key == "valley")


def remedy(case: Case) -> None:
    if "lr" in case.placeholders:
        rate(case)
    if "good" in case.placeholders:
        assert (case.number("good") < case.lesson.lr) is (case.key == "above-large")
        does(case)
    if "calm" in case.placeholders:
        does(case, "calm")


CLAIMS: dict[str, Claim] = {
    "height": nothing,
    "walk": start,
    "end-at-rest": both_rest,
    "end-diverging-both": lambda case: diverging(case, "batch", "sgd"),
    "end-diverging-batch": lambda case: diverging(case, "batch"),
    "end-diverging-sgd": lambda case: diverging(case, "sgd"),
    "end-creeping": creeping,
    "end-ravine": creeping,
    "end-both": near,
    "end-floor": floor,
    "end-swings": swings,
    "end": costs,
    "slices": slices,
    "slices-level": slices,
    "trough": trough,
    "valley": valley,
    "bowl": valley,
    "above-large": remedy,
    "above-calm": remedy,
    "above-small": remedy,
    "above": nothing,
}

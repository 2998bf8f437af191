"""The geometry of the plane (w, b), in fractions or from a path: for the claims of two films."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise
from math import hypot, inf, sqrt

from tests.claims.case import Case
from tests.claims.plain import Run, Theta

SMALL = 1e-9  # of the largest move so far; what is smaller is rounding


def hessian(case: Case) -> tuple[Fraction, Fraction, Fraction]:
    """The second derivatives of J by ww, wb and bb, exactly."""
    xs = [Fraction(x) for x in case.lesson.data.x.tolist()]
    n = len(xs)
    return 2 * sum(x * x for x in xs) / n, 2 * sum(xs, Fraction()) / n, Fraction(2)


def condition(case: Case) -> float:
    """The ratio of the Hessian's eigenvalues."""
    a, b, c = hessian(case)
    determinant = a * c - b * b
    if determinant == 0:
        return inf
    trace = a + c
    largest = float(trace) / 2 + sqrt(float((trace * trace) / 4 - determinant))
    return largest * largest / float(determinant)


def goal(case: Case) -> Theta:
    """The place of least cost, exactly; on a line of minima, the one nearest to the start."""
    data = case.lesson.data
    xs, ys = ([Fraction(v) for v in values.tolist()] for values in (data.x, data.y))
    n = len(xs)
    mean, top = sum(xs, Fraction()) / n, sum(ys, Fraction()) / n
    spread = sum((x - mean) ** 2 for x in xs)
    if spread:
        w = sum((x - mean) * (y - top) for x, y in zip(xs, ys, strict=True)) / spread
        return float(w), float(top - w * mean)
    w0, b0 = Fraction(case.lesson.w0), Fraction(case.lesson.b0)
    off = (mean * w0 + b0 - top) / (mean * mean + 1)
    return float(w0 - off * mean), float(b0 - off)


def moves(run: Run) -> list[Theta]:
    return [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run.theta)]


def size(move: Theta) -> float:
    return max(abs(move[0]), abs(move[1]))


def dot(one: Theta, other: Theta) -> float:
    """The inner product, up to a factor: of vectors scaled to size 1."""
    a, b = size(one) or 1.0, size(other) or 1.0
    return (one[0] / a) * (other[0] / b) + (one[1] / a) * (other[1] / b)


def parallel(one: Theta, other: Theta, least: float) -> bool:
    """Whether two vectors lie along one line; those not larger than ``least`` are rounding."""
    if size(one) <= least:
        return True
    a, b = size(one), size(other) or 1.0
    cross = (one[0] / a) * (other[1] / b) - (one[1] / a) * (other[0] / b)
    return abs(cross) <= 1e-6 + least / a


def rounding(run: Run, case: Case) -> float:
    """A move that may be nothing but rounding."""
    return 1e-11 * max(*map(abs, run.theta[0]), *map(abs, goal(case)))


def progress(case: Case, run: Run) -> float:
    """The larger of two shares: of the way, and of the fall of the cost, that is done."""
    end = goal(case)
    scale = [max(abs(a - b), 1e-3 * size((run.theta[0][0] - end[0], run.theta[0][1] - end[1])))
             for a, b in zip(run.theta[0], end, strict=True)]  # fmt: skip
    way = [(a - b) / s for a, b, s in zip(run.theta[0], end, scale, strict=True)]
    done = [(a - b) / s for a, b, s in zip(run.theta[0], run.theta[-1], scale, strict=True)]
    least = run.cost(end)
    excess = run.cost(run.theta[0]) - least
    fall = run.cost(run.theta[0]) - run.cost(run.theta[-1])
    return max(hypot(*done) / (hypot(*way) or 1.0), fall / excess if excess else 0.0)


def turns(run: Run, share: float = SMALL) -> list[tuple[int, int]]:
    """Pairs of updates, one after the other, that lead against one another."""
    made = moves(run)
    largest = accumulate(map(size, made), max)
    kept = [
        k
        for k, (move, most) in enumerate(zip(made, largest, strict=True))
        if size(move) > share * most
    ]
    return [(a, b) for a, b in pairwise(kept) if dot(made[a], made[b]) < 0]


def counted_turns(said: int, run: Run) -> None:
    """Moves near the limit of rounding may count or not."""
    found = sorted(len(turns(run, share)) for share in (SMALL / 10, SMALL, SMALL * 10))
    assert found[0] <= said <= found[-1], f"{said} are said, {found} counted"


def left(case: Case, run: Run) -> float:
    """The share of the way that is left, in a straight line."""
    end = goal(case)
    first = hypot(run.theta[0][0] - end[0], run.theta[0][1] - end[1])
    return hypot(run.theta[-1][0] - end[0], run.theta[-1][1] - end[1]) / first


def meets(case: Case) -> bool:
    """Whether the best line goes through every sample, but for rounding."""
    (w, b), data = goal(case), case.lesson.data
    tall = max(abs(y) for y in data.y.tolist())
    pairs = zip(data.x.tolist(), data.y.tolist(), strict=True)
    return all(abs(w * x + b - y) <= 4e-12 * tall for x, y in pairs)


def units(case: Case) -> Theta:
    """The size of a slope and of an intercept in these data."""
    tall = max(map(abs, case.lesson.data.y.tolist()))
    return tall / (max(map(abs, case.lesson.data.x.tolist())) or 1.0), tall


def causes(run: Run) -> tuple[int, int]:
    """Turns at which the samples of two updates disagree, and the others."""
    disagree = 0
    found = turns(run)
    for earlier, k in found:
        before, now = run.gradient(k, run.looked_at[earlier]), run.gradient(k, run.looked_at[k])
        disagree += dot(before, now) < 0 or size(before) <= 1e-9 * size(now)
    return disagree, len(found) - disagree


def last_cost(run: Run) -> float:
    return run.cost(run.theta[-1])


def cost_shown(case: Case, name: str, value: float, run: Run) -> None:
    """A cost that is all rounding may be shown in other digits."""
    tall = max(abs(y) for y in run.y)
    if value > (1e-10 * tall) ** 2:
        case.shows(name, value, 1e-4)

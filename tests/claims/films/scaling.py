"""Whether the captions of `scaling` are true."""

from __future__ import annotations

from fractions import Fraction
from math import atan2, cos, fsum, sin, sqrt

from tests.claims.case import Case, Claim, nothing, recomputed, traces_of
from tests.claims.plain import Run

SHARE = 0.5  # of 1/L
ROUND = 1 + 1e-8


class Valley:
    """The cost of one parametrisation, from the exact moments of its inputs."""

    def __init__(self, case: Case, name: str) -> None:
        xs = [Fraction(x) for x in case.lesson.data.x.tolist()]
        mean = sum(xs, Fraction()) / len(xs)
        spread = sum((x - mean) ** 2 for x in xs) / len(xs)
        self.mean, self.spread = float(mean), sqrt(spread)
        if name == "given":
            square, shift = spread + mean * mean, mean
        else:
            square, shift = (spread if name == "centred" else Fraction(1)), Fraction()
        determinant, half = square - shift * shift, (square + 1) / 2
        # Half of the Hessian is ((square, shift), (shift, 1)).
        self.steep = float(half) + sqrt(half * half - determinant)
        self.flat = float(determinant) / self.steep
        self.turn = atan2(2 * float(shift), float(square - 1)) / 2
        self.run: Run = recomputed(traces_of("scaling", case.lesson)[name])
        self.goal = self._goal()

    @property
    def kappa(self) -> float:
        return self.steep / self.flat

    @property
    def rate(self) -> float:
        return SHARE / (2 * self.steep)

    def _goal(self) -> tuple[float, float]:
        xs, ys, n = self.run.x, self.run.y, len(self.run.x)
        middle, level = fsum(xs) / n, fsum(ys) / n
        spread = fsum((x - middle) ** 2 for x in xs)
        w = fsum((x - middle) * (y - level) for x, y in zip(xs, ys, strict=True)) / spread
        return w, level - w * middle

    def parts(self, k: int) -> tuple[float, float]:
        """The way left after k updates: across the valley, and along it."""
        w, b = (a - g for a, g in zip(self.run.theta[k], self.goal, strict=True))
        across = w * cos(self.turn) + b * sin(self.turn)
        return across, b * cos(self.turn) - w * sin(self.turn)

    def excess(self) -> tuple[float, float]:
        """What the start's cost is above the least: across, and along."""
        across, along = self.parts(0)
        return self.steep * across**2, self.flat * along**2

    def done(self, epochs: int) -> float:
        """The share of the way along the valley that is done, with all digits."""
        factor = 1 - Fraction(SHARE) / Fraction(max(self.kappa, 1.0))
        if self.kappa > 1e6:  # so near to 1 that two terms of the power are enough
            small = SHARE / self.kappa * epochs
            return small - small * (small - SHARE / self.kappa) / 2
        return 1 - float(factor) ** epochs


def samples(case: Case) -> None:
    assert case.numbers["n"] == case.lesson.data.n
    case.shows("w", case.lesson.w0)
    case.shows("b", case.lesson.b0)


def shape(case: Case) -> None:
    case.shows("ratio", sqrt(Valley(case, "given").kappa), 1e-6)


def circles(case: Case) -> None:
    assert Valley(case, "given").kappa <= ROUND


def halves(case: Case, valley: Valley) -> None:
    """The rate is what it is said to be, and the way across shrinks to a half."""
    if "rate" in case.placeholders:
        case.shows("rate", valley.rate, 1e-6)
    run = valley.run
    size = max(map(abs, (*run.theta[0], *valley.goal)))
    for k in range(min(run.updates, 7)):
        before, after = valley.parts(k)[0], valley.parts(k + 1)[0]
        assert abs(after - before / 2) <= 1e-9 * size + 1e-6 * abs(before)


def rate(case: Case) -> None:
    halves(case, Valley(case, "given"))


def round_rate(case: Case) -> None:
    circles(case)
    rate(case)


def stays(case: Case) -> None:
    for name in ("given", "centred", "standardised"):
        run = Valley(case, name).run
        size = max(map(abs, run.theta[0])) or 1.0
        assert all(
            abs(a - b) <= 1e-8 * size
            for theta in run.theta
            for a, b in zip(theta, run.theta[0], strict=True)
        )


def crossed(case: Case) -> None:
    """The updates after the first few do 1 % of the way across, and 2 % of the way along."""
    valley, first = Valley(case, "given"), case.numbers["across"]
    across, along = valley.parts(0)
    size = max(map(abs, (*valley.run.theta[0], *valley.goal)))
    left = valley.parts(first)
    assert abs(left[0]) <= 0.01 * abs(across) + 1e-9 * size
    last = valley.parts(valley.run.updates)
    assert abs(last[0] - left[0]) <= 0.01 * abs(across) + 1e-9 * size
    assert abs(last[1] - left[1]) <= 0.02 * abs(along) + 1e-9 * size
    assert case.numbers["rest"] == case.lesson.epochs - first > 0
    steep, flat = valley.excess()
    assert steep > 0.5e-4 * flat


def epochs(case: Case) -> None:
    assert case.numbers["epochs"] == case.lesson.epochs
    for name in ("given", "centred", "standardised"):
        assert Valley(case, name).run.updates == case.lesson.epochs


def done(case: Case, name: str) -> None:
    epochs(case)
    valley = Valley(case, name)
    case.shows("share", 100 * valley.done(case.lesson.epochs), 1e-6)
    # The trace does the same share, as far as its digits tell.
    first, last = abs(valley.parts(0)[1]), abs(valley.parts(valley.run.updates)[1])
    size = max(map(abs, (*valley.run.theta[0], *valley.goal)))
    expected = first * (1 - valley.done(case.lesson.epochs))
    if valley.kappa > ROUND:
        assert abs(last - expected) <= 1e-6 * first + 1e-9 * size
    if "rate" in case.placeholders:
        case.shows("rate", valley.rate, 1e-6)


def far(case: Case) -> None:
    steep, flat = Valley(case, "given").excess()
    assert flat > 0.5e-4 * steep
    done(case, "given")


def far_round(case: Case) -> None:
    circles(case)
    done(case, "given")


def centre(case: Case) -> None:
    given, centred = Valley(case, "given"), Valley(case, "centred")
    case.shows("mean", given.mean)
    case.shows("before", given.kappa, 1e-6)
    case.shows("after", centred.kappa, 1e-6)
    assert case.number("before") > case.number("after")


def mean_is_zero(case: Case) -> None:
    valley = Valley(case, "given")
    assert abs(valley.mean) <= 1e-8 * valley.spread
    case.shows("kappa", valley.kappa, 1e-6)


def in_vain(case: Case) -> None:
    given, centred = Valley(case, "given"), Valley(case, "centred")
    case.shows("mean", given.mean)
    case.shows("kappa", given.kappa, 1e-5)
    assert abs(given.kappa / centred.kappa - 1) < 1e-5


def centred_round(case: Case) -> None:
    assert Valley(case, "centred").kappa <= ROUND
    done(case, "centred")


def centred_run(case: Case) -> None:
    steep, flat = Valley(case, "centred").excess()
    assert flat > 0.5e-4 * steep
    done(case, "centred")


def centred_epochs(case: Case) -> None:
    epochs(case)
    case.shows("rate", Valley(case, "centred").rate, 1e-6)


def divide(case: Case) -> None:
    case.shows("sigma", Valley(case, "given").spread)
    straight(case)


def unit(case: Case) -> None:
    assert abs(Valley(case, "given").spread - 1) <= 1e-8


def distances(valley: Valley) -> list[float]:
    return [
        sqrt(sum((a - g) ** 2 for a, g in zip(theta, valley.goal, strict=True)))
        for theta in valley.run.theta
    ]


def straight(case: Case) -> None:
    """Each update halves the distance, and keeps the direction."""
    valley = Valley(case, "standardised")
    away, run = distances(valley), valley.run
    size = max(map(abs, (*run.theta[0], *valley.goal)))
    for k in range(min(run.updates, 20)):
        assert abs(away[k + 1] - away[k] / 2) <= 1e-9 * size
        for j in (0, 1):
            left = run.theta[k + 1][j] - valley.goal[j]
            assert abs(left - (run.theta[k][j] - valley.goal[j]) / 2) <= 1e-9 * size


def near(case: Case) -> None:
    straight(case)
    valley, count = Valley(case, "standardised"), case.numbers["across"]
    away = distances(valley)
    size = 1e-9 * max(map(abs, (*valley.run.theta[0], *valley.goal)))
    assert away[count] <= 0.01 * away[0] + size and away[count - 1] >= 0.01 * away[0] - size


def costs(case: Case) -> None:
    epochs(case)
    for shown, name in (("given", "given"), ("centred", "centred"), ("standard", "standardised")):
        run = Valley(case, name).run
        level = max(map(abs, run.y))
        truth, value = run.cost(run.theta[-1]), case.number(shown)
        assert abs(truth - value) <= 1e-9 * level**2 or not case.shows(shown, truth, 1e-6)


def one_cost(case: Case) -> None:
    stays(case)
    costs(case)


CLAIMS: dict[str, Claim] = {
    "samples": samples,
    "map": shape,
    "map-round": circles,
    "rate": rate,
    "rate-round": round_rate,
    "rate-at-rest": stays,
    "run": epochs,
    "run-stands-still": crossed,
    "run-at-rest": stays,
    "far": far,
    "far-round": far_round,
    "far-whole": nothing,
    "centre": centre,
    "centre-already": mean_is_zero,
    "centre-in-vain": in_vain,
    "centre-run": centred_run,
    "centre-round": centred_round,
    "centre-epochs": centred_epochs,
    "centre-at-rest": stays,
    "divide": divide,
    "divide-already": unit,
    "straight": straight,
    "straight-near": near,
    "straight-at-rest": stays,
    "result": costs,
    "result-at-rest": one_cost,
    "result-table": epochs,
}

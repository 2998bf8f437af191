"""Descents in plain Python: written anew from the formulas, without gdcore's code.

Only the draws of the samples are taken from the film's trace; they are random, so they cannot be
computed in another way. PyTorch's documentation is the source of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, fsum, inf, isfinite, pi, sqrt

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace

Theta = tuple[float, ...]
LIMIT = 1e300
EPS = 2.0**-52
FEW, MANY = 2.0, 100.0  # units of the last digit: surely rounding, surely more than rounding
_SETTINGS = {
    "sgd": {},
    "momentum": {"momentum": 0.9, "dampening": 0.0},
    "nesterov": {"momentum": 0.9},
    "adagrad": {"eps": 1e-10, "lr_decay": 0.0, "initial_accumulator_value": 0.0},
    "rmsprop": {"alpha": 0.99, "eps": 1e-8, "momentum": 0.0},
    "adam": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
}


@dataclass(frozen=True)
class Run:
    """A descent: theta at the start and after each update, and the samples of each update."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    bias: bool
    theta: tuple[Theta, ...]
    looked_at: tuple[tuple[int, ...], ...]
    diverged: bool
    """whether theta left the range of a descent, so that the run stopped early"""

    @cached_property
    def w(self) -> list[float]:
        """The weight after each update."""
        return [each[0] for each in self.theta]

    @cached_property
    def rounding(self) -> float:
        """The error that the sums which give the minimiser may have, with some room."""
        summed = fsum(abs(x * y) for x, y in zip(self.x, self.y, strict=True))
        return 1e-12 * summed / fsum(x * x for x in self.x)

    def last_digits(self, k: int, digits: float) -> float:
        """So many units of the last digit of w[k] and the minimiser."""
        return digits * EPS * (abs(self.goal) + abs(self.w[k]))

    @property
    def updates(self) -> int:
        """The number of updates made."""
        return len(self.theta) - 1

    def residual(self, i: int, theta: Theta) -> float:
        """What the model says about sample i, less y_i."""
        return self.x[i] * theta[0] + (theta[1] if self.bias else 0.0) - self.y[i]

    def loss(self, samples: Sequence[int], theta: Theta) -> float:
        """The mean squared residual of some samples."""
        return _fsum(_square(self.residual(i, theta)) for i in samples) / len(samples)

    def cost(self, theta: Theta) -> float:
        """The mean squared residual of all samples."""
        return self.loss(range(len(self.x)), theta)

    @property
    def rises(self) -> bool:
        """Whether the cost ends above its first value, or the descent diverged.

        Without a bias it does if w ends farther from the minimiser; J may lack the digits for it.
        """
        if self.diverged or self.bias:
            return self.diverged or self.cost(self.theta[-1]) > self.cost(self.theta[0])
        return self.away(self.updates) > self.away(0)

    @cached_property
    def goal(self) -> float:
        """The w of least cost, of the model without a bias."""
        square = fsum(x * x for x in self.x)
        return fsum(x * y for x, y in zip(self.x, self.y, strict=True)) / square

    def gradient(self, k: int, samples: Sequence[int] | None = None) -> Theta:
        """The gradient at theta[k] of the mean loss of some samples (None: of all)."""
        looked_at = range(len(self.x)) if samples is None else samples
        return _gradient(self.x, self.y, self.bias, self.theta[k], looked_at)

    def away(self, k: int) -> float:
        """The distance of w from the minimiser after k updates."""
        return abs(self.w[k] - self.goal)


def minimiser(x: Sequence[float], y: Sequence[float]) -> float:
    """The w of least mean squared error of y = w*x."""
    return fsum(a * b for a, b in zip(x, y, strict=True)) / fsum(a * a for a in x)


def run(trace: Trace) -> Run:
    """The descent that ``trace`` was asked for, with the samples that it looked at."""
    objective = trace.objective
    assert isinstance(objective, LeastSquares)
    x, y = tuple(objective.data.x.tolist()), tuple(objective.data.y.tolist())
    looked_at = tuple(tuple(i for i in row if i >= 0) for row in trace.samples.tolist())
    per_epoch = 1 if trace.order == "batch" else -(-len(x) // trace.batch_size)
    if trace.order == "batch":
        looked_at = tuple(tuple(range(len(x))) for _ in range(trace.epochs))
    step = rule_step(str(trace.rule))
    factor = schedule_factor(str(trace.schedule), trace.epochs * per_epoch)
    theta: Theta = trace.start
    made, diverged = [theta], trace.diverged_at is not None
    for k, samples in enumerate(looked_at):
        gradient = _gradient(x, y, objective.bias, theta, samples)
        moved = step(gradient, trace.lr * factor(k))
        theta = tuple(a + b for a, b in zip(theta, moved, strict=True))
        if not all(isfinite(each) and abs(each) <= LIMIT for each in theta):
            diverged = True
            break
        made.append(theta)
    return Run(x, y, objective.bias, tuple(made), looked_at[: len(made) - 1], diverged)


def _gradient(
    x: Sequence[float], y: Sequence[float], bias: bool, theta: Theta, samples: Sequence[int]
) -> Theta:
    offset = theta[1] if bias else 0.0
    terms = [2 * (x[i] * theta[0] + offset - y[i]) for i in samples]
    slope = _fsum(term * x[i] for term, i in zip(terms, samples, strict=True)) / len(samples)
    return (slope, _fsum(terms) / len(samples)) if bias else (slope,)


def rule_step(text: str) -> Callable[[Theta, float], Theta]:
    """A function of the gradient and the rate: the step, with the rule's state inside."""
    name, _, given = text.partition(":")
    numbers = {**_SETTINGS[name], **_numbers(given)}
    states: dict[int, list[float]] = {}

    def step(gradient: Theta, lr: float) -> Theta:
        return tuple(
            _one_step(name, numbers, states.setdefault(j, [0.0, 0.0, 0.0]), g, lr)
            for j, g in enumerate(gradient)
        )

    return step


def _one_step(
    name: str, numbers: dict[str, float], state: list[float], g: float, lr: float
) -> float:
    state[2] += 1
    try:
        match name:
            case "sgd":
                return -lr * g
            case "momentum":
                first = state[2] == 1  # the first gradient is not damped
                damped = g if first else (1 - numbers["dampening"]) * g
                state[0] = numbers["momentum"] * state[0] + damped
                return -lr * state[0]
            case "nesterov":
                state[0] = numbers["momentum"] * state[0] + g
                return -lr * (g + numbers["momentum"] * state[0])
            case "adagrad":
                state[0] += g * g
                lr /= 1 + (state[2] - 1) * numbers["lr_decay"]
                size = sqrt(numbers["initial_accumulator_value"] + state[0])
                return -lr * g / (size + numbers["eps"])
            case "rmsprop":
                state[0] = numbers["alpha"] * state[0] + (1 - numbers["alpha"]) * g * g
                state[1] = numbers["momentum"] * state[1] + g / (sqrt(state[0]) + numbers["eps"])
                return -lr * state[1]
            case "adam":
                one, two, k = numbers["beta1"], numbers["beta2"], state[2]
                state[0] = one * state[0] + (1 - one) * g
                state[1] = two * state[1] + (1 - two) * g * g
                size = sqrt(state[1] / (1 - two**k)) + numbers["eps"]
                return -lr * state[0] / (1 - one**k) / size
    except OverflowError:
        return inf
    raise ValueError(name)


def schedule_factor(text: str, updates: int) -> Callable[[int], float]:
    name, _, given = text.partition(":")
    numbers = _numbers(given)
    if name == "step":
        size, gamma = numbers.get("step_size", 30.0), numbers.get("gamma", 0.1)
        return lambda k: gamma ** (k // size)
    if name == "inverse":
        return lambda k: 1 / (1 + numbers.get("decay", 0.01) * k)
    if name == "cosine":
        period, least = numbers.get("T_max", 0.0) or updates, numbers.get("eta_min", 0.0)
        return lambda k: least + (1 - least) * (1 + cos(pi * k / period)) / 2
    return lambda k: 1.0


def _numbers(given: str) -> dict[str, float]:
    return {a: float(b) for a, _, b in (part.partition("=") for part in given.split(",") if part)}


def _square(value: float) -> float:
    return value * value if abs(value) < 1e150 else inf


def _fsum(values: Iterator[float] | Sequence[float]) -> float:
    try:
        return fsum(values)
    except (OverflowError, ValueError):
        return inf


def minima(run_: Run) -> list[float]:
    """The w at which each sample's loss is 0; samples at x = 0 have none."""
    return [y / x for x, y in zip(run_.x, run_.y, strict=True) if x]


def retreats(run_: Run, digits: float = 0.0) -> list[int]:
    """The updates that move w away from the minimiser, by more than so many last digits."""
    away = [run_.away(k) for k in range(run_.updates + 1)]
    return [k for k in range(run_.updates) if away[k + 1] > away[k] + run_.last_digits(k, digits)]


def crossings(run_: Run, digits: float = 0.0) -> list[int]:
    """The updates that take w from one side of the minimiser to the other.

    w is on no side if it is within so many last digits of the minimiser.
    """
    least = digits * EPS * abs(run_.goal)
    apart = [w - run_.goal if abs(w - run_.goal) > least else 0.0 for w in run_.w]
    return [k for k in range(run_.updates) if apart[k] * apart[k + 1] < 0]


def counted(said: int, count: Callable[[Run, float], list[int]], run_: Run) -> bool:
    """Whether ``said`` is right, with those that may be rounding counted or not."""
    return len(count(run_, MANY)) <= said <= len(count(run_, FEW))

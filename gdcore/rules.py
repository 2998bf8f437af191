"""Update rules: each a pair of pure functions, shaped like its equation.

    init(**settings) -> state
    update(gradient, state, rate, **settings) -> (step, state),   theta <- theta + step

All of them act on each coordinate by itself, so gradient, state and step are plain floats (or
tuples of floats) of one coordinate. Names, defaults and order of operations are those of
`torch.optim`, which the tests compare with. `weight_decay` is left out, because it changes the
objective; `betas` is spelled `beta1`, `beta2`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any

from gdcore.message import Message
from gdcore.spec import Number, Settings, parse_spec, spell

Update = Callable[[float, Any, float], tuple[float, Any]]


def stateless() -> None:
    """The state of a rule that remembers nothing."""
    return None


def sgd(gradient: float, state: None, rate: float) -> tuple[float, None]:
    """`theta <- theta - rate*g`, with the gradient g."""
    return -rate * gradient, state


def no_velocity(momentum: float, dampening: float = 0.0) -> None:
    """The velocity before the first gradient: there is none yet."""
    return None


def momentum(
    gradient: float, velocity: float | None, rate: float, momentum: float, dampening: float
) -> tuple[float, float]:
    """`v <- momentum*v + (1 - dampening)*g`, at first `v = g`; `theta <- theta - rate*v`."""
    damped = (1 - dampening) * gradient
    velocity = gradient if velocity is None else momentum * velocity + damped
    return -rate * velocity, velocity


def nesterov(
    gradient: float, velocity: float | None, rate: float, momentum: float
) -> tuple[float, float]:
    """`v <- momentum*v + g`, at first `v = g`; `theta <- theta - rate*(g + momentum*v)`."""
    velocity = gradient if velocity is None else momentum * velocity + gradient
    return -rate * (gradient + momentum * velocity), velocity


def no_sum(lr_decay: float, initial_accumulator_value: float, eps: float) -> tuple[int, float]:
    """No updates made, and the sum of squares to start from."""
    return 0, initial_accumulator_value


def adagrad(
    gradient: float,
    state: tuple[int, float],
    rate: float,
    lr_decay: float,
    initial_accumulator_value: float,
    eps: float,
) -> tuple[float, tuple[int, float]]:
    """The sum of squared gradients slows each coordinate down, for updates t = 0, 1, ...

        s     <- s + g^2
        theta <- theta - rate/(1 + t*lr_decay) * g/(sqrt(s) + eps)

    g is the gradient in this coordinate.
    """
    t, total = state
    total += gradient * gradient
    step = -rate / (1 + t * lr_decay) * (gradient / (sqrt(total) + eps))
    return step, (t + 1, total)


def no_averages(alpha: float, eps: float, momentum: float) -> tuple[float, float]:
    """The average of squares and the velocity, both 0."""
    return 0.0, 0.0


def rmsprop(
    gradient: float,
    state: tuple[float, float],
    rate: float,
    alpha: float,
    eps: float,
    momentum: float,
) -> tuple[float, tuple[float, float]]:
    """A moving average of squared gradients scales the step.

        s     <- alpha*s + (1 - alpha)*g^2
        v     <- momentum*v + g/(sqrt(s) + eps)
        theta <- theta - rate*v

    g is the gradient in this coordinate.
    """
    square, velocity = state
    square = alpha * square + (1 - alpha) * gradient * gradient
    velocity = momentum * velocity + gradient / (sqrt(square) + eps)
    return -rate * velocity, (square, velocity)


def no_moments(beta1: float, beta2: float, eps: float) -> tuple[int, float, float]:
    """No updates made; the first and second moment, both 0."""
    return 0, 0.0, 0.0


def adam(
    gradient: float,
    state: tuple[int, float, float],
    rate: float,
    beta1: float,
    beta2: float,
    eps: float,
) -> tuple[float, tuple[int, float, float]]:
    """Moving averages of gradients and of their squares, for updates t = 1, 2, ...

        m     <- beta1*m + (1 - beta1)*g
        v     <- beta2*v + (1 - beta2)*g^2
        theta <- theta - rate * (m/(1 - beta1^t)) / (sqrt(v/(1 - beta2^t)) + eps)

    g is the gradient in this coordinate.
    """
    t, mean, square = state
    t += 1
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient * gradient
    scale = sqrt(square) / sqrt(1 - beta2**t) + eps
    return -rate / (1 - beta1**t) * (mean / scale), (t, mean, square)


def _fraction(default: float) -> Number:
    return Number(default, least=0.0, below=1.0)


_EPS = 1e-8
_FUNCTIONS: dict[str, tuple[Callable[..., Any], Callable[..., tuple[float, Any]]]] = {
    "sgd": (stateless, sgd),
    "momentum": (no_velocity, momentum),
    "nesterov": (no_velocity, nesterov),
    "adagrad": (no_sum, adagrad),
    "rmsprop": (no_averages, rmsprop),
    "adam": (no_moments, adam),
}
# torch's own default of `momentum` is 0, which is plain SGD again; its examples use 0.9.
RULES: dict[str, dict[str, Number]] = {
    "sgd": {},
    "momentum": {"momentum": _fraction(0.9), "dampening": _fraction(0.0)},
    "nesterov": {"momentum": Number(0.9, above=0.0, below=1.0)},
    "adagrad": {
        "lr_decay": Number(0.0, least=0.0),
        "initial_accumulator_value": Number(0.0, least=0.0),
        "eps": Number(1e-10, above=0.0),
    },
    "rmsprop": {
        "alpha": _fraction(0.99),
        "eps": Number(_EPS, above=0.0),
        "momentum": _fraction(0.0),
    },
    "adam": {
        "beta1": _fraction(0.9),
        "beta2": _fraction(0.999),
        "eps": Number(_EPS, above=0.0),
    },
}


@dataclass(frozen=True)
class Rule:
    """A rule and its settings: a plain value, equal and hashable by its content."""

    name: str
    settings: Settings = ()

    @property
    def init(self) -> Callable[[], Any]:
        """The function that gives one coordinate's state before the first update."""
        return partial(_FUNCTIONS[self.name][0], **dict(self.settings))

    @property
    def update(self) -> Update:
        """The function `(gradient, state, rate) -> (step, state)` of one coordinate."""
        function = _FUNCTIONS[self.name][1]
        return partial(function, **dict(self.settings)) if self.settings else function

    def __str__(self) -> str:
        return spell(self.name, self.settings)


def parse_rule(text: str | Rule) -> Rule:
    """Read "adam" or "momentum:momentum=0.9".

    Raises ValueError that names the nearest known name, or the allowed range.
    """
    return text if isinstance(text, Rule) else Rule(*parse_spec(text, Message("rule"), RULES))

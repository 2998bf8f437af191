"""The loss and the cost with numbers: Typst sources, the longest that fit their place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import MathTypst

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula

Values = npt.NDArray[np.float64]

_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def maths(text: str) -> str:
    """The text of a number as Typst mathematics."""
    mantissa, times, power = text.replace("−", "-").partition("×10")
    return f"{mantissa} times 10^({power.translate(_RAISED)})" if times else mantissa


def _number(value: float) -> str:
    return maths(short(value))


def _seen(value: float) -> float:
    """The number that a viewer reads for ``value``."""
    return float(f"{value:.4g}")


def _equals(computed: float, value: float) -> str:
    """The sign between a calculation with rounded numbers and its true result."""
    return "=" if short(computed) == short(value) else "approx"


def bracketed(value: float) -> str:
    """A number as Typst mathematics; a negative one in brackets."""
    return f"({_number(value)})" if value < 0 else _number(value)


def _broken(name: str, number: str) -> str:
    """An equation on two lines: a long number below its name."""
    return f"& {name} = \\ & {number}"


def _first_that_fits(
    variants: Sequence[Sequence[str]],
    hues: Sequence[str],
    point: str,
    caps: Sequence[float],
    room: float,
) -> list[MathTypst]:
    """The lines of the first variant that fits ``room`` in one of the sizes ``caps``."""
    for lines in variants:
        made = [
            formula(line, caps[0], hue, {"p": point} if ": p }}" in line else {})
            for line, hue in zip(lines, hues, strict=True)
        ]
        widest = max(line.width for line in made) / caps[0]
        cap = next((cap for cap in caps if widest * cap <= room), None)
        if cap is not None or lines is variants[-1]:
            # Scaled, not set again: setting a formula takes a tenth of a second.
            return [line.scale((cap or caps[-1]) / caps[0]) for line in made]
    return []


def sample_lines(
    data: Dataset, count: int, w: float, theme: Theme, caps: Sequence[float], room: float
) -> list[MathTypst]:
    """The first ``count`` samples with their predictions ŷ = w·x: x₁ = 1, y₁ = 2, ŷ₁ = 1."""
    full, brief, bare, broken = [], [], [], []
    for i in range(count):
        x, y = float(data.x[i]), float(data.y[i])
        name, value = f"hat(y)_({i + 1})", _number(w * x)
        said = f"{{{{ {name} = {value} : p }}}}"
        seen = f"y_({i + 1}) = {_number(y)}"
        full.append(f"x_({i + 1}) = {_number(x)} quad {seen} quad {said}")
        brief.append(f"{seen} quad {said}")
        bare.append(said)
        broken.append(f"{{{{ {_broken(name, value)} : p }}}}")
    hues = [theme.sample(i) for i in range(count)]
    return _first_that_fits([full, brief, bare, broken], hues, theme.point, caps, room)


def loss_lines(
    data: Dataset,
    count: int,
    w: float,
    losses: Values,
    theme: Theme,
    caps: Sequence[float],
    room: float,
) -> list[MathTypst]:
    """The first ``count`` losses with their numbers: ℓ₁ = (1 − 2)² = 1."""
    full, brief, bare, broken = [], [], [], []
    for i in range(count):
        said, seen = _number(w * float(data.x[i])), bracketed(float(data.y[i]))
        value = _number(float(losses[i]))
        equals = _equals((_seen(w * float(data.x[i])) - _seen(float(data.y[i]))) ** 2, losses[i])
        work = f"({{{{ {said} : p }}}} - {seen})^2 {equals} {value}"
        full.append(f"ell_({i + 1}) = {work}")
        brief.append(work)
        bare.append(f"ell_({i + 1}) = {value}")
        broken.append(_broken(f"ell_({i + 1})", value))
    hues = [theme.sample(i) for i in range(count)]
    return _first_that_fits([full, brief, bare, broken], hues, theme.point, caps, room)


def mean_formula(theme: Theme, cap: float, room: float) -> MathTypst:
    """The MSE: the cost as the mean of the squared residuals, or of ℓᵢ if that is too wide."""
    mean = "1/n sum_(i=1)^n"
    made = formula(f"J(w) = {mean} (hat(y)_i - y_i)^2", cap, theme.cost)
    for name in ("J(w)", "J"):
        if made.width > room:
            source = f"{name} = {mean} {{{{ ell_i : l }}}}"
            made = formula(source, cap, theme.cost, {"l": theme.loss})
    return made


def mean_lines(losses: Values, theme: Theme, cap: float, room: float) -> list[MathTypst]:
    """The mean with its numbers, (1 + 4 + 9)/3 = 4.6667, on one line or on two.

    For many losses it writes the first ones and the last. If that is too wide, it writes their
    sum, or nothing.
    """
    n, cost = len(losses), float(losses.mean())
    value, brief = maths(short(cost, 5)), maths(short(cost, 3))
    if n == 1:
        hue = {"s": theme.sample(0)}
        own = f"{{{{ {_number(cost)} : s }}}}"
        whole, two = (
            formula(each, cap, theme.cost, hue) for each in (f"J = {own}", _broken("J", own))
        )
        return [whole if whole.width <= room else two]
    for source in (f"= {value}", f"= {brief}", _broken("J", brief)):
        result = formula(source, cap, theme.cost)
        if result.width <= room:
            break
    for shown in _selections(n):
        names = {f"s{i}": theme.sample(i) for i in shown}
        terms = [f"{{{{ {_number(float(losses[i]))} : s{i} }}}}" for i in shown]
        if len(shown) < n:
            terms.insert(-1, "dots.c")
        work = f"J = ({' + '.join(terms)})/{n}"
        for source, rest in ((f"{work} = {value}", []), (work, [result])):
            line = formula(source, cap, theme.cost, names)
            if line.width <= room:
                return [line, *rest]
    total = formula(f"J = ({_number(float(losses.sum()))})/{n}", cap, theme.cost)
    return [total, result] if total.width <= room else [result]


def _selections(n: int) -> list[list[int]]:
    """Which terms of a sum of n to write: all, or the first ones and the last."""
    starts = [k for k in (3, 2, 1) if k + 1 < n]
    return ([list(range(n))] if n <= 6 else []) + [[*range(k), n - 1] for k in starts]

"""The update of (w, b) as a formula, and with the numbers of an update."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import MathTypst

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.formulas import formula

Run = tuple[str, str]


def plane_rule(
    rule: str, of: str, theme: Theme, cap: float, color: str, hue: str, parts: bool = False
) -> list[MathTypst]:
    """(w, b) ← (w, b) − α∇f for ``of`` f; (w, b) + Δ for rules that keep velocities or scales.

    ``color`` is for the weights, ``hue`` for the gradient. In two ``parts`` it ends one line with
    the arrow.
    """
    weights = "{{{{ (w, b) : {0} }}}}"
    if rule == "sgd":
        change = f"- alpha {{{{ nabla {of} : g }}}}"
    else:
        change = f'+ {{{{ Delta : s }}}} quad ("{rule}")'
    left, right = f"{weights.format('w')} <-", f"{weights.format('v')} {change}"
    colors = {"w": color, "v": color} | ({"g": hue} if rule == "sgd" else {"s": theme.step})
    sources = [left, right] if parts else [f"{left} {right}"]
    return [
        formula(each, cap, theme.ink, {k: v for k, v in colors.items() if f": {k} }}" in each})
        for each in sources
    ]


def plane_numbers(
    trace: Trace, k: int, places: tuple[int, int], theme: Theme, color: str, hue: str
) -> list[Run]:
    """The runs of update ``k``: (w, b) ← (−1.00, 4.00) − 0.05 × (−12.0, −4.00) = (−0.40, 4.20).

    In a plain step with one sample the gradient is written as a product: 2 × (−3.77) × (3, 1).
    """
    here, to = trace.theta[k], trace.theta[k + 1]
    runs = [("(𝑤, 𝑏) ←", theme.ink), (_pair(here, places), color)]
    if trace.rule.name != "sgd":
        runs.append((f"+ {_pair(to - here, places)}", theme.step))
    else:
        rate = f"− {short(float(trace.rate[k]))} ×"
        row = [int(i) for i in trace.samples[k] if i >= 0]
        if trace.order != "batch" and len(row) == 1:
            residual, x = _residual(trace, k, row[0])
            said = fixed(residual, decimals([residual], 3, 4))
            said = f"({said})" if residual < 0 else said
            runs += [(f"{rate} 2 ×", theme.ink), (f"{said} ×", theme.ink)]
            runs.append((f"({short(x)}, 1)", hue))
        else:
            slope = trace.gradient[k]
            value = _pair(slope, (decimals(slope[:1], 3, 4), decimals(slope[1:], 3, 4)))
            runs += [(rate, theme.ink), (value, hue)]
    return [*runs, (f"= {_pair(to, places)}", color)]


def _pair(values: npt.NDArray[np.float64], places: tuple[int, int]) -> str:
    first, second = (fixed(float(v), p) for v, p in zip(values, places, strict=True))
    return f"({first}, {second})"


def _residual(trace: Trace, k: int, i: int) -> tuple[float, float]:
    """w·xᵢ + b − yᵢ before update ``k``, and xᵢ."""
    assert isinstance(trace.objective, LeastSquares)
    x, y = float(trace.objective.data.x[i]), float(trace.objective.data.y[i])
    w, b = trace.theta[k].tolist()
    return x * w + b - y, x

"""The best β as a formula, in as many lines as its box needs."""

from __future__ import annotations

from manim import DOWN, LEFT, VGroup, VMobject

from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.layout import Box

_RIGHT = "(sqrt(kappa) - 1)/(sqrt(kappa) + 1)"


def best_formula(cap: float, hue: str, box: Box) -> VMobject:
    """β, or where that is too wide its root, in one line or in two."""
    sources = f"beta = ({_RIGHT})^2", f"sqrt(beta) = {_RIGHT}"
    variants: list[VMobject] = [formula(source, cap, hue) for source in sources]
    lines = [formula(source, cap, hue) for source in ("sqrt(beta) =", _RIGHT)]
    variants.append(VGroup(*lines).arrange(DOWN, buff=0.5 * cap, aligned_edge=LEFT))
    return widest_fitting(variants, box)

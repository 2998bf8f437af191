"""The film's formulas, as full as its narrow column allows."""

from __future__ import annotations

from manim import VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box


def model_lines(theme: Theme, cap: float, box: Box) -> list[VMobject]:
    """The model, and its cost if there is room for it."""
    model = formula("hat(y) = {{ w : w }} x", cap, theme.ink, {"w": theme.point})
    sources = ("J = 1/n sum_(i=1)^n (w x_i - y_i)^2", "J = overline((w x - y)^2)")
    costs = [formula(source, cap, theme.cost) for source in sources]
    return [model, *[cost for cost in costs if cost.width <= box.width][:1]]

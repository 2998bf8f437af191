"""The film's formulas, as full as its narrow column allows."""

from __future__ import annotations

from manim import VGroup, VMobject

from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.stage.descent.update_rule import update_rule
from scenes.stage.page.formulas import fit, formula
from scenes.stage.page.layout import Box, point


def model_lines(theme: Theme, cap: float, box: Box) -> list[VMobject]:
    """The model, and its cost if there is room for it."""
    model = formula("hat(y) = {{ w : w }} x", cap, theme.ink, {"w": theme.point})
    sources = ("J = 1/n sum_(i=1)^n (w x_i - y_i)^2", "J = overline((w x - y)^2)")
    costs = [formula(source, cap, theme.cost) for source in sources]
    return [model, *[cost for cost in costs if cost.width <= box.width][:1]]


def rule_lines(lesson: Lesson, theme: Theme, cap: float, box: Box) -> VGroup:
    """The update rule at the top of ``box``: with its name, without, or in two lines."""
    for named in (True, False):
        rule = update_rule(lesson, "J", theme, cap, theme.gradient, named)
        if rule.width <= box.width:
            return fit(VGroup(rule), box.inset(bottom=0.6 * box.height))
    colors = {"w": theme.point, "v": theme.point}
    start = formula("{{ w : w }} <- {{ w : v }}", cap, theme.ink, colors)
    slope = "- alpha {{ (partial J)/(partial w) : g }}"
    step = formula(slope, cap, theme.ink, {"g": theme.gradient})
    lines = fit(VGroup(start, step), box, 0.1)
    step.shift(point(0.8 * cap, 0.0))
    return lines

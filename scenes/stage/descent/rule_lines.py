"""The update rule for a narrow place."""

from __future__ import annotations

from manim import LEFT, VGroup, VMobject

from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.stage.descent.update_rule import update_rule
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point


def rule_formula(lesson: Lesson, theme: Theme, cap: float, box: Box) -> VGroup:
    """The update rule, on two lines if it is too wide for one."""
    whole = update_rule(lesson, "ell_i", theme, cap, theme.loss)
    if whole.width <= box.width:
        return VGroup(at_top(whole, box))
    colors = {"w": theme.point, "v": theme.point, "g": theme.loss, "s": theme.step}
    if lesson.rule == "sgd":
        second = "- alpha {{ (partial ell_i)/(partial w) : g }}"
        sources = ["{{ w : w }} <- {{ w : v }}", second]
    else:
        name = lesson.rule.partition(":")[0]
        sources = ["{{ w : w }} <- {{ w : v }} + {{ Delta w : s }}", f'("{name}")']
    lines = VGroup()
    for source in sources:
        used = {key: color for key, color in colors.items() if f": {key} }}" in source}
        line = at_top(formula(source, cap, theme.ink, used), box)
        if lines:
            down = lines[0].get_bottom()[1] - 0.5 * cap - line.get_top()[1]
            line.shift(point(0.8 * cap, float(down)))
        lines.add(line)
    return lines


def at_top(made: VMobject, box: Box) -> VMobject:
    """Put a formula at the top left of a box."""
    made.move_to(point(box.left, box.top - made.height / 2), aligned_edge=LEFT)
    return made

"""The update rule and what follows from it: steps, one update, and the limits of the rate."""

from __future__ import annotations

from typing import TypeVar

from manim import LEFT, VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.films.gradient.derivation import stack
from scenes.films.gradient.slope_hill import SlopeHill
from scenes.films.gradient.step_rows import StepRow
from scenes.stage.descent.update_rule import places_apart, plugged_in, rule_lines
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import decimals, short
from scenes.stage.page.formulas import Substitution, formula
from scenes.stage.page.glyphs import math_glyphs
from scenes.stage.page.layout import Box

Part = TypeVar("Part", bound=VMobject)


class RulePanel:
    """``rule``; under it ``row`` and ``twin_row``, the steps of the two points on a parabola.

    These are replaced by ``numbers`` (the lesson's update) and ``limits`` (the rates 1/L and 2/L).
    """

    def __init__(
        self,
        lesson: Lesson,
        trace: Trace,
        hill: SlopeHill,
        rates: list[float],
        box: Box,
        theme: Theme,
        cap: float,
    ) -> None:
        """``rates``: the rates shown, with 1/L and 2/L at the end; the twin uses the first."""
        gap = 0.8 * cap
        self.rule = rule_lines(lesson, theme, cap, box)
        rest = box.inset(top=box.top - self.rule.get_bottom()[1] + gap - 0.5 * cap)
        here, there = (hill.slope_at(w) for w in (hill.here, hill.there))
        slope_places = decimals([here])
        places = (decimals(rates, 4), slope_places, decimals([rates[-1] * here], 4))
        self.row = StepRow(rates, [here], places, rest, theme, cap)
        below = _below(rest, self.row, 0.5 * cap)
        self.twin_row = StepRow(rates[:1], [there, there / 2], places, below, theme, cap)
        places_w = places_apart(trace, 0, decimals([float(trace.w[0]), hill.curve.minimiser]))
        runs = plugged_in(trace, 0, places_w, theme, theme.gradient, slope_places)
        self.numbers = _inside(Substitution(runs, math_glyphs(cap), rest), box)
        names, hues = ("1 slash L", "2 slash L"), (theme.good, theme.bad)
        self.limits = [
            formula(f"{name} = {maths(short(rate))}", cap, hue)
            for name, rate, hue in zip(names, rates[-2:], hues, strict=True)
        ]
        stack(self.limits, _below(rest, VGroup(self.row, self.numbers), gap), gap)
        self.limits_stay = float(self.limits[1].get_bottom()[1]) >= box.bottom
        if not self.limits_stay:  # there is no room beside the update's numbers
            stack(self.limits, _below(rest, self.row, 0.5 * gap), 0.5 * gap)
        for line in self.limits:
            _inside(line, box)


def _inside(part: Part, box: Box) -> Part:
    """``part``, moved to the left if it would end beyond ``box``."""
    part.shift(LEFT * max(0.0, float(part.get_right()[0]) - box.right))
    return part


def _below(box: Box, part: VGroup, gap: float) -> Box:
    return box.inset(top=box.top - float(part.get_bottom()[1]) + gap)

"""A landscape as a formula, and its values at the start and at the marked places of the map."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup, VMobject

from gdcore.landscapes import Landscape
from scenes.catalogue.theme import Theme
from scenes.films.optimizers.rule_table import landscape_formula
from scenes.films.optimizers.table_texts import is_exact, place_text
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import fit, widest_fitting
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.wording import Label


def landscape_values(
    land: Landscape, start: tuple[float, float], box: Box, theme: Theme, scale: Scale
) -> VGroup:
    """The formula of J, and below it as many of the values as fit; the places are on the map."""
    places: list[tuple[Sequence[float], str]] = [(start, theme.ink)]
    places += [(place, theme.good) for place in land.minima]
    places += [] if land.minima else [(place, theme.ink) for place in land.saddles]
    values = [_value(land, place, hue, box, scale) for place, hue in places]
    for shown in range(len(values), -1, -1):
        lines = landscape_formula(land.name, box, theme, scale.label)
        stack = fit(VGroup(lines, *values[:shown]), box, 1.1 * scale.label)
        if stack.height <= box.height:
            break
    return stack


def _value(land: Landscape, place: Sequence[float], hue: str, box: Box, scale: Scale) -> VMobject:
    """J of a place in figures: at a minimum it is 0, though its digits may be rounded."""
    cost = 0.0 if place in land.minima else land.cost(place)
    value, sign = short(cost, 3), "=" if is_exact(place) else "≈"
    texts = f"J{place_text(place)} {sign} {value}", f"J {sign} {value}"
    return widest_fitting([Label(text, scale.label, hue) for text in texts], box)

"""A colour for each rate: that of its part of the ruler, nearer to the text's for a further one."""

from __future__ import annotations

from collections.abc import Sequence

from manim import ManimColor, interpolate_color

from gdcore.least_squares import LeastSquares
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.regime import regime

_TOWARDS_INK = 0.6  # at most: the last of several rates in one part of the ruler


def hues(objective: LeastSquares, rates: Sequence[float], epochs: int, theme: Theme) -> list[str]:
    """``#rrggbb`` for each of ``rates``, which ascend; all are different."""
    parts = [regime(objective, rate, epochs).hue(theme) for rate in rates]
    found = []
    for k, hue in enumerate(parts):
        share = _TOWARDS_INK * parts[:k].count(hue) / max(parts.count(hue) - 1, 1)
        mixed = interpolate_color(ManimColor(hue), ManimColor(theme.ink), share)
        found.append(mixed.to_hex().lower())
    return found

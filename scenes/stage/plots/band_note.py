"""The words that name a crowded curve: a band of the updates, and the mean of each epoch in it."""

from __future__ import annotations

from collections.abc import Mapping

from manim import LEFT

from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Layout, point
from scenes.stage.page.wording import Label

ROW = 1.7
"""The height of a row for a note, in heights of a capital."""


def band_titles(words: Mapping[str, str], *names: str) -> list[str]:
    """Titles for the chart of a crowded curve, called one of ``names``; the last has no name."""
    return [words["common.band"].format(name=name) for name in names] + [words["common.band-short"]]


def fits(words: Mapping[str, str], box: Box, layout: Layout, theme: Theme) -> bool:
    """Whether ``box`` is wide enough for the shortest of the titles."""
    return Label(band_titles(words)[-1], layout.scale.label, theme.muted).width <= box.width


def note(text: str, color: str, box: Box, cap: float) -> Label:
    """A note in the row at the top of ``box``."""
    return Label(text, cap, color).put(point(box.left, box.top - 0.6 * cap), LEFT)

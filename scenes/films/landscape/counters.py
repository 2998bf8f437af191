"""How many points are where: numbers below the plot, and beside each heap of points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import ORIGIN, VGroup

from gdcore.studies.basins import tally
from scenes.catalogue.theme import Theme
from scenes.films.landscape.crowd import Crowd
from scenes.films.landscape.descents import CURVE
from scenes.films.landscape.kinds import sides
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import text_width
from scenes.stage.plots.plot import Plot

_RISE = 1.7  # heights of a capital: from a heap to its number


class Counters:
    """Makes the numbers below the plot, in the film's words."""

    def __init__(
        self, words: Callable[[str], str], most: str, box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``most``: the largest number of updates."""
        self._words, self._most, self._box = words, most, box
        self._theme, self._scale = theme, scale

    def places(self) -> Readouts:
        """How many points are in each valley, on the plateau, elsewhere."""
        theme = self._theme
        return self._readouts(
            (self._fitting("deep"), theme.good),
            (self._fitting("shallow"), theme.shallow),
            (self._words("plateau"), theme.muted),
            (self._fitting("other"), theme.point),
        )

    def escapes(self) -> Readouts:
        """How many points are still in the shallow valley, beyond the peak, diverged."""
        theme = self._theme
        return self._readouts(
            (self._fitting("inside", "shallow-short"), theme.shallow),
            (self._words("beyond"), theme.point),
            (self._words("gone"), theme.bad),
        )

    def _fitting(self, name: str, shorter: str = "") -> str:
        """The name of a number, or a shorter one if the room for the numbers is narrow."""
        room = self._box.width - text_width(" 00 ", self._scale.label)
        text = self._words(name)
        fits = text_width(text, self._scale.label) <= room
        return text if fits else self._words(shorter or f"{name}-short")

    def _readouts(self, *items: tuple[str, str]) -> Readouts:
        first = Readout(self._words("update"), self._theme.ink, self._most)
        made = [first, *(Readout(name, hue, "60") for name, hue in items)]
        return Readouts(made, self._box, self._theme, self._scale)


def count(numbers: Readouts, crowd: Crowd, t: float) -> None:
    """Write how many points of a crowd are where, after the fractional update ``t``."""
    k = str(int(t + 1e-9))
    if crowd.kind_of is sides:
        beyond, inside, gone = np.bincount(crowd.kinds, minlength=3).tolist()
        numbers.write(k, str(inside), str(beyond), str(gone))
    else:
        deep, shallow, plateau, *others = tally(crowd.kinds)
        numbers.write(k, str(deep), str(shallow), str(plateau), str(sum(others)))


class Heaps(VGroup):
    """A number above each minimum and above the plateau: points that lie there look like one."""

    def __init__(self, plot: Plot, theme: Theme, cap: float) -> None:
        glyphs = text_glyphs(cap)
        places = *CURVE.minima, *CURVE.flats
        hues = theme.good, theme.shallow, theme.muted
        super().__init__(
            *(
                Figure(glyphs, hue, plot.at(w, CURVE.cost(w)) + point(0, _RISE * cap), ORIGIN)
                for w, hue in zip(places, hues, strict=True)
            )
        )

    def count(self, crowd: Crowd) -> None:
        """Write how many points lie there; nothing for none."""
        for figure, number in zip(self, tally(crowd.kinds), strict=False):
            figure.write(str(number) if number else "")

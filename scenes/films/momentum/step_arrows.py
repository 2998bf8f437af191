"""The three arrows of an update at the point: −αg, −αβv and their sum; and their numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.momentum.facts import Facts
from scenes.films.momentum.rows import Rows
from scenes.stage.maps.map_arrow import MapArrow
from scenes.stage.maps.trail import cut
from scenes.stage.page.figures import lengths, short
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

_NAMES = ("-alpha g", "-alpha beta v", "-alpha v'")
_HEAD = 0.7  # of a capital's height


class StepArrows(VGroup):
    """``pull``: −αg. ``memory``: −αβv, with the velocity before the update. ``step``: their sum.

    ``sides`` complete the parallelogram.
    """

    def __init__(self, plot: Plot, facts: Facts, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self.plot, self.facts = plot, facts
        size = _HEAD * scale.label
        hues = theme.gradient, theme.rules[1], theme.step
        self.pull, self.memory, self.step = (MapArrow(plot, hue, size) for hue in hues)
        self.sides = VMobject(color=theme.muted, stroke_width=2.0, fill_opacity=0)
        self.add(self.sides, self.pull, self.memory, self.step)

    def parts(self, k: int) -> tuple[Values, Values, Values]:
        """−αg, −αβv and the step of update ``k``, (2,) each."""
        facts = self.facts
        old = facts.velocity[k - 1] if k else np.zeros(2)
        rate = facts.lesson.lr
        theta = facts.heavy.theta
        pull, memory = -rate * facts.gradients[k], -rate * facts.share * old
        return pull, memory, np.asarray(theta[k + 1] - theta[k])

    def grow(self, k: int) -> Callable[[float], None]:
        """A function of 0…1: −αg grows, then −αβv, then their sum."""
        here = np.array(self.facts.heavy.theta[k])
        pull, memory, step = self.parts(k)
        alone = not memory.any()

        def show(amount: float) -> None:
            first, second, third = (min(max(3 * amount - i, 0.0), 1.0) for i in range(3))
            if alone:
                first, second = amount, 0.0
            self.pull.reach(here, here + first * pull)
            self.memory.reach(here, here + second * memory)
            self.step.reach(here, here + (0.0 if alone else third) * step)
            self._lay_sides(here, pull, memory, third if not alone else 0.0)

        return show

    def _lay_sides(self, here: Values, pull: Values, memory: Values, amount: float) -> None:
        starts = here + np.stack([pull, memory])
        stops = starts + amount * np.stack([memory, pull])
        starts, stops, _ = cut(self.plot, starts, stops)
        self.sides.points = separate(self.plot.map(*starts.T), self.plot.map(*stops.T))

    def clear(self) -> None:
        """Hide the arrows."""
        for arrow in (self.pull, self.memory, self.step):
            arrow.clear()
        self.sides.points = np.zeros((0, 3))


def step_rows(theme: Theme, box: Box, scale: Scale) -> Rows:
    """The names of the three arrows in their colours, with room for their components."""
    hues = theme.gradient, theme.rules[1], theme.step
    return Rows(_NAMES, hues, "(−0.262, −1.31)", box, scale)


def pair_text(values: Values, rows: Rows) -> str:
    """Two components with as many digits as the ``rows`` have room for."""
    pair = [value + 0.0 for value in values.tolist()]  # −0 is 0
    ways = [[short(value, 3) for value in pair]]
    ways += [list(texts) for texts in zip(*map(_lengths, pair), strict=True)]
    texts = [f"({w}, {b})" for w, b in ways]
    texts.append("{}, {}".format(*ways[-1]))
    return next((text for text in texts if rows.fits(text)), texts[-1])


def _lengths(value: float) -> list[str]:
    """``value`` in two digits, in one, and at last its power of ten if it has one."""
    found = lengths(value)
    return [*found[1:3], found[-1]]

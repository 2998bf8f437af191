"""A rate that slides along the ruler, and the path that belongs to it on the parabola."""

from __future__ import annotations

from manim import RIGHT, VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.descents import descent
from scenes.catalogue.lesson import Lesson
from scenes.films.learning_rate.balls import Ball
from scenes.films.learning_rate.bowl import Bowl
from scenes.films.learning_rate.factor_plot import FactorPlot
from scenes.films.learning_rate.regime import regime
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import point

_MOST = 40  # epochs of the path
_LEAST = 1e-6  # of the ruler: a descent has a rate above 0


class Sweep(VGroup):
    """``path`` on the parabola, and the rate above it; the cursor of the factors goes with them.

    They have the colour of the ruler's part in which the rate is.
    """

    def __init__(self, lesson: Lesson, bowl: Bowl, stage: FactorPlot) -> None:
        self.lesson, self.bowl, self.stage = lesson, bowl, stage
        cap, hue = bowl.scale_.label, bowl.plot.theme.ink
        self.epochs = min(lesson.epochs, _MOST)
        self.path = Ball(self._descent(stage.ruler.one), bowl, hue, 0.6 * cap)
        self._tinted: list[VMobject] = [self.path.hops, self.path.beads, self.path.point]
        at = point(bowl.plot.inner.right, bowl.above)
        self.value = Figure(named_glyphs("αL", cap), hue, at, RIGHT)
        self._tinted += [self.path.edge, self.value]
        super().__init__(self.path, self.value, stage.cursor)
        self.slide(0.0)

    def slide(self, rate: float) -> None:
        """Put the cursor at ``rate``, and draw its path."""
        hue = regime(self.stage.objective, rate, self.lesson.epochs).hue(self.bowl.plot.theme)
        self.stage.point_at(rate, hue)
        for part in self._tinted:
            part.set_color(hue)
        trace = self._descent(max(rate, _LEAST * self.stage.ruler.high))
        self.path.follow(trace)
        self.path.lay(float(self.epochs))
        high = self.stage.ruler.high
        said = fixed(rate, decimals([high], 4)) if high > 1e-3 else short(rate)
        # Where its digits do not fit, as a multiple of 1/L.
        texts = [f"α = {said}", said, short(rate, 2), f"{fixed(rate / self.stage.ruler.one, 2)}/L"]
        room, width = self._room, self.value.glyphs.width
        self.value.write(next((text for text in texts if width(text) <= room), texts[-1]))

    @property
    def _room(self) -> float:
        """The width above the parabola at the right of the name of its minimum."""
        bowl = self.bowl
        goal = float(bowl.goal[1].get_right()[0]) + 0.5 * bowl.scale_.label
        return bowl.plot.inner.right - goal

    def _descent(self, rate: float) -> Trace:
        return descent(self.lesson, "batch", self.lesson.data.n, lr=rate, epochs=self.epochs)

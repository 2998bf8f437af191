"""The cost in the program's picture: J alone, or with the samples' losses; whole, or close by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from manim import VGroup

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.code.first_round import SLOW
from scenes.stage.descent.moving_parabolas import MovingParabolas, View, view_of
from scenes.stage.descent.parabola import Quadratic, cost_curve
from scenes.stage.descent.seen_curve import seen_curve
from scenes.stage.descent.valley import Valley
from scenes.stage.descent.visible_range import loss_axis
from scenes.stage.page.layout import Box, Scale

_BEFORE, _BEHIND = 0.25, 0.45  # room beside the first updates in a close view, in their length
_NEAR = 0.6  # of the whole view's width; a close view that is wider shows nothing better


class BatchView:
    """J with the point, for a program that takes all samples at once.

    ``plot``, ``walker``; ``still`` and ``curves`` are shown at the start, ``extras`` later.
    """

    step = "mean-gradient"
    """The statement after which the step is known."""

    def __init__(
        self, trace: Trace, box: Box, theme: Theme, scale: Scale, words: Mapping[str, str]
    ) -> None:
        assert isinstance(trace.objective, LeastSquares)
        self.valley = valley = Valley(trace, cost_curve(trace.objective), 0.0, box, theme, scale)
        self.box, self.plot, self.walker, self.cost = box, valley.plot, valley.walker, valley.curve
        dashes, name = valley.goal
        named = [name] if name.get_fill_opacity() > 0 else []  # a low plot has no room for it
        self.still = VGroup(self.plot, dashes, *named)
        self.curves, self.extras = VGroup(valley.line), VGroup()
        self.dives = valley.near != valley.whole

    def curve(self, k: int) -> Quadratic:
        """What update ``k`` looks at."""
        return self.cost

    def light(self, k: int) -> VGroup:
        """What lights up when update ``k`` looks at a sample: nothing, since it takes them all."""
        return VGroup()

    def show(self, t: float, w: float, height: float) -> None:
        """Put the point at (w, height), with the places visited up to update ``t``."""
        self.valley.show(t)
        self.walker.stand(w, height)

    def zoom(self, close: bool) -> Callable[[float], None]:
        """A function of 0…1 that goes to the close view, or back to the whole one."""
        valley, start = self.valley, self.valley.window
        stop = valley.near if close else valley.whole
        return lambda amount: valley.look(self.box, start.towards(stop, amount))


class SampleView:
    """J and the samples' losses with the point, for a program that takes one sample at a time.

    The parts are those of `BatchView`; ``extras`` are the curve that is looked at, and its dots.
    """

    step = "gradient"

    def __init__(
        self, trace: Trace, box: Box, theme: Theme, scale: Scale, words: Mapping[str, str]
    ) -> None:
        assert isinstance(trace.objective, LeastSquares)
        self.whole = view_of(trace, box)
        self.close = close_view(trace, cost_curve(trace.objective), self.whole)
        views = (self.whole, self.close)
        parabolas = MovingParabolas(trace, views, trace.objective, theme, scale, words)
        self.field, self.plot, self.walker = parabolas, parabolas.plot, parabolas.walker
        self.cost, self.dives = parabolas.cost, self.close != self.whole
        self.still = VGroup(self.plot, parabolas.names)
        self.curves = VGroup(parabolas.lines, parabolas.cost_line)
        self.extras = VGroup(parabolas.active, parabolas.dots)

    def curve(self, k: int) -> Quadratic:
        """What update ``k`` looks at: its sample's loss."""
        return self.field.curve(k)

    def light(self, k: int) -> VGroup:
        """The curve that update ``k`` looks at; it lights up."""
        self.field.light(k)
        return VGroup(self.field.active)

    def show(self, t: float, w: float, height: float) -> None:
        """Put the point at (w, height); the dots on the samples' curves are at w, too."""
        self.walker.stand(w, height)
        self.field.mark_dots(w)

    def zoom(self, close: bool) -> Callable[[float], None]:
        """A function of 0…1 that goes to the close view, or back to the whole one."""
        return self.field.travel(self.close if close else self.whole)


def close_view(trace: Trace, cost: Quadratic, whole: View) -> View:
    """The first updates with the curves that they look at; the whole view if that is no larger."""
    w = trace.w[: SLOW + 1]
    low, high = float(w.min()), float(w.max())
    length, width = high - low, whole.x[1] - whole.x[0]
    inside = whole.x[0] <= low < high <= whole.x[1]
    if not inside or (1 + _BEFORE + _BEHIND) * length > _NEAR * width:
        return whole
    sides = (_BEFORE, _BEHIND) if w[0] <= w[-1] else (_BEHIND, _BEFORE)
    x = low - sides[0] * length, high + sides[1] * length
    seen = [seen_curve(trace, k)(float(w[k])) for k in range(len(w) - 1)]
    y = loss_axis(max(*seen, cost(float(w[0]))), "", "")
    return View(whole.box, x, (y.low, y.high))

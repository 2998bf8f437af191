"""Two descents at their fastest settings: their paths, how many updates each took, and their J."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.momentum.cost_chart import CostChart
from scenes.films.momentum.facts import Facts
from scenes.films.momentum.ravine_map import MapPath
from scenes.films.momentum.rows import Rows
from scenes.films.momentum.runs import FASTEST, FASTEST_PLAIN
from scenes.stage.page.arrangement import Arrangement
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Scale
from scenes.stage.page.wording import Label

_NAMES = "sgd-fastest", "momentum-fastest"


class Race:
    """``paths`` on the map, ``numbers`` with their ``head``, and the ``chart`` of J.

    The counts stop at the arrivals; paths and curves go on until both have arrived.
    """

    def __init__(
        self, facts: Facts, paths: Sequence[MapPath], update: str, places: Arrangement,
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``paths``: those of plain SGD and of momentum; ``update`` is the word for it."""
        self.paths, self._traces = paths, [facts.traces[name] for name in _NAMES]
        arrivals = [facts.arrivals[name] for name in _NAMES]
        self._stops = [
            trace.updates if end is None else end
            for trace, end in zip(self._traces, arrivals, strict=True)
        ]
        radii = FASTEST_PLAIN.radius, FASTEST.radius
        self.chart = CostChart(self._traces, arrivals, radii, update, places.hero, theme, scale)
        self.chart.reach(0.0)
        box = places.notes
        names: list[str | VMobject] = ["0", short(FASTEST.momentum, 3)]
        most = str(facts.lesson.epochs)
        below = box.inset(top=2 * scale.label)
        self.numbers = Rows(names, theme.rules[:2], most, below, scale)
        updates = Label(update, scale.label, theme.muted)
        self.head = self.numbers.head("beta", updates, box, theme.muted)

    @property
    def last(self) -> int:
        """The update at which both have arrived, or stop."""
        return max(self._stops)

    @property
    def moving(self) -> VGroup:
        """What runs with the updates; the chart is for itself."""
        return VGroup(*self.paths, self.numbers)

    def show(self, t: float) -> None:
        """Both paths and counts at the fractional update ``t``."""
        for path, trace in zip(self.paths, self._traces, strict=True):
            path.lay(trace.theta, t)
        self.numbers.write(*(str(int(min(t, stop) + 1e-9)) for stop in self._stops))

    def measure(self, t: float) -> None:
        """The same, and the curves of J."""
        self.show(t)
        self.chart.reach(t)

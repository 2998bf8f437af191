"""A visit to a place (α, β): the cursor on the plane, its numbers, and its descent on the map."""

from __future__ import annotations

from collections.abc import Callable

from manim import VGroup

from scenes.catalogue.lesson import Lesson
from scenes.films.momentum.radius_plane import RadiusPlane, radius_at
from scenes.films.momentum.ravine_map import MapPath
from scenes.films.momentum.rows import Rows
from scenes.films.momentum.runs import momentum_run
from scenes.stage.page.figures import apart, legible

Place = tuple[float, float]


class Visits:
    """``numbers``: α, β and ρ of the place; :meth:`settle_at` goes to one."""

    def __init__(self, field: RadiusPlane, path: MapPath, numbers: Rows, lesson: Lesson) -> None:
        self.field, self.path, self.numbers, self._lesson = field, path, numbers, lesson

    @property
    def moving(self) -> VGroup:
        """What changes from place to place."""
        return VGroup(self.field.cursor, self.path, self.numbers)

    def settle_at(self, place: Place) -> None:
        """Cursor, numbers and the path on the small map for a place (α, β)."""
        rate, share = place
        self.field.point_at(rate, share)
        trace = momentum_run(self._lesson, rate, share)
        self.path.lay(trace.theta, trace.updates)
        radius = apart([radius_at(rate, share), 1.0], 3)[0]
        self.numbers.write(legible(rate, 4), f"{share:.3f}", radius)

    def way(self, here: Place, there: Place) -> Callable[[float], None]:
        """A function of 0…1 that goes straight from one place to another."""

        def show(amount: float) -> None:
            rate, share = ((1 - amount) * a + amount * b for a, b in zip(here, there, strict=True))
            self.settle_at((rate, share))

        return show

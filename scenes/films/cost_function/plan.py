"""The plan of the film `cost-function`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import start_alone
from scenes.catalogue.takes import needs_slope, taking


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """None: it shows no descent."""
    return {}


FILM = Film(
    name="cost-function",
    module="scenes.films.cost_function.scene",
    scene="CostFunction",
    sections=(
        Section("data", 6.7),
        Section("loss", 8.5),
        Section("cost", 11.0),
        Section("parabola", 14.4),
    ),
    takes=taking("data", "x_name", "y_name", "w0"),
    traces=traces,
    picture="cost",
    example='./gd video cost-function --data "1,2.3 2,3.6 3,6.3" --w0 0.5',
    requires=needs_slope,
    defaults=start_alone,
)

"""The plan of the film `cost-function`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.suited import start_alone
from scenes.catalogue.takes import needs_slope, taking
from scenes.films.cost_function.captions import CAPTIONS


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """None: it shows no descent."""
    return {}


FILM = Film(
    name="cost-function",
    module="scenes.films.cost_function.scene",
    scene="CostFunction",
    sections=(
        Section("data", 4.2),
        Section("loss", 7.1),
        Section("cost", 11.3),
        Section("parabola", 25.4),
    ),
    takes=taking("data", "x_name", "y_name", "w0"),
    traces=traces,
    picture="cost",
    example='./gd video cost-function --data "1,2.3 2,3.6 3,6.3" --w0 0.5',
    captions=CAPTIONS,
    requires=needs_slope,
    defaults=start_alone,
)

"""The plan of the film `cost-function`."""

from __future__ import annotations

from collections.abc import Mapping

from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.refusals import needs_slope, refuse, refuse_race


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """It shows no descent."""
    return {}


def check(lesson: Lesson) -> None:
    """It makes no update: it needs data and a start only."""
    needs_slope(lesson)
    updating = ("lr", "epochs", "order", "batch_size", "rule", "schedule", "seed")
    reason = "cost-function makes no updates, so it takes data and w0 only"
    refuse(lesson, Lesson(), updating, reason)
    refuse_race(lesson)


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
    traces=traces,
    check=check,
)

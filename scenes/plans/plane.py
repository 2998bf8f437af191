"""The plan of the film `plane`."""

from __future__ import annotations

from scenes.plans.entry import Film, Section
from scenes.plans.planes import check, own, traces

FILM = Film(
    name="plane",
    module="scenes.plane",
    scene="Plane",
    sections=(
        Section("map", 11.5),
        Section("batch", 13.5),
        Section("valleys", 8.5),
        Section("sgd", 16.0),
        Section("result", 7.7),
    ),
    traces=traces,
    check=check,
    own=own,
)

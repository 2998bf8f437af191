"""The plan of the film `surface`."""

from __future__ import annotations

from scenes.catalogue.film import Film, Section
from scenes.catalogue.planes import REASONS, TAKES, defaults, traces

FILM = Film(
    name="surface",
    module="scenes.films.surface.scene",
    scene="Surface",
    sections=(
        Section("rise", 6.5),
        Section("descent", 11.7),
        Section("orbit", 7.5),
        Section("flatten", 7.0),
    ),
    takes=TAKES,
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="descent",
    example="./gd video surface --theme light",
    defaults=defaults,
    reasons=REASONS,
)

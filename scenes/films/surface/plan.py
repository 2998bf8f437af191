"""The plan of the film `surface`."""

from __future__ import annotations

from scenes.catalogue.film import Film, Section
from scenes.catalogue.planes import REASONS, TAKES, defaults, traces
from scenes.films.surface.captions import CAPTIONS

FILM = Film(
    name="surface",
    module="scenes.films.surface.scene",
    scene="Surface",
    sections=(
        Section("rise", 5.0),
        Section("descent", 13.4),
        Section("slices", 13.3),
        Section("flatten", 9.0),
    ),
    takes=TAKES,
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="descent",
    example="./gd video surface --theme light",
    captions=CAPTIONS,
    defaults=defaults,
    reasons=REASONS,
)

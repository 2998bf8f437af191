"""The worlds of the film `surface` that its tests look at."""

from __future__ import annotations

from typing import Any

from gdcore.data import parse_data
from scenes import FILMS
from scenes.catalogue.theme import THEMES
from scenes.films.surface.lifted_world import LiftedWorld
from scenes.stage.page.layout import layout

THEME, WIDE = THEMES["dark"], layout(128 / 9, 8.0)
FILM = FILMS["surface"]
ODD = [
    "lecture",
    "noisy",
    "2,3",
    "2,1 2,3",
    "random:n=500",
    "150,410 320,905 480,1333 610,1702",
    "-3,5 -1,2.2 -2,3.9",
    "0,3 0,4",
    "1e-12,2e-12 2e-12,4e-12 3e-12,6e-12",
]


def world(spec: str = "lecture", **knobs: Any) -> LiftedWorld:
    """The film's world: what it turns."""
    traces = FILM.traces(FILM.lesson(data=parse_data(spec), **knobs))
    return LiftedWorld(traces, WIDE, THEME)

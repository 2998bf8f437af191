"""The plan of the film `landscape`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.message import Message
from scenes.catalogue.film import Film, Section
from scenes.catalogue.takes import taking
from scenes.films.landscape.captions import CAPTIONS
from scenes.films.landscape.descents import CURVE, traces

RATE = 0.1
EPOCHS = 100


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A start that ends in the shallow valley, at a rate that suits the curve."""
    return {"w0": CURVE.start, "lr": RATE, "epochs": EPOCHS}


FILM = Film(
    name="landscape",
    module="scenes.films.landscape.scene",
    scene="LandscapeOfStarts",
    sections=(
        Section("one", 6.0),
        Section("many", 11.8),
        Section("rate", 10.5),
        Section("noise", 10.1),
        Section("logistic", 7.7),
        Section("network", 11.0),
        Section("result", 5.5),
    ),
    takes=taking("w0", "lr", "epochs", "seed"),
    traces=traces,
    picture="many",
    example="./gd video landscape --lr 0.05 --w0 -2",
    captions=CAPTIONS,
    defaults=defaults,
    reasons={"data": Message("the film has a curve of its own, and its own real numbers")},
)

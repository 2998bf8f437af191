"""The plan of the film `momentum`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.message import Message
from gdcore.rules import parse_rule
from gdcore.trace import Trace
from scenes.catalogue.film import Film, Section
from scenes.catalogue.knobs import KnobError
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.takes import any_seed, taking
from scenes.films.momentum.captions import CAPTIONS
from scenes.films.momentum.facts import SECOND
from scenes.films.momentum.runs import RAVINE, runs

# Below 2/25, the limit of plain SGD: it swings across the valley, and is slow along it.
_RATE, _RULE, _UPDATES = 0.07, "momentum:momentum=0.5", 100
SLOW_STEPS = 3
STEP = 2.6  # seconds of a slow step: its arrows, a rest, its move
TOLD = 1.6  # seconds to say what the second step shows


def defaults(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The ravine's usual start, and a rate and a rule that show both components."""
    w0, b0 = RAVINE.start
    return {"w0": w0, "b0": b0, "lr": _RATE, "rule": _RULE, "epochs": _UPDATES}


def traces(lesson: Lesson) -> Mapping[str, Trace]:
    """Plain SGD and momentum, at the lesson's rate and at their fastest settings."""
    return runs(lesson)


def requires(lesson: Lesson) -> None:
    """The rule must be that of the equations that the film writes."""
    rule = parse_rule(lesson.rule)
    if rule.name != "momentum" or dict(rule.settings)["dampening"]:
        message = "this film is about momentum without dampening, such as {example}; not {rule}"
        raise KnobError("rule", Message(message, example=_RULE, rule=lesson.rule))


def _spare_steps(lesson: Lesson) -> float:
    told = 0.0 if lesson.epochs > SECOND else TOLD
    return STEP * max(SLOW_STEPS - lesson.epochs, 0) + told


FILM = Film(
    name="momentum",
    module="scenes.films.momentum.scene",
    scene="Momentum",
    sections=(
        Section("ravine", 9.0),
        Section("arrows", 14.5, spare=_spare_steps),
        Section("strip", 11.0),
        Section("plane", 16.9),
        Section("result", 16.2),
    ),
    takes=taking("w0", "b0", "lr", "epochs", "rule"),
    traces=traces,
    picture="result",
    example="./gd video momentum --lr 0.05 --rule momentum:momentum=0.8",
    captions=CAPTIONS,
    requires=requires,
    defaults=defaults,
    implied=any_seed,
    reasons={
        "data": Message("this film descends a ravine, which has no samples"),
        "landscape": Message(
            "this film is about a ravine; the film optimizers has other landscapes"
        ),
    },
)

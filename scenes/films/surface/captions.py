"""What the film `surface` says, and when it is true."""

from __future__ import annotations

from collections.abc import Callable

from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.stage.maps.plane_facts import PlaneFacts
from scenes.stage.page.figures import short

Holds = Callable[[PlaneFacts], bool]


def _epochs(facts: PlaneFacts) -> Numbers:
    return {"epochs": facts.lesson.epochs}


def _end(facts: PlaneFacts) -> Numbers:
    batch, sgd, least = facts.cost_texts(facts.least)
    numbers = {"batch": batch, "sgd": sgd, "least": least, "lr": short(facts.lesson.lr)}
    rates = {"good": facts.good_text, "calm": facts.calm_text}
    return {**numbers, **_epochs(facts), **rates, **_shape(facts)}


def _shape(facts: PlaneFacts) -> Numbers:
    return {"condition": facts.condition_text}


def _diverges(*names: str) -> Holds:
    """Whether just these descents run away."""
    return lambda facts: facts.diverging == list(names)


def _is_lost(facts: PlaneFacts) -> bool:
    return bool(facts.diverging)


def _does(holds: Holds) -> Holds:
    """The same, and a rate is known that would do."""
    return lambda facts: holds(facts) and facts.good is not None


CAPTIONS = Captions(
    PlaneFacts,
    {
        "height": [Caption("height")],
        "walk": [Caption("walk", numbers=_epochs)],
        "end": [
            Caption("end-at-rest", lambda facts: facts.at_rest),
            Caption("end-diverging-both", _diverges("batch", "sgd"), _end),
            Caption("end-diverging-batch", _diverges("batch"), _end),
            Caption("end-diverging-sgd", _diverges("sgd"), _end),
            Caption("end-creeping", lambda facts: facts.small, _end),
            Caption("end-ravine", lambda facts: facts.creeping and facts.narrow, _end),
            Caption("end-both", lambda facts: facts.near, _end),
            Caption("end-floor", lambda facts: facts.along_floor),
            Caption("end-swings", lambda facts: facts.swings, _end),
            Caption("end", numbers=_end),
        ],
        "shape": [
            Caption("trough", lambda facts: facts.one_x),
            Caption("valley", lambda facts: facts.narrow, _shape),
            Caption("bowl", numbers=_shape),
        ],
        "above": [
            Caption("above-large", _does(_is_lost), _end),
            Caption("above-calm", lambda facts: _is_lost(facts) and facts.calm is not None, _end),
            Caption("above-small", lambda facts: facts.small, _end),
            Caption("above"),
        ],
    },
)

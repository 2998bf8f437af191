"""What the film says of its descents, and when it is true."""

from __future__ import annotations

from collections.abc import Callable

from gdcore.studies.momentum import spectral_radius
from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.films.momentum.facts import FIRST, Facts, changes, facts
from scenes.films.momentum.runs import (
    ACROSS,
    ALONG,
    CONDITION,
    FASTEST,
    FASTEST_PLAIN,
    GOAL,
    VISITS,
)
from scenes.stage.page.figures import percent, short

_LESS = 0.9  # of the share along the valley; below it the share across it is clearly less


def _condition(facts: Facts) -> Numbers:
    return {"condition": short(CONDITION)}


def _rate(facts: Facts) -> Numbers:
    return {"rate": short(facts.lesson.lr)}


def _turns(facts: Facts) -> Numbers:
    turns, updates = facts.turns
    return {**_rate(facts), "turns": turns, "updates": updates}


def _plain(facts: Facts) -> Numbers:
    return {"goal": short(GOAL), "updates": facts.arrivals["sgd"]}


def _within(facts: Facts) -> Numbers:
    return {"goal": short(GOAL), "updates": facts.lesson.epochs}


def _share(facts: Facts) -> Numbers:
    return {"share": short(facts.share)}


def _kept(index: int) -> Callable[[Facts], Numbers]:
    return lambda facts: {"kept": percent(float(facts.kept[index]))}


def _gain(facts: Facts) -> Numbers:
    return {"gain": short(facts.gain, 2)}


def _first(facts: Facts) -> Numbers:
    return {"updates": facts.shown}


def _place(name: str) -> Numbers:
    rate, share = VISITS[name]
    radius = float(spectral_radius(rate, share, (ALONG, ACROSS)))
    return {"rate": short(rate, 3), "share": short(share, 3), "radius": short(radius, 3)}


def _visited(name: str) -> Callable[[Facts], Numbers]:
    """The place, and J after the updates of the descent from the start."""

    def numbers(facts: Facts) -> Numbers:
        trace = facts.visits[name]
        return {**_place(name), **_cost(trace, trace.updates)}

    return numbers


def _cost(trace: Trace, updates: int) -> Numbers:
    return {"cost": short(float(trace.cost[updates]), 2), "updates": updates}


def _diverged(facts: Facts) -> Numbers:
    """J after a few updates: later it may be beyond the range of a double."""
    trace = facts.visits["diverging"]
    return {**_place("diverging"), **_cost(trace, min(FIRST, trace.updates))}


def _rippled(facts: Facts) -> Numbers:
    trace = facts.visits["ripples"]
    return {**_place("ripples"), "turns": changes(trace.w), "updates": trace.updates}


def _fastest(facts: Facts) -> Numbers:
    return _place("best")


def _counts(facts: Facts) -> Numbers:
    plain, heavy = facts.arrivals["sgd-fastest"], facts.arrivals["momentum-fastest"]
    return {"goal": short(GOAL), "plain": plain, "heavy": heavy, "updates": facts.lesson.epochs}


def _factors(facts: Facts) -> Numbers:
    """The share of J that an update leaves: J is of the second degree in the error."""
    plain, heavy = percent(FASTEST_PLAIN.radius**2, 3), percent(FASTEST.radius**2, 3)
    return {"plain": plain, "heavy": heavy}


def _told(facts: Facts) -> Numbers:
    return {**_condition(facts), "lr": short(facts.lesson.lr), "beta": short(facts.share)}


def _rises(facts: Facts) -> bool:
    return bool(facts.plain.cost[-1] > facts.plain.cost[0])


def _swings(facts: Facts) -> bool:
    turns, updates = facts.turns
    return turns > updates / 2


def _there(facts: Facts) -> tuple[bool, bool]:
    fastest = "sgd-fastest", "momentum-fastest"
    plain, heavy = (facts.arrivals[name] is not None for name in fastest)
    return plain, heavy


def _runs_off(facts: Facts) -> bool:
    trace = facts.visits["diverging"]
    return bool(trace.cost[min(FIRST, trace.updates)] > trace.cost[0])


CAPTIONS: Captions[Facts] = Captions(
    facts,
    {
        "ravine": (Caption("ravine", numbers=_condition),),
        "plain": (
            Caption("at-rest", lambda f: f.at_rest),
            Caption("plain-rises", _rises, _rate),
            Caption("plain-swings", _swings, _turns),
            Caption("plain", numbers=_rate),
        ),
        "plain-goal": (
            Caption("plain-start", lambda f: f.arrivals["sgd"] == 0, _plain),
            Caption("plain-arrives", lambda f: f.arrivals["sgd"] is not None, _plain),
            Caption("plain-not-there", numbers=_within),
        ),
        "memory": (
            Caption("memory-none", lambda f: f.share == 0),
            Caption("memory", numbers=_share),
        ),
        "first": (
            Caption("first-at-rest", lambda f: f.at_rest),
            Caption("first"),
        ),
        "second": (
            Caption("second-both", lambda f: f.together == (1, -1)),
            Caption("second-against", lambda f: -1 in f.together and 1 not in f.together),
            Caption("second-with", lambda f: 1 in f.together and -1 not in f.together),
            Caption("second"),
        ),
        "strip": (Caption("strip", numbers=_first),),
        "across": (
            Caption("across-nothing", lambda f: not f.gradients[: f.shown, 1].any()),
            Caption("across-none", lambda f: f.share == 0),
            Caption("across-cancels", lambda f: f.kept[1] < _LESS, _kept(1)),
            Caption("across", numbers=_kept(1)),
        ),
        "along": (
            Caption("along-nothing", lambda f: not f.gradients[: f.shown, 0].any()),
            Caption("along-none", lambda f: f.share == 0),
            Caption("along-adds-up", lambda f: f.kept[0] == 1 and f.gain >= 1.05, _gain),
            Caption("along", numbers=_kept(0)),
        ),
        "plane": (Caption("plane"),),
        "border": (Caption("border"),),
        "creeping": (
            Caption(
                "creeping", lambda f: f.visits["creeping"].cost[-1] > GOAL, _visited("creeping")
            ),
            Caption("creeping-there", numbers=_visited("creeping")),
        ),
        "ripples": (
            Caption("ripples", lambda f: changes(f.visits["ripples"].w) > 0, _rippled),
            Caption("ripples-none", numbers=_visited("ripples")),
        ),
        "diverging": (
            Caption("diverging", _runs_off, _diverged),
            Caption("diverging-none", numbers=_diverged),
        ),
        "best": (Caption("best", numbers=_fastest),),
        "race": (Caption("race"),),
        "levels": (
            Caption("levels-at-rest", lambda f: f.at_rest),
            Caption("levels"),
        ),
        "counts": (
            Caption("counts-start", lambda f: f.arrivals["sgd"] == 0, _counts),
            Caption("counts", lambda f: _there(f) == (True, True), _counts),
            Caption("counts-heavy", lambda f: _there(f) == (False, True), _counts),
            Caption("counts-plain", lambda f: _there(f) == (True, False), _counts),
            Caption("counts-none", numbers=_within),
        ),
        "factors": (Caption("factors", numbers=_factors),),
    },
    told=_told,
)

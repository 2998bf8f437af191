"""What the film says of a race, and when it is true. Racers are given by their numbers."""

from __future__ import annotations

from collections.abc import Callable

from gdcore.finish import Fate
from gdcore.races import FACTORS
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.films.optimizers.facts import Race, facts
from scenes.films.optimizers.racers import DEGREES
from scenes.films.optimizers.table_texts import gradient_text, place_text
from scenes.stage.page.figures import short


def _gradient(race: Race) -> Numbers:
    gradient = race.land.gradient(race.traces[0].theta[0]).tolist()
    return {"gradient": gradient_text(gradient)}


def _level(race: Race) -> Numbers:
    return {"goal": short(race.goal)}


def _letters(race: Race) -> Numbers:
    return {"letters": ", ".join(race.letters)}


def _factors(race: Race) -> Numbers:
    return {"factors": ", ".join(map(short, FACTORS))}


def _rate(race: Race) -> Numbers:
    return {"rate": short(race.racers[0].rate)}


def _count(race: Race) -> Numbers:
    return {"count": len(race.land.minima)}


def _winners(race: Race) -> Numbers:
    return {"names": race.first, "updates": race.arrivals[race.first[0]], **_level(race)}


def _losers(race: Race) -> Numbers:
    return {"names": race.latest, "updates": race.arrivals[race.latest[0]]}


def _within(race: Race) -> Numbers:
    return {"updates": race.lesson.epochs, **_level(race)}


def _missing(race: Race) -> Numbers:
    return {"names": race.absent, **_level(race)}


def _gone(race: Race) -> Numbers:
    return {"names": race.left, **_level(race)}


def _lowest(race: Race) -> Numbers:
    return {"names": race.lowest, "cost": race.shown[race.lowest[0]]}


def _two_minima(race: Race) -> Numbers:
    (fewest, few), (most, many) = race.minima.items()
    places = {"place": place_text(fewest), "other": place_text(most)}
    return {**places, "some": len(few), "others": len(many)}


def _count_minima(race: Race) -> Numbers:
    return {"count": len(race.minima)}


def _those(fate: Fate) -> Callable[[Race], Numbers]:
    return lambda race: {"names": race.who(fate)}


def _angle(race: Race) -> Numbers:
    return {"degrees": short(DEGREES)}


def _alike(race: Race) -> Numbers:
    return {"names": race.alike}


def _held_up(race: Race) -> Numbers:
    (one,) = race.held_up
    return {"names": [one], "before": race.arrivals[one], "after": race.arrivals_again[one]}


def _stranded(race: Race) -> Numbers:
    return {"names": race.stranded, **_level(race)}


def _sooner(race: Race) -> Numbers:
    return {"names": race.sooner, **_level(race)}


CAPTIONS: Captions[Race] = Captions(
    facts,
    {
        "map": (
            Caption("map-several", lambda r: len(r.land.minima) > 1, _count),
            Caption("map-saddle", lambda r: not r.land.minima),
            Caption("map"),  # all other landscapes have one minimum
        ),
        # with the column of what the rules remember
        "rules-noted": (
            Caption("rules-noted", lambda r: r.barred, _letters),
            Caption("rules", lambda r: bool(r.letters), _letters),
            Caption("rules-plain"),
        ),
        # without it
        "rules": (
            Caption("rules", lambda r: bool(r.letters), _letters),
            Caption("rules-plain"),
        ),
        "first": (
            Caption("first-differ", lambda r: r.steps_differ, _gradient),
            Caption("first", numbers=_gradient),
        ),
        "rates": (
            Caption("rates-tuned", lambda r: r.tuned and all(r.judged), _level),
            Caption("rates-tuned-mixed", lambda r: r.tuned and any(r.judged), _level),
            Caption("rates-tuned-end", lambda r: r.tuned),
            Caption("rates-saddle", lambda r: not (r.land.minima or r.lesson.rates), _rate),
            Caption("rates-same", lambda r: r.one_rate, _rate),
            Caption("rates"),
        ),
        "race": (
            Caption("race-tuned-slowed", lambda r: r.tuned and r.slowed, _factors),
            Caption("race-tuned", lambda r: r.tuned, _factors),
            Caption("race-slowed", lambda r: r.slowed),
            Caption("race-rows", lambda r: len(r.racers) > 1),
            Caption("race"),
        ),
        "first-nobody": (
            Caption("first-at-rest", lambda r: r.at_rest),
            Caption("first-at-start", lambda r: 0 in r.arrivals.values(), _level),
            Caption("first-single", lambda r: len(r.racers) == len(r.arrivals) == 1, _winners),
            Caption("first-alone", lambda r: len(r.first) == 1, _winners),
            Caption("first-several", lambda r: len(r.first) > 1, _winners),
            Caption("first-nobody", numbers=_within),  # nobody is the first
        ),
        "then-nothing": (
            Caption("then-higher-tenth", lambda r: r.tenth_ends_lower, _those(Fate.HIGHER)),
            Caption("then-higher", lambda r: bool(r.who(Fate.HIGHER)), _those(Fate.HIGHER)),
            Caption("then-two-minima", lambda r: len(r.minima) == 2, _two_minima),
            Caption("then-minima", lambda r: len(r.minima) > 2, _count_minima),
            Caption("then-flat", lambda r: r.flat, _those(Fate.AT_SADDLE)),
            Caption("then-saddle", lambda r: bool(r.who(Fate.AT_SADDLE)), _those(Fate.AT_SADDLE)),
            Caption("then-left", lambda r: bool(r.left), _gone),
            Caption("then-absent", lambda r: bool(r.absent and r.arrivals), _missing),
            Caption("then-lowest", lambda r: bool(r.lowest and r.absent), _lowest),
            Caption("then-last", lambda r: r.latest != r.first, _losers),
            Caption("then-nothing"),
        ),
        "turn": (
            Caption("turn-valley", lambda r: len(r.land.minima) == 1, _angle),
            Caption("turn", numbers=_angle),
        ),
        "again": (
            Caption("again-all", lambda r: not r.other),
            Caption("again-some", lambda r: bool(r.alike), _alike),
            Caption("again-none"),
        ),
        "turned": (
            Caption("turned-later", lambda r: bool(r.held_up), _held_up),
            Caption("turned-stranded", lambda r: bool(r.stranded), _stranded),
            Caption("turned-sooner", lambda r: bool(r.sooner), _sooner),
            Caption("turned"),
        ),
    },
)

"""What the film `scaling` says, and when it is true."""

from __future__ import annotations

import math

from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.films.scaling.facts import Facts, Parametrisation
from scenes.stage.page.figures import apart, decimals, fixed, percent, short

LITTLE = 0.02
"""A descent that does less than this share of the way along the valley hardly moves."""

MUCH = 1e-4
"""Of the cost above the least, a part that counts: a hundredth of the distance on circles."""
_MOST_DIGITS = 8  # of the costs at the end


def _start(facts: Facts) -> Numbers:
    w, b = (short(float(value)) for value in facts.start)
    return {"n": facts.data.n, "w": w, "b": b}


def _rate(of: Parametrisation) -> Numbers:
    return {"rate": short(of.rate, 3)}


def _shape(facts: Facts) -> Numbers:
    kappa = facts.given.kappa
    return {"kappa": short(kappa, 3), "ratio": short(math.sqrt(kappa), 3)}


def _steps(facts: Facts) -> Numbers:
    epochs, across = facts.lesson.epochs, facts.halvings
    return {"epochs": epochs, "across": across, "rest": epochs - across}


def _along(of: Parametrisation) -> Numbers:
    return {"epochs": of.lesson.epochs, "share": percent(of.along)} | dict(_rate(of))


def _centre(facts: Facts) -> Numbers:
    before, after = apart([facts.given.kappa, facts.centred.kappa], 3)
    return {"mean": short(facts.mean, 6), "before": before, "after": after}


def _kept(facts: Facts) -> Numbers:
    return {"kappa": short(facts.centred.kappa, 3), "mean": short(facts.mean, 6)}


def _divide(facts: Facts) -> Numbers:
    return {"sigma": short(facts.spread), "kappa": short(facts.centred.kappa, 3)}


def final_costs(facts: Facts) -> list[str]:
    """The costs at the end of the three descents: different texts if they differ, no false 0."""
    three = (facts.given, facts.centred, facts.standardised)
    # What differs only in later digits has the same cost but for rounding.
    costs = [float(f"{each.trace.cost[-1]:.{_MOST_DIGITS}e}") for each in three]
    for digits in range(3, _MOST_DIGITS):
        texts = [fixed(cost, decimals(costs, digits, _MOST_DIGITS)) for cost in costs]
        seen = all(_plain(text) for text in texts) and len(set(texts)) == len(set(costs))
        if seen and not any(
            cost and not text.strip("0.") for cost, text in zip(costs, texts, strict=True)
        ):
            return texts
    return apart(costs, 2)


def _plain(text: str) -> bool:
    """Whether a number is written without a power of ten."""
    return "×" not in text


def _epochs(facts: Facts) -> Numbers:
    return {"epochs": facts.lesson.epochs}


def _costs(facts: Facts) -> Numbers:
    names = ("given", "centred", "standard")
    return {"epochs": facts.lesson.epochs} | dict(zip(names, final_costs(facts), strict=True))


def _crosses(of: Parametrisation) -> bool:
    """Whether there is a way across the valley that counts in the cost."""
    across, along = of.excess
    return across > MUCH * along


def _goes_along(of: Parametrisation) -> bool:
    """Whether there is a way along the valley that counts in the cost."""
    across, along = of.excess
    return along > MUCH * across


def _stands_still(facts: Facts) -> bool:
    """Whether the way across is done early, and the way along is hardly begun."""
    early = facts.lesson.epochs > facts.halvings and facts.given.along < LITTLE
    return early and _crosses(facts.given)


def _falls(facts: Facts) -> bool:
    """Whether kappa is less without the mean, in the digits of a double that count."""
    return facts.centred.kappa < facts.given.kappa * (1 - 1e-6)


CAPTIONS = Captions(
    Facts,
    {
        "samples": [Caption("samples", numbers=_start)],
        "map": [
            Caption("map-round", lambda facts: facts.given.round),
            Caption("map", numbers=_shape),
        ],
        "rate": [
            Caption("rate-at-rest", lambda facts: facts.at_rest),
            Caption("rate-round", lambda facts: facts.given.round, lambda f: _rate(f.given)),
            Caption("rate", numbers=lambda facts: _rate(facts.given)),
        ],
        "run": [
            Caption("run-at-rest", lambda facts: facts.at_rest),
            Caption("run-stands-still", _stands_still, _steps),
            Caption("run", numbers=_steps),
        ],
        "far": [
            Caption(
                "far-round", lambda f: f.given.round and not f.at_rest, lambda f: _along(f.given)
            ),
            Caption(
                "far", lambda f: not f.at_rest and _goes_along(f.given), lambda f: _along(f.given)
            ),
            Caption("far-whole"),
        ],
        "centre": [
            Caption("centre-already", lambda facts: facts.centred_already, _kept),
            Caption("centre", _falls, _centre),
            Caption("centre-in-vain", numbers=_kept),
        ],
        "centre-run": [
            Caption("centre-at-rest", lambda facts: facts.at_rest),
            Caption("centre-round", lambda facts: facts.centred.round, lambda f: _along(f.centred)),
            Caption("centre-run", lambda f: _goes_along(f.centred), lambda f: _along(f.centred)),
            Caption("centre-epochs", numbers=lambda facts: _along(facts.centred)),
        ],
        "divide": [
            Caption("divide-already", lambda facts: facts.unit_already),
            Caption("divide", numbers=_divide),
        ],
        "straight": [
            Caption("straight-at-rest", lambda facts: facts.at_rest),
            Caption("straight-near", lambda facts: facts.lesson.epochs >= facts.halvings, _steps),
            Caption("straight"),
        ],
        "result": [
            Caption("result-at-rest", lambda facts: facts.at_rest, _costs),
            Caption("result", lambda facts: all(map(_plain, final_costs(facts))), _costs),
            Caption("result-table", numbers=_epochs),
        ],
    },
)

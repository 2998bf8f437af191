"""Every caption of the film `optimizers`, and every number it draws, on races of every kind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from scenes.films.optimizers.table_texts import rate_texts
from scenes.locales import LANGUAGES
from tests.claims.case import Case, complaint, conditional, none_false
from tests.claims.films.optimizers import CLAIMS
from tests.claims.plain_race import plain_race
from tests.claims.plain_turn import recomputed
from tests.claims.races import FILM, raced
from tests.claims.shown import agrees, read

pytestmark = pytest.mark.slow


@cache
def cases() -> list[tuple[str, Case]]:
    """What the film says at each beat of each race."""
    captions = FILM.captions
    return [
        (label, Case(FILM.name, beat, *captions.pick(beat, race), lesson))
        for label, lesson, race in raced()
        for beat in captions.beats
    ]


def test_each_caption_is_true() -> None:
    none_false(CLAIMS, cases())


def test_each_caption_has_a_claim_and_is_said() -> None:
    captions = FILM.captions
    keys = {caption.key for beat in captions.beats.values() for caption in beat}
    assert keys == CLAIMS.keys()
    heard = Counter(case.key for _, case in cases())
    assert keys <= heard.keys(), f"never said: {keys - heard.keys()}"


def test_the_texts_show_the_numbers() -> None:
    for _, case in cases():
        for lang in LANGUAGES:
            assert case.words(lang)


@pytest.mark.parametrize("caption", conditional(FILM.name).values(), ids=lambda each: each.key)
def test_without_its_predicate_a_caption_would_be_false(caption: Any) -> None:
    """Some race of the corpus makes it a lie: the claims see it, and the predicate prevents it."""
    for label, lesson, race in raced():
        if caption.holds(race):
            continue
        try:
            numbers = caption.numbers(race)
        except (IndexError, KeyError, ValueError):  # there is nothing to name
            return
        if complaint(CLAIMS, label, Case(FILM.name, "", caption.key, numbers, lesson)):
            return
    pytest.fail(f"{caption.key} could always be said")


def test_most_paths_are_computed_again_to_seven_digits() -> None:
    """Where a path hangs on the last digit the film's own path is judged; that is rare."""
    alike = [same for _, lesson, _ in raced() for same in plain_race(lesson).same]
    assert sum(alike) > 0.93 * len(alike), f"{sum(alike)} of {len(alike)}"


def test_most_turned_paths_are_computed_again() -> None:
    """Where a path hangs on the last digit the film's own path is judged; that is rare."""
    alike = [same for _, lesson, _ in raced() for same in recomputed(lesson)]
    assert sum(alike) > 0.93 * len(alike), f"{sum(alike)} of {len(alike)}"


def test_the_numbers_of_the_table_are_those_of_the_race() -> None:
    """J, the rates and the arrivals; what differs visibly has different digits; 0 is only 0."""
    for label, lesson, race in raced():
        plain, texts = plain_race(lesson), race.shown
        for text, cost, value in zip(texts, race.costs, plain.ends, strict=True):
            assert (text == "0") == (cost == 0), (label, text, cost)
            rounding = max(abs(cost), abs(value)) < 1e-13  # what is left where terms cancel
            assert rounding or agrees(text, value, 1e-6), (label, text, value)
        for (text, one), (twin, other) in combinations(zip(texts, race.costs, strict=True), 2):
            differ = abs(one - other) > 1e-3 * max(abs(one), abs(other))
            assert not differ or text != twin, (label, one, other)
        for text, rate in zip(rate_texts(plain.rates), plain.rates, strict=True):
            assert abs(read(text)[0] - rate) <= read(text)[1] / 2, (label, text, rate)
        assert len(set(rate_texts(plain.rates))) == len(set(plain.rates))
        assert [end.arrived for end in race.ends] == plain.arrivals, label

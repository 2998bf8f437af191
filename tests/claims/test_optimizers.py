"""Every caption of the film `optimizers`, and every number it draws, on races of every kind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import Any

import pytest

from gdcore.landscapes import LANDSCAPES
from scenes import FILMS, Lesson
from scenes.catalogue.captions import always
from scenes.films.optimizers.facts import Race, facts
from scenes.films.optimizers.table_texts import cost_text, rate_texts
from scenes.locales import LANGUAGES
from tests.claims.case import Case
from tests.claims.films.optimizers import CLAIMS
from tests.claims.plain_race import plain_race
from tests.claims.shown import agrees, read

FILM = FILMS["optimizers"]
COUNT = 130

RULES: tuple[tuple[str, ...], ...] = (
    (),
    ("sgd",),
    ("adam",),
    ("sgd", "momentum"),
    ("momentum:momentum=0.5", "momentum:momentum=0.99", "momentum:dampening=0.5"),
    ("adam:beta1=0.5", "adam:beta2=0.9", "sgd"),
    ("rmsprop:momentum=0.9", "adagrad:lr_decay=0.1", "adagrad:initial_accumulator_value=2"),
    ("nesterov", "rmsprop:alpha=0.9", "adam:eps=0.1"),
    ("sgd", "nesterov", "adagrad", "rmsprop"),
)
RATES = ((), (), (), 1e-9, 1e-3, 0.01, 0.05, 0.3, 1.0, 5.0, 1e30, "each")
SCHEDULES = ("constant",) * 5 + ("step:step_size=7,gamma=0.5", "inverse:decay=0.1", "cosine")
STARTS = ("usual", "drawn", "minimum", "near", "saddle", "axis", "far", "drawn", "usual", "edge")
CHOSEN: tuple[dict[str, Any], ...] = (
    {"landscape": "himmelblau", "b0": -2.0},
    {"landscape": "himmelblau", "w0": 4.9, "b0": 3.6},
    {"landscape": "saddle", "b0": 0.0, "rates": (0.1,), "rules": ("sgd", "nesterov")},
    {"landscape": "saddle", "w0": 5.0, "b0": 2.0, "rates": (5.0,)},
)
EPOCHS = (60, 1, 3, 30, 100, 60, 31)


def rounds(values: tuple[Any, ...], random: Random) -> Any:
    """All values, in a new order in each round."""
    for _ in cycle((0,)):
        yield from random.sample(values, len(values))


def start_of(kind: str, name: str, random: Random) -> tuple[float, float]:
    land = LANDSCAPES[name]
    left, right, bottom, top = land.window
    low = (land.minima or land.saddles)[0]
    match kind:
        case "minimum":
            return low
        case "near":
            return low[0] + 0.01, low[1] + 0.003
        case "saddle":
            return (land.saddles or land.minima)[-1]
        case "axis":
            return random.uniform(left, right), 0.0
        case "far":
            return random.choice(((-300.0, 2.0), (1e3, -20.0), (0.0, 1e9)))
        case "edge":
            return left, top
        case "drawn":
            return round(random.uniform(left, right), 3), round(random.uniform(bottom, top), 3)
    return land.start


@cache
def corpus() -> list[tuple[str, Lesson]]:
    """Races without options, chosen ones, and others with drawn rules, rates, starts, schedules."""
    plain = [(name, FILM.lesson(landscape=name)) for name in LANDSCAPES]
    plain += [(str(knobs), FILM.lesson(**knobs)) for knobs in CHOSEN]
    random = Random(15)
    features = (tuple(LANDSCAPES), RULES, RATES, SCHEDULES, STARTS, EPOCHS)
    drawn = zip(*(rounds(values, random) for values in features), strict=True)
    found = []
    for name, rules, rates, schedule, start, epochs in islice(drawn, COUNT - len(plain)):
        w0, b0 = start_of(start, name, random)
        given = () if rates == () else (rates,) if isinstance(rates, float) else None
        if given is None:
            given = tuple(round(random.uniform(0.001, 0.2), 4) for _ in rules or range(6))
        lesson = FILM.lesson(
            landscape=name, rules=rules, rates=given, schedule=schedule, epochs=epochs, w0=w0, b0=b0
        )
        FILM.check(lesson)
        label = f"{len(found):02}-{name}-{','.join(rules)}-{given}-{schedule}-{start}-{epochs}"
        found.append((label, lesson))
    return plain + found


@cache
def raced() -> list[tuple[str, Lesson, Race]]:
    return [(label, lesson, facts(lesson)) for label, lesson in corpus()]


@cache
def cases() -> list[tuple[str, Case]]:
    """What the film says at each beat of each race."""
    captions = FILM.captions
    assert captions is not None
    return [
        (label, Case(FILM.name, beat, *captions.pick(beat, race), lesson))
        for label, lesson, race in raced()
        for beat in captions.beats
    ]


def false(label: str, case: Case) -> str | None:
    """What is wrong with a caption."""
    try:
        CLAIMS[case.key](case)
    except AssertionError as error:
        return f"{label}: {case.key}: {case.words('en')!r}: {str(error).partition(chr(10))[0]}"
    return None


def test_each_caption_is_true() -> None:
    wrong = [found for label, case in cases() if (found := false(label, case))]
    assert not wrong, f"{len(wrong)} false:\n" + "\n".join(wrong[:40])


def test_each_caption_has_a_claim_and_is_said() -> None:
    captions = FILM.captions
    assert captions is not None
    keys = {caption.key for beat in captions.beats.values() for caption in beat}
    assert keys == CLAIMS.keys()
    heard = Counter(case.key for _, case in cases())
    assert keys <= heard.keys(), f"never said: {keys - heard.keys()}"


def test_the_texts_show_the_numbers() -> None:
    for _, case in cases():
        for lang in LANGUAGES:
            assert case.words(lang)


def conditions() -> list[Any]:
    captions = FILM.captions
    assert captions is not None
    found = {c.key: c for beat in captions.beats.values() for c in beat if c.holds is not always}
    return [pytest.param(caption, id=key) for key, caption in found.items()]


@pytest.mark.parametrize("caption", conditions())
def test_without_its_predicate_a_caption_would_be_false(caption: Any) -> None:
    """Some race of the corpus makes it a lie: the claims see it, and the predicate prevents it."""
    for label, lesson, race in raced():
        if caption.holds(race):
            continue
        try:
            numbers = caption.numbers(race)
        except (IndexError, KeyError, ValueError):  # there is nothing to name
            return
        if false(label, Case(FILM.name, "", caption.key, numbers, lesson)):
            return
    pytest.fail(f"{caption.key} could always be said")


def test_most_paths_are_computed_again_to_seven_digits() -> None:
    """Where a path hangs on the last digit the film's own path is judged; that is rare."""
    alike = [same for _, lesson, _ in raced() for same in plain_race(lesson).same]
    assert sum(alike) > 0.93 * len(alike), f"{sum(alike)} of {len(alike)}"


def test_the_numbers_of_the_table_are_those_of_the_race() -> None:
    """J, the rates and the arrivals; what differs visibly has different digits; 0 is only 0."""
    for label, lesson, race in raced():
        plain = plain_race(lesson)
        texts = [cost_text(value, race.digits) for value in race.costs]
        for text, value, same in zip(texts, plain.ends, plain.same, strict=True):
            size = max(abs(value), 1e-13 if same else 0.0)  # rounding of what is almost 0
            assert text == "0" or size == 1e-13 or agrees(text, value, 1e-6), (label, text, value)
        for one, other, text, twin in zip(
            race.costs, race.costs[1:], texts, texts[1:], strict=False
        ):
            differ = abs(one - other) > 1e-3 * max(abs(one), abs(other))
            assert not differ or text != twin, (label, one, other)
        for text, rate in zip(rate_texts(plain.rates), plain.rates, strict=True):
            assert abs(read(text)[0] - rate) <= read(text)[1] / 2, (label, text, rate)
        assert len(set(rate_texts(plain.rates))) == len(set(plain.rates))
        assert [end.arrived for end in race.ends] == plain.arrivals, label

"""Every caption of every film, on lessons of every kind: what it claims is computed again."""

from __future__ import annotations

import importlib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from scenes import FILMS
from scenes.locales import LANGUAGES
from tests.claims.case import Case, Claim, complaint, conditional, none_false, said
from tests.claims.corpus import COUNT, corpus, lesson_for
from tests.claims.shown import agrees

pytestmark = pytest.mark.slow

TOLD = [name for name, film in FILMS.items() if film.captions and "data" in film.takes]


TRUE_ANYWAY = {("scaling", "result")}
"""Captions whose predicate keeps long numbers off the frame; the sentence is true without it."""


def claims_of(film: str) -> dict[str, Claim]:
    """The tests of the film's captions, by key."""
    module = importlib.import_module(f"tests.claims.films.{film.replace('-', '_')}")
    found: dict[str, Claim] = module.CLAIMS
    return found


@cache
def cases(film: str) -> list[tuple[str, Case]]:
    """What the film says about each lesson of the corpus that it accepts."""
    found = []
    for label, knobs in corpus():
        if lesson := lesson_for(FILMS[film], knobs):
            found += [(label, case) for case in said(film, lesson)]
    return found


@pytest.mark.parametrize("film", TOLD)
def test_each_caption_is_true(film: str) -> None:
    """Each caption's claim, and each number in it, holds on every lesson of the corpus."""
    none_false(claims_of(film), cases(film))


@pytest.mark.parametrize("film", TOLD)
def test_each_caption_has_a_test_and_is_said(film: str) -> None:
    """No caption is left out: each has a claim, each claim a caption, each is said somewhere."""
    captions = FILMS[film].captions
    keys = {caption.key for beat in captions.beats.values() for caption in beat}
    assert keys == claims_of(film).keys()
    heard = Counter(case.key for _, case in cases(film))
    chosen = {key for _, key in conditional(film)}
    assert not chosen - heard.keys(), "never said in the corpus"


# A sentence with a gap where a number should be is false too.
GAPS = (ArithmeticError, LookupError, ValueError)


@pytest.mark.parametrize("film", TOLD)
def test_without_its_predicate_a_caption_would_be_false(film: str) -> None:
    """Some lesson of the corpus makes each a lie: its claim sees it, its predicate prevents it."""
    captions, claims = FILMS[film].captions, claims_of(film)
    left = {
        (beat, key): caption
        for (beat, key), caption in conditional(film).items()
        if (film, key) not in TRUE_ANYWAY
    }
    for label, knobs in corpus():
        lesson = lesson_for(FILMS[film], knobs) if left else None
        if lesson is None:
            continue
        facts = captions.facts(lesson)
        for (beat, key), caption in list(left.items()):
            if caption.holds(facts):
                continue
            try:
                numbers = caption.numbers(facts)
            except (AssertionError, LookupError, ValueError):  # there is nothing to name
                del left[beat, key]
                continue
            if complaint(claims, label, Case(film, beat, key, numbers, lesson), GAPS):
                del left[beat, key]
    assert not left, "these could always be said"


@pytest.mark.parametrize("film", TOLD)
def test_the_texts_show_the_numbers(film: str) -> None:
    """Both languages' texts can be filled in from the caption's numbers."""
    for _, case in cases(film):
        for lang in LANGUAGES:
            assert case.words(lang)


def test_the_corpus_is_varied() -> None:
    """Sizes from 1 to 500, scales from 1e-9 to 1e9, both signs, all orders, every ending."""
    data: list[Any] = [knobs["data"] for _, knobs in corpus() if "data" in knobs]
    assert len(corpus()) == COUNT >= 60
    assert {1, 2, 500} <= {each.n for each in data}
    sizes = [float(abs(each.x).max()) for each in data]
    assert min(sizes) < 1e-7 and max(sizes) > 1e8
    orders = {knobs.get("order") for _, knobs in corpus()}
    assert orders == {None, "in-order", "shuffled", "random", "batch"}


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("0.093", 0.0933, True),
        ("0.093", 0.0936, False),
        ("1.75×10⁻⁸", 1.752432687141379e-08, True),
        ("1.76×10⁻⁸", 1.752432687141379e-08, False),
        ("−3.2", -3.1667, True),
        ("−3.2", 3.1667, False),
        ("0", 0.0, True),
        ("0.00", 0.000509, False),
        ("∞", float("inf"), True),
        ("10⁻⁸", 1.2e-8, True),
    ],
)
def test_shown_digits(text: str, value: float, right: bool) -> None:
    """The reader of numbers tells right from wrong digits."""
    assert agrees(text, value) is right

"""Every caption of the film `momentum`, on descents of every kind."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from scenes.locales import LANGUAGES
from tests.claims.case import Case, complaint, conditional, none_false
from tests.claims.films.momentum import CLAIMS
from tests.claims.ravine import FILM, corpus

pytestmark = pytest.mark.slow

CAPTIONS = FILM.captions


@cache
def cases() -> list[tuple[str, Case]]:
    """What the film says at each beat of each lesson."""
    return [
        (label, Case(FILM.name, beat, *CAPTIONS.pick(beat, facts), lesson))
        for label, lesson, facts in corpus()
        for beat in CAPTIONS.beats
    ]


def test_each_caption_is_true() -> None:
    none_false(CLAIMS, cases())


def test_each_caption_has_a_claim_and_is_said() -> None:
    keys = {caption.key for beat in CAPTIONS.beats.values() for caption in beat}
    assert keys == CLAIMS.keys()
    heard = {case.key for _, case in cases()}
    assert keys <= heard, f"never said: {keys - heard}"


def test_the_texts_show_the_numbers() -> None:
    for _, case in cases():
        for lang in LANGUAGES:
            assert case.words(lang)


@pytest.mark.parametrize("caption", conditional(FILM.name).values(), ids=lambda each: each.key)
def test_without_its_predicate_a_caption_would_be_false(caption: Any) -> None:
    """Some lesson makes it a lie: the claims see it, and the predicate prevents it."""
    for label, lesson, facts in corpus():
        if caption.holds(facts):
            continue
        try:
            case = Case(FILM.name, "", caption.key, caption.numbers(facts), lesson)
        except ValueError:  # its numbers are no numbers there
            continue
        if complaint(CLAIMS, label, case, (ValueError,)):
            return
    pytest.fail(f"{caption.key} could always be said")

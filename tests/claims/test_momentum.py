"""Every caption of the film `momentum`, on descents of every kind."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from scenes.catalogue.captions import always
from scenes.locales import LANGUAGES
from tests.claims.case import Case
from tests.claims.films.momentum import CLAIMS
from tests.claims.ravine import FILM, corpus

pytestmark = pytest.mark.slow

CAPTIONS = FILM.captions
assert CAPTIONS is not None


@cache
def cases() -> list[tuple[str, Case]]:
    """What the film says at each beat of each lesson."""
    assert CAPTIONS is not None
    return [
        (label, Case(FILM.name, beat, *CAPTIONS.pick(beat, facts), lesson))
        for label, lesson, facts in corpus()
        for beat in CAPTIONS.beats
    ]


def false(label: str, case: Case) -> str | None:
    """What is wrong with a caption."""
    try:
        CLAIMS[case.key](case)
    except (AssertionError, ValueError) as error:  # ValueError: it shows no number
        return f"{label}: {case.key}: {case.words('en')!r}: {str(error).partition(chr(10))[0]}"
    return None


def test_each_caption_is_true() -> None:
    wrong = [found for label, case in cases() if (found := false(label, case))]
    assert not wrong, f"{len(wrong)} false:\n" + "\n".join(wrong[:40])


def test_each_caption_has_a_claim_and_is_said() -> None:
    assert CAPTIONS is not None
    keys = {caption.key for beat in CAPTIONS.beats.values() for caption in beat}
    assert keys == CLAIMS.keys()
    heard = {case.key for _, case in cases()}
    assert keys <= heard, f"never said: {keys - heard}"


def test_the_texts_show_the_numbers() -> None:
    for _, case in cases():
        for lang in LANGUAGES:
            assert case.words(lang)


def conditions() -> list[Any]:
    assert CAPTIONS is not None
    found = {c.key: c for beat in CAPTIONS.beats.values() for c in beat if c.holds is not always}
    return [pytest.param(caption, id=key) for key, caption in found.items()]


@pytest.mark.parametrize("caption", conditions())
def test_without_its_predicate_a_caption_would_be_false(caption: Any) -> None:
    """Some lesson makes it a lie: the claims see it, and the predicate prevents it."""
    for label, lesson, facts in corpus():
        if caption.holds(facts):
            continue
        try:
            case = Case(FILM.name, "", caption.key, caption.numbers(facts), lesson)
        except ValueError:  # its numbers are no numbers there
            continue
        if false(label, case):
            return
    pytest.fail(f"{caption.key} could always be said")

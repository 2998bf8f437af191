"""Films play the lessons of the claims' corpus: they say what is tested there, and no more.

Each film plays a part of the lessons, and every lesson is played by several films. All lessons in
all films, with GD_EVERY_ODD=1, take about ten minutes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest

from gdcore.data import DataError
from scenes import FILMS, Telling
from tests.claims.case import Case, said
from tests.claims.corpus import corpus, lesson_for

PART = 20  # of so many lessons each film plays one
ASPECTS = ("16:9", "9:16", "4:3")
PLAYERS = [name for name, film in FILMS.items() if "data" in film.takes]
_WORD = "\0"  # stands for a word that the scene adds


def played() -> list[tuple[str, int]]:
    """Film and number of the lesson: each film begins with another lesson."""
    step = 1 if "GD_EVERY_ODD" in os.environ else PART
    return [
        (film, k)
        for row, film in enumerate(PLAYERS)
        for k in range(row % step, len(corpus()), step)
    ]


def pattern(case: Case, lang: str) -> str:
    """The caption as a regular expression; words that the scene adds may be any."""
    added = case.placeholders - case.numbers.keys()
    joined = {name for name, value in case.numbers.items() if isinstance(value, list)}
    words = case.words(lang, **dict.fromkeys(added | joined, _WORD))
    return re.escape(words).replace(re.escape(_WORD), ".*")


@pytest.mark.slow
@pytest.mark.parametrize(("film", "k"), played())
def test_a_film_says_what_is_true(film: str, k: int, walk: Callable[..., Any]) -> None:
    """Every subtitle is the caption of one of its beats, and the film ends as planned."""
    label, knobs = corpus()[k]
    lesson = lesson_for(FILMS[film], knobs)
    if lesson is None:
        with pytest.raises(DataError):
            FILMS[film].check(FILMS[film].lesson(data=knobs["data"]))
        return
    lang = ("en", "zh")[k % 2]
    scene = walk(film, lesson, ASPECTS[k % 3], telling=Telling(lang=lang))
    known = [pattern(case, lang) for case in said(film, lesson)]
    strange = [
        words
        for _, words in scene.subtitles
        if not any(re.fullmatch(each, words, re.DOTALL) for each in known)
    ]
    assert not strange, (label, strange)
    assert len(scene.subtitles) >= 3

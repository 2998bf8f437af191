"""What is said at the cues: every beat has its words, and they suit every lesson."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import scenes.locales
from scenes import FILMS, Lesson
from scenes.catalogue.narration import Told, told
from scenes.locales import LANGUAGES, Words, load, texts
from tests.claims.corpus import corpus, lesson_for
from tests.scenes.odd_lessons import ODD, odd_lesson

NARRATION = Path(scenes.locales.__file__).parent / "narration"
SCENES = NARRATION.parents[1]
PARTS = {"narration", "ask", "misunderstanding", "formula", "numbers"}
PART = 12  # of so many lessons of the corpus each film takes one
LONG = "many-epochs"  # takes seconds, and says nothing of its own
ALLOWED = ("x = 0", "x = 4", "1/L", "2/L")
"""Digits that do not depend on the lesson; formulas may have others."""
_END = re.compile(r"[.!?](?=\s|$)|[。！？]")

told_films = pytest.mark.parametrize("film", FILMS)


def words(film: str, lang: str) -> Words:
    """The narration and notes of a film."""
    return load(NARRATION / film)[lang]


@cache
def loops_of(film: str) -> tuple[str, ...]:
    """The beats from which the film may be repeated."""
    folder = SCENES.parent.joinpath(*FILMS[film].module.split(".")).parent
    return tuple(
        str(ast.literal_eval(node.args[0]))
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "loop"
    )


def captions(film: str) -> Iterator[tuple[str, str]]:
    """Beat and key of each caption that a film may say; a loop's beat has the key ""."""
    for beat, said in FILMS[film].captions.beats.items():
        yield from ((beat, caption.key) for caption in said)
    yield from ((beat, "") for beat in loops_of(film))


def lessons(film: str) -> dict[str, Lesson]:
    """Lessons that the film accepts: its own, the unusual ones, and a part of the corpus.

    The corpus is of data; a film without data has no use for it. Equal lessons come once.
    """
    entry = FILMS[film]
    row = list(FILMS).index(film) % PART
    drawn = corpus()[row::PART] if "data" in entry.takes else []
    found: dict[str, Lesson | None] = {"own": entry.lesson()}
    found |= {label: odd_lesson(entry, label) for label in ODD if label != LONG}
    found |= {label: lesson_for(entry, knobs) for label, knobs in drawn}
    labels = {lesson: label for label, lesson in found.items() if lesson}
    return {label: lesson for lesson, label in labels.items()}


def talk(film: str, lesson: Lesson) -> dict[str, dict[str, Told]]:
    """What is said about a lesson, by language and beat. KeyError for a number that is missing."""
    said = FILMS[film].captions
    facts = said.facts(lesson)
    shared, picked = said.told(facts), {beat: said.pick(beat, facts) for beat in said.beats}
    found: dict[str, dict[str, Told]] = {}
    for lang in LANGUAGES:
        talk = found[lang] = {}
        for beat, (key, numbers) in picked.items():
            added = blanks(texts(lang)[f"{film}.{key}"]) - set(numbers)  # words of the scene
            filled = {**shared, **dict.fromkeys(added, "…"), **numbers}
            talk[beat] = told(film, lang, beat, key, filled)
        talk |= {beat: told(film, lang, beat, "", shared) for beat in loops_of(film)}
    return found


def blanks(text: str) -> set[str]:
    """The names of the placeholders in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sentences(text: str) -> list[str]:
    """The sentences of a text. The point in a number ends none."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def digits(text: str) -> str:
    """The digits of a text that are neither filled in nor allowed."""
    plain = "".join(part for part, *_ in Formatter().parse(text))
    for allowed in ALLOWED:
        plain = plain.replace(allowed, "")
    return "".join(re.findall(r"[0-9]", plain))


@told_films
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_beat_is_told_whatever_its_caption(film: str, lang: str) -> None:
    table = words(film, lang)
    lacks = [
        (beat, key)
        for beat, key in captions(film)
        if not {f"{beat}.narration", f"{beat}.{key}.narration"} & table.keys()
    ]
    assert not lacks


@told_films
def test_every_text_belongs_to_a_caption(film: str) -> None:
    """A beat or a key that has been renamed would leave its words unsaid."""
    known = {beat for beat, _ in captions(film)} | {f"{b}.{key}" for b, key in captions(film)}
    places = [key.rpartition(".") for key in words(film, "en")]
    assert not [place for place in places if place[0] not in known or place[2] not in PARTS]


@told_films
@pytest.mark.parametrize("lang", LANGUAGES)
def test_digits_come_from_the_lesson(film: str, lang: str) -> None:
    texts = {key: text for key, text in words(film, lang).items() if not key.endswith(".formula")}
    assert not {key: text for key, text in texts.items() if digits(text)}


@told_films
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_narration_has_two_to_four_sentences(film: str, lang: str) -> None:
    spoken = {key: text for key, text in words(film, lang).items() if key.endswith(".narration")}
    counts = {key: len(sentences(text)) for key, text in spoken.items()}
    assert not {key: n for key, n in counts.items() if not 2 <= n <= 4}
    assert all(_END.search(text[-1]) for text in spoken.values())


@told_films
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_ends_with_its_mark(film: str, lang: str) -> None:
    asked = {key: text for key, text in words(film, lang).items() if key.endswith(".ask")}
    assert asked and all(text[-1] in "?？" for text in asked.values()), asked


@pytest.mark.slow
@told_films
def test_the_talk_suits_each_lesson(film: str) -> None:
    """It has all its numbers, says no sentence twice, and stops somewhere to ask.

    It stops at the same places in each language.
    """
    for label, lesson in lessons(film).items():
        talks = talk(film, lesson)
        kinds = [[said.kind for said in told_in.values()] for told_in in talks.values()]
        assert "ask" in kinds[0] and all(each == kinds[0] for each in kinds), label
        for lang, told_in in talks.items():
            parts = [part for t in told_in.values() for part in (t.narration, t.notes.get("ask"))]
            counts = Counter(line for text in parts if text for line in sentences(text))
            assert not [line for line, n in counts.items() if n > 1], (label, lang)

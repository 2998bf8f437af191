"""Signs are read as a lecturer reads them, in both languages; words and numbers stay."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import scenes.locales
from voice.symbols import CHINESE, ENGLISH, spelled

NARRATION = Path(scenes.locales.__file__).parent / "narration"
ENGLISH_READ = {
    "w₀ = −0.5": "w zero equals minus 0.5",
    "x₁ and wₖ": "x 1 and w k",
    "α, β; κ.": "alpha, beta; kappa.",
    "ŷ = w·x + b": "y hat equals w times x plus b",
    "x̄ is known": "x bar is known",
    "10⁻⁴": "10 to the minus 4",
    "1e-05": "1 times 10 to the minus 5",
    "(w·x − y)²": "(w times x minus y) squared",
    "x³, 2ⁿ": "x cubed, 2 to the n",
    "J(w₀) ≈ 4.67": "J of w zero is about 4.67",
    "dJ/dw": "d J over d w",
    "w ← w − α·dJ/dw": "w becomes w minus alpha times d J over d w",
    "1/κ, and/or": "1 over kappa, and or or",
    "3 × 4 ≤ 12": "3 times 4 is at most 12",
    "5% of 10,000": "5 percent of 10000",
    "-3 to w*": "minus 3 to w star",
    "they do not": "they do not",
    "the lecture's well-known x-axis: a, b.": "the lecture's well-known x-axis: a, b.",
}
CHINESE_READ = {
    "w₀ = −0.5": "w 零 等于 负 0.5",
    "ŷ": "y 帽",
    "a − b，α": "a 减 b， 阿尔法",
    "x²，10⁻⁴": "x 的平方，10 的 负 4 次方",
    "5%": "百分之 5",
    "dJ/dw": "d J 除以 d w",
    "权重和学习率。": "权重和学习率。",
}


@pytest.mark.parametrize("text", ENGLISH_READ)
def test_english(text: str) -> None:
    assert spelled(text, "en") == ENGLISH_READ[text]


@pytest.mark.parametrize("text", CHINESE_READ)
def test_chinese(text: str) -> None:
    assert spelled(text, "zh") == CHINESE_READ[text]


def test_both_languages_read_the_same_signs() -> None:
    assert ENGLISH.signs.keys() == CHINESE.signs.keys()
    assert ENGLISH.marks.keys() == CHINESE.marks.keys()


def test_another_language_stays() -> None:
    assert spelled("w₀", "fr") == "w₀"


def texts(words: dict[str, Any]) -> list[str]:
    """All that is spoken in a table of narration."""
    return [
        text
        for key, value in words.items()
        for text in (texts(value) if isinstance(value, dict) else [value][key != "narration" :])
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_sign_of_the_films_is_left(lang: str) -> None:
    """What the films say becomes letters, digits and punctuation."""
    said = [
        text
        for path in NARRATION.glob(f"*/{lang}.toml")
        for text in texts(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    assert len(said) > 150
    filled = [re.sub(r"\{[^}]*\}", "0.5", text) for text in said]
    known = r"[\w\s.,:;?!()'\"“”‘’，。：；？！、（）…—–\-]*"
    left = {text: read for text in filled if not re.fullmatch(known, read := spelled(text, lang))}
    assert not left

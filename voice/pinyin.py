"""Chinese as numbered pinyin, with the numbers spelled out: what espeak-ng reads well."""

from __future__ import annotations

import re
from functools import cache

import cn2an
from pypinyin import Style, lazy_pinyin, load_phrases_dict

TERMS = {
    "梯度": "ti1 du4",
}
"""How terms of the subject, and words with a character of several sounds, are read."""
LATIN = {"NaN": "N A N", "nan": "N A N", "inf": "I N F"}
"""Words that look like pinyin; other words in Latin letters are read as English."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PAIR = re.compile(r"(?<![\d.])2(?=\s?[个次步条幅张种倍组轮段部批遍])")
_LATIN = re.compile(rf"(?<![A-Za-z])({'|'.join(LATIN)})(?![A-Za-z])")
_LARGEST = 16  # digits before the point that have a name
_STOPS = str.maketrans("，。；：？！、“”（）《》", ",.;:?!,  ,,  ")


def pinyin(text: str) -> str:
    """The text, whose signs are words already, as syllables with the numbers of their tones."""
    _learn()
    text = _PAIR.sub("两", text)
    text = _NUMBER.sub(lambda number: _read(number[0]), text)
    text = _LATIN.sub(lambda word: f" {LATIN[word[0]]} ", text)
    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    joined = " ".join(syllable.translate(_STOPS) for syllable in syllables)
    return re.sub(r" (?=[,.;:?!])", "", " ".join(joined.split()))


def _read(number: str) -> str:
    whole, _, rest = number.partition(".")
    if len(whole) > _LARGEST:
        return "".join(cn2an.an2cn(digit, "low") for digit in whole) + (
            "点" + "".join(cn2an.an2cn(digit, "low") for digit in rest) if rest else ""
        )
    return str(cn2an.an2cn(number, "low"))


@cache
def _learn() -> None:
    """Tell pypinyin our terms."""
    load_phrases_dict(
        {term: [[sound] for sound in sounds.split()] for term, sounds in TERMS.items()},
        style="tone3",
    )

"""Chinese as numbered pinyin, with the numbers spelled out: what espeak-ng reads well."""

from __future__ import annotations

import re

import cn2an
from pypinyin import Style, lazy_pinyin

TERMS = {
    "梯度": "ti1 du4",
    "收敛": "shou1 lian3",
    "发散": "fa1 san4",
    "权重": "quan2 zhong4",
    "学习率": "xue2 xi2 lv4",
    "斜率": "xie2 lv4",
    "曲率": "qu1 lv4",
    "残差": "can2 cha1",
    "方差": "fang1 cha1",
    "标准差": "biao1 zhun3 cha1",
    "误差": "wu4 cha1",
    "步长": "bu4 chang2",
    "参数": "can1 shu4",
    "重新": "chong2 xin1",
    "重复": "chong2 fu4",
    "数一数": "shu3 yi5 shu3",
    "应该得": "ying1 gai1 de2",
    "才分得": "cai2 fen1 de5",
    "还原": "huan2 yuan2",
    "落下": "luo4 xia4",
    "切开": "qie1 kai1",
    "以为": "yi3 wei2",
}
"""How the terms of the subject are read, and words that pypinyin takes for others."""
SOUNDS = {
    r"(?<![增生成])长(?![大成])": "chang2",
    r"(?<=[走看觉做])得(?=[到出])": "de5",
    r"(?<=[获取求])得|得(?=[到出知])": "de2",
    r"(?<=[就都也还，])得|得(?=[等先有]|足够|共用)": "dei3",
    r"得": "de5",
    r"(?<=[步批次单慢快轻直稳])地(?![图方面形上下带位点])": "de5",
    r"还": "hai2",
    r"都(?!市)": "dou1",
    r"(?<=[成作变称认分视定设])为|为(?=[零负一二三四五六七八九])": "wei2",
    r"数(?=[法数清了])|(?<=怎么)数|(?<=来)数(?=[，。])": "shu3",
    r"(?<=[两几一哪每])行(?![动走为驶])": "hang2",
    r"调(?=[大小好高低整节]|到|回|学习率)|(?<=[开能要可一])调(?![度查])": "tiao2",
    r"量(?=[出得])|(?<=[测在])量": "liang2",
    r"转(?=[了动，。])|(?<=旋)转": "zhuan4",
}
"""Characters of several sounds, each with its sound in a context; the first that fits counts."""
LATIN = {"NaN": "N A N", "nan": "N A N", "inf": "I N F"}
"""Words that look like pinyin; other words in Latin letters are read as English."""

_KNOWN = re.compile("|".join(f"({text})" for text in (*TERMS, *SOUNDS)))
_READ = (*TERMS.values(), *SOUNDS.values())
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TWO = re.compile(r"(?<![\d.])2(?=\s?[个次步条幅张种倍组轮段部批遍])")
_LATIN = re.compile(rf"(?<![A-Za-z])({'|'.join(LATIN)})(?![A-Za-z])")
_NAMED = 16  # digits; a longer number is read digit by digit
_STOPS = {
    ord(sign): f"{stop} " for sign, stop in zip("，。；：？！、（）", ",.;:?!,,,", strict=True)
}
_STOPS |= dict.fromkeys(map(ord, "“”《》"), " ")


def pinyin(text: str) -> str:
    """The text, whose signs are words already, as syllables with the numbers of their tones."""
    text = _NUMBER.sub(lambda number: _in_words(number[0]), _TWO.sub("两", text))
    text = _LATIN.sub(lambda word: f" {LATIN[word[0]]} ", text)
    text = _KNOWN.sub(lambda found: f" {_READ[(found.lastindex or 1) - 1]} ", text)
    syllables = lazy_pinyin(text, Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    joined = " ".join(" ".join(syllables).translate(_STOPS).split())
    return re.sub(r" (?=[,.;:?!])", "", joined)


def _in_words(number: str) -> str:
    if len(number) <= _NAMED:
        return str(cn2an.an2cn(number, "low"))
    return "".join("点" if digit == "." else cn2an.an2cn(digit, "low") for digit in number)

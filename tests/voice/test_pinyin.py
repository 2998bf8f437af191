"""Chinese as pinyin: the subject's terms, characters of several sounds, numbers."""

from __future__ import annotations

import re

import pytest

from voice.pinyin import TERMS, pinyin

SAID = {
    "梯度下降": "ti1 du4 xia4 jiang4",
    "收敛": "shou1 lian3",
    "权重重新更新": "quan2 zhong4 chong2 xin1 geng1 xin1",
    "学习率": "xue2 xi2 lv4",
    "斜率和曲率": "xie2 lv4 he2 qu1 lv4",
    "步长变长，增长": "bu4 chang2 bian4 chang2, zeng1 zhang3",
    "误差、残差、方差": "wu4 cha1, can2 cha1, fang1 cha1",
    "差不多": "cha4 bu4 duo1",
    "走得远": "zou3 de5 yuan3",
    "得到": "de2 dao4",
    "看得到": "kan4 de5 dao4",
    "就得等": "jiu4 dei3 deng3",
    "还没有走完": "hai2 mei2 you3 zou3 wan2",
    "还原": "huan2 yuan2",
    "数一数数据": "shu3 yi5 shu3 shu4 ju4",
    "那一行": "na4 yi4 hang2",
    "运行": "yun4 xing2",
    "学习率调小": "xue2 xi2 lv4 tiao2 xiao3",
    "调度": "diao4 du4",
    "慢慢地走": "man4 man4 de5 zou3",
    "这个地方": "zhe4 ge5 di4 fang1",
    "梯度为零": "ti1 du4 wei2 ling2",
    "因为": "yin1 wei4",
    "都会": "dou1 hui4",
    "模型": "mo2 xing2",
    "一模一样": "yi4 mu2 yi1 yang4",
}
NUMBERS = {
    "0.25": "ling2 dian3 er4 wu3",
    "102": "yi1 bai3 ling2 er4",
    "10000": "yi1 wan4",
    "2 个": "liang3 ge4",
    "12 个": "shi2 er4 ge4",
    "12345678901234567890.5": (
        "yi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3 ling2 yi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3 "
        "ling2 dian3 wu3"
    ),
}


def level(syllables: str) -> str:
    """Without the changes of tone of 一 and 不, which depend on what follows."""
    return re.sub(r"\b(yi|bu)\d", r"\1", syllables)


@pytest.mark.parametrize("text", [*SAID, *NUMBERS])
def test_it_is_read_so(text: str) -> None:
    assert level(pinyin(text)) == level({**SAID, **NUMBERS}[text])


@pytest.mark.parametrize("term", TERMS)
def test_a_term_keeps_its_sound_in_a_sentence(term: str) -> None:
    assert f" {TERMS[term]} " in pinyin(f"这里{term}很好")


def test_letters_stay_letters() -> None:
    """espeak-ng would read nan as a syllable; it reads single letters and English words well."""
    assert pinyin("SGD 和 Adam：w 是 nan。") == "SGD he2 Adam: w shi4 N A N."


def test_only_syllables_and_punctuation_are_left() -> None:
    text = "“好”（只有 3 步）；第一步，再走 0.5！《书》：完了？"
    assert re.fullmatch(r"(?:[a-z]+[1-5][,.;:?! ]*|[, ])+", pinyin(text))

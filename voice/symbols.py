"""Formulas and signs in words, so that a program reads them as a lecturer does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """How a language reads signs.

    signs       single characters
    marks       marks above a letter, such as the hat of ŷ
    powers      exponents with a name of their own; `power` is for all others
    function    such as J(w)
    over        the stroke of a fraction; `choice` is for a stroke between words
    negative    the minus of a number; `less` is that of a difference
    percent     a percentage
    zero        a small 0, as in w₀
    """

    signs: Mapping[str, str]
    marks: Mapping[str, str]
    powers: Mapping[str, str]
    power: str
    function: str
    over: str
    choice: str
    negative: str
    less: str
    percent: str
    zero: str


_HAT, _BAR, _TILDE = "\u0302", "\u0304", "\u0303"  # they follow their letter
ENGLISH = Reading(
    signs={
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta",
        "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma",
        "τ": "tau", "φ": "phi", "ω": "omega", "Δ": "delta", "Σ": "the sum of", "∑": "the sum of",
        "∇": "the gradient of", "∂": "d", "√": "the square root of", "∞": "infinity",
        "×": "times", "·": "times", "÷": "divided by", "+": "plus", "±": "plus or minus",
        "=": "equals", "≠": "is not", "≈": "is about", "~": "about", "<": "is less than",
        ">": "is greater than", "≤": "is at most", "≥": "is at least", "←": "becomes",
        "∝": "is proportional to", "|": "",
        "→": "to", "°": "degrees", "½": "one half", "*": "star",
    },
    marks={_HAT: "hat", _BAR: "bar", _TILDE: "tilde"},
    powers={"2": "squared", "3": "cubed"},
    power="to the {n}",
    function="{f} of {x}",
    over="over",
    choice="or",
    negative="minus",
    less="minus",
    percent="{n} percent",
    zero="zero",
)  # fmt: skip
CHINESE = Reading(
    signs={
        "α": "阿尔法", "β": "贝塔", "γ": "伽马", "δ": "德尔塔", "ε": "艾普西隆", "η": "伊塔",
        "θ": "西塔", "κ": "卡帕", "λ": "拉姆达", "μ": "缪", "π": "派", "ρ": "柔", "σ": "西格玛",
        "τ": "陶", "φ": "斐", "ω": "欧米伽", "Δ": "德尔塔", "Σ": "求和", "∑": "求和",
        "∇": "梯度", "∂": "偏", "√": "根号", "∞": "无穷大", "×": "乘", "·": "乘", "÷": "除以",
        "+": "加", "±": "正负", "=": "等于", "≠": "不等于", "≈": "约等于", "~": "大约",
        "<": "小于", ">": "大于", "≤": "不超过", "≥": "不小于", "←": "变成", "→": "到",
        "∝": "正比于", "|": "",
        "°": "度", "½": "二分之一", "*": "星",
    },
    marks={_HAT: "帽", _BAR: "平均", _TILDE: "波浪"},
    powers={"2": "的平方", "3": "的立方"},
    power="的 {n} 次方",
    function="{f} {x}",
    over="除以",
    choice="或",
    negative="负",
    less="减",
    percent="百分之 {n}",
    zero="零",
)  # fmt: skip
_READINGS = {"en": ENGLISH, "zh": CHINESE}

_SUB = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢₖₙₜ", "0123456789iknt", strict=True))
_SUPER = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿᵏᵗ", "0123456789−nkt", strict=True))
_LETTER = r"[A-Za-zα-ωΑ-Ω]"
_THOUSANDS = re.compile(r"(?<=\d)[,\u202f\u00a0](?=\d{3}(?!\d))")
_E = re.compile(r"(?<=\d)e([+-]?)0*(\d+)")  # 1e-05
_SMALL = re.compile(f"[{''.join(_SUB)}]+")
_RAISED = re.compile(f"[{''.join(_SUPER)}]+")
_FUNCTION = re.compile(rf"(?<!{_LETTER})({_LETTER})\(([^()]*)\)")
_DIFFERENTIAL = re.compile(rf"(?<!{_LETTER})d([bwxytzJLθ])(?!{_LETTER})")  # no word: do
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_WORDS = re.compile(r"(?<=[^\W\d_]{2})\s?/\s?(?=[^\W\d_]{2})")
_DIFFERENCE = re.compile(r"(?<=[\w)])−|−(?=\s)")
_NEGATIVE = re.compile(r"−|(?<![\w)])-(?=[\d.])")


def spelled(text: str, lang: str) -> str:
    """The text with its signs in words of the language; its numbers keep their digits.

    The text of a language that has no table here stays as it is.
    """
    reading = _READINGS.get(lang)
    return text if reading is None else _spelled(text, reading)


def _spelled(text: str, reading: Reading) -> str:
    text = unicodedata.normalize("NFD", text)
    for mark, word in reading.marks.items():
        text = text.replace(mark, f" {word} ")
    text = _THOUSANDS.sub("", unicodedata.normalize("NFC", text))
    text = _E.sub(lambda e: f"×10{_raised(e[1].strip('+') + e[2])}", text)
    text = _SMALL.sub(lambda small: f" {_lowered(small[0], reading)} ", text)
    text = _PERCENT.sub(lambda found: f" {reading.percent.format(n=found[1])} ", text)
    text = _RAISED.sub(lambda found: f" {_power(found[0], reading)} ", text)
    text = _FUNCTION.sub(lambda found: reading.function.format(f=found[1], x=found[2]), text)
    text = _DIFFERENTIAL.sub(r"d \1", text)
    text = _WORDS.sub(f" {reading.choice} ", text).replace("/", f" {reading.over} ")
    text = _DIFFERENCE.sub(f" {reading.less} ", text)
    text = _NEGATIVE.sub(f" {reading.negative} ", text)
    for sign, word in reading.signs.items():
        text = text.replace(sign, f" {word} ")
    return re.sub(r" (?=[,.;:?!，。；：？！、）)])", "", " ".join(text.split()))


def _lowered(small: str, reading: Reading) -> str:
    plain = "".join(_SUB[character] for character in small)
    return reading.zero if plain == "0" else plain


def _raised(exponent: str) -> str:
    back = {plain: raised for raised, plain in _SUPER.items()} | {"-": "⁻"}
    return "".join(back[character] for character in exponent)


def _power(raised: str, reading: Reading) -> str:
    exponent = "".join(_SUPER[character] for character in raised)
    return reading.powers.get(exponent) or reading.power.format(n=exponent)

"""Colours: text is readable on its page, and colour-blind viewers can distinguish the hues."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest

from gdcore.rules import RULES
from scenes.catalogue.theme import THEMES

CODE_ROLES = ("ink", "muted", "cost", "loss", "point", "gradient", "string")
TEXT_ROLES = (
    "ink", "muted", "cost", "loss", "minibatch", "point", "gradient", "step", "good", "bad",
    "shallow", "string", "batch", "sgd", "swinging",
)  # fmt: skip
READABLE = 4.5  # WCAG 2, level AA
NOTICED = 2.3  # CIE 1976 difference in Lab that is just noticeable side by side
APART = 10.0
HUES_TOGETHER = 4  # samples that are shown at once with their own parabolas

# Machado, Oliveira, Fernandes (2009), severity 1.0; they act on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
_WHITE = _TO_XYZ @ np.ones(3)


def linear(color: str) -> np.ndarray:
    """Linear sRGB (3,) of ``#rrggbb``."""
    coded = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of relative luminances."""
    dark, light = sorted(float(_TO_XYZ[1] @ linear(color)) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, vision: np.ndarray) -> np.ndarray:
    """CIE Lab (3,) of what a viewer with this vision sees."""
    seen = np.clip(vision @ linear(color), 0, 1)
    ratio = _TO_XYZ @ seen / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, vision: str) -> float:
    """CIE 1976 colour difference."""
    return float(np.linalg.norm(lab(one, VISION[vision]) - lab(other, VISION[vision])))


def test_the_measures_give_their_published_values() -> None:
    """Black on white is 21 : 1; Lab of sRGB red is (53.2, 80.1, 67.2)."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab("#ff0000", VISION["normal"]) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


@pytest.mark.parametrize("vision", VISION)
def test_greys_look_the_same_to_everyone(vision: str) -> None:
    assert lab("#808080", VISION[vision]) == pytest.approx(lab("#808080", np.eye(3)), abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_colours_are_written_as_rrggbb(name: str) -> None:
    theme = THEMES[name]
    for field in fields(theme):
        value = getattr(theme, field.name)
        for color in value if isinstance(value, tuple) else [value]:
            if not isinstance(color, bool):
                assert len(color) == 7 and color[0] == "#" and int(color[1:], 16) >= 0


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_is_readable_on_the_page(name: str, role: str) -> None:
    theme = THEMES[name]
    assert contrast(getattr(theme, role), theme.background) >= READABLE


@pytest.mark.parametrize("name", THEMES)
def test_the_samples_numbers_are_readable_on_the_page(name: str) -> None:
    theme = THEMES[name]
    ratios = {hue: contrast(hue, theme.background) for hue in theme.samples}
    assert min(ratios.values()) >= READABLE, ratios


@pytest.mark.parametrize("name", THEMES)
def test_code_is_readable_on_the_line_that_is_lit(name: str) -> None:
    theme = THEMES[name]
    colors = [*(getattr(theme, role) for role in CODE_ROLES), *theme.samples]
    ratios = {color: contrast(color, theme.lit) for color in colors}
    assert min(ratios.values()) >= READABLE, ratios


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_lit_line_is_seen_on_the_page(name: str) -> None:
    theme = THEMES[name]
    assert difference(theme.lit, theme.background, "normal") >= APART


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("vision", VISION)
def test_texts_in_code_are_told_from_its_names(name: str, vision: str) -> None:
    theme = THEMES[name]
    for role in CODE_ROLES[:-1]:
        assert difference(theme.string, getattr(theme, role), vision) >= APART, role


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("vision", VISION)
def test_sample_hues_stay_apart(name: str, vision: str) -> None:
    hues = THEMES[name].samples
    pairs = {pair: difference(*pair, vision) for pair in combinations(hues, 2)}
    close = {pair: round(d, 1) for pair, d in pairs.items() if d < APART}
    assert not close
    together = [pairs[pair] for pair in combinations(hues[:HUES_TOGETHER], 2)]
    assert min(together) >= 1.5 * APART


@pytest.mark.parametrize("name", THEMES)
def test_the_rules_names_are_readable_on_the_page(name: str) -> None:
    theme = THEMES[name]
    ratios = {hue: contrast(hue, theme.background) for hue in theme.rules}
    assert min(ratios.values()) >= READABLE, ratios


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("vision", VISION)
def test_rule_hues_stay_apart(name: str, vision: str) -> None:
    """All of them are on one map at once, above its contours."""
    theme = THEMES[name]
    assert len(theme.rules) == len(RULES)
    pairs = {pair: difference(*pair, vision) for pair in combinations(theme.rules, 2)}
    close = {pair: round(d, 1) for pair, d in pairs.items() if d < 1.5 * APART}
    assert not close
    assert min(difference(hue, theme.cost, vision) for hue in theme.rules) >= APART


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("vision", VISION)
def test_batch_sizes_stay_apart(name: str, vision: str) -> None:
    """One sample, some, all: side by side in the film mini-batch."""
    theme = THEMES[name]
    pairs = combinations((theme.loss, theme.minibatch, theme.cost), 2)
    assert min(difference(*pair, vision) for pair in pairs) >= 1.5 * APART


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    "pair", [("point", "cost"), ("gradient", "cost"), ("step", "cost"), ("good", "bad")]
)
def test_roles_that_touch_stay_apart(name: str, vision: str, pair: tuple[str, str]) -> None:
    """The point on its parabola, the tangent along it, the arrow beside it."""
    theme = THEMES[name]
    assert difference(*(getattr(theme, role) for role in pair), vision) >= 1.5 * APART


@pytest.mark.parametrize("name", ["dark", "light"])
def test_no_two_meanings_share_a_colour(name: str) -> None:
    """In the whole series: methods, rules, samples, the point, what is measured, how it ends."""
    theme = THEMES[name]
    assert theme.rules[list(RULES).index("sgd")] == theme.sgd == theme.loss
    assert theme.batch == theme.cost
    roles = ("cost", "loss", "minibatch", "point", "gradient", "step", "good", "shallow", "bad",
             "swinging")  # fmt: skip
    meanings = {role: getattr(theme, role) for role in roles}
    meanings |= dict(zip(list(RULES)[1:], theme.rules[1:], strict=True))
    meanings |= {f"sample {i}": hue for i, hue in enumerate(theme.samples)}
    pairs = combinations(meanings.items(), 2)
    close = {(a, b): difference(one, other, "normal") for (a, one), (b, other) in pairs}
    assert min(close.values()) >= 3.5 * NOTICED, min(close, key=lambda pair: close[pair])


def test_hues_are_used_in_turn() -> None:
    theme = THEMES["dark"]
    assert [theme.sample(i) for i in range(len(theme.samples))] == list(theme.samples)
    assert theme.sample(len(theme.samples)) == theme.samples[0]

"""Lines of text: where they break, and that they fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.catalogue.theme import THEMES
from scenes.stage.page import fonts
from scenes.stage.page.layout import Box
from scenes.stage.page.wording import paragraph, pieces, wrap

INK = THEMES["dark"].ink
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")
CLOSING = "，。；：！？）》」、,.;:!?)"


def ems_of(text: str) -> float:
    """The width of a text whose superscripts are set as digits (a generous bound)."""
    return fonts.width(text.translate(LOWERED), fonts.find_face())


mixed = st.lists(
    st.sampled_from(
        ["梯", "度", "，", "。", "（", "）", "w", "= ", "1.9999 ", "minimum, ", "1×10⁶"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).strip())


@settings(deadline=None)
@given(mixed)
def test_pieces_lose_nothing_and_start_with_no_closing_mark(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert not any(piece[0] in CLOSING for piece in found[1:])


@settings(deadline=None)
@given(mixed, st.floats(8, 40))
def test_wrapping_keeps_the_text_and_the_width(text: str, ems: float) -> None:
    lines = wrap(text, ems)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    widest = max((ems_of(piece.strip()) for piece in pieces(text, whole=False)), default=0.0)
    assert all(ems_of(line) <= max(ems, widest) + 1e-9 for line in lines)
    assert not any(line and line[0] in CLOSING for line in lines[1:])


@pytest.mark.parametrize("sign", "=≈<>≤≥×")
def test_an_equation_is_not_broken(sign: str) -> None:
    text = f"the rate is above 1/L {sign} 0.1071: it goes"
    assert f"1/L {sign} 0.1071: " in pieces(text)
    lines = wrap(text, 14)
    assert len(lines) == 2 and not any(line.endswith(sign) for line in lines)
    assert len(wrap("w = 1.5 J = 2.25 x = 4.75", 6.0)) == 2  # whole equations would take three
    assert wrap("w = 1.5 J = 2.25 x = 4.75", 6.0, most=3) == ["w = 1.5", "J = 2.25", "x = 4.75"]
    assert len(wrap("w = 1.2345678 = 1.2345678", 7.0)) == 2  # too long a line


def test_wrapping_makes_lines_of_like_length() -> None:
    lines = wrap("越接近最低点，斜率越平，步子越小，每一步都朝着最低点走", 20)
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) <= 6


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("从 w = 1.0000 出发：代价 J = 4.6667", ["从 w = 1.0000 出发：", "代价 J = 4.6667"]),
        ("In updates: batch 71, SGD not there", ["In updates: batch 71,", "SGD not there"]),
        ("甲，乙丙丁戊己庚辛壬癸子丑寅卯辰巳", ["甲，乙丙丁戊己庚辛", "壬癸子丑寅卯辰巳"]),
    ],
)
def test_two_lines_part_after_a_mark_if_they_are_alike(text: str, lines: list[str]) -> None:
    assert wrap(text, 15) == lines


def test_a_paragraph_fits_its_box() -> None:
    box = Box(-2, -0.5, 2, 0.5)
    text = "The nearer the minimum, the flatter the slope and the smaller the step"
    group = paragraph(text, 0.25, INK, box)
    assert group.get_left()[0] >= -2 - 1e-6 and group.get_right()[0] <= 2.0 + 1e-6
    assert group.get_top()[1] <= 0.5 and group.get_bottom()[1] >= -0.5
    assert " ".join(label.text for label in group) == text

"""Numbers as viewers read them: figures, tick marks, glyphs; and time on the frame grid."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import LEFT, RIGHT

from scenes.stage.page.clock import Clock
from scenes.stage.page.figures import decimals, fixed, legible, lengths, power, short
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, math_glyphs, text_glyphs
from scenes.stage.plots.ticks import exponent, nice_step, tick_labels, ticks, whole_ticks

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
finite = st.floats(-1e60, 1e60, allow_subnormal=False)
unhurried = settings(deadline=None)  # glyphs are cut at their first use


def read(text: str) -> float:
    """The number that a text shows."""
    mantissa, _, exponent = text.partition("×10")
    return float(mantissa.translate(SUPERSCRIPTS)) * 10.0 ** int(
        exponent.translate(SUPERSCRIPTS) or 0
    )


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1.9999444396553017, 4, "1.9999"),
        (-9.333333333333334, 4, "−9.3333"),
        (-0.00004, 2, "−4.00×10⁻⁵"),
        (-0.004, 2, "0.00"),
        (1.752432687141379e-08, 4, "1.75×10⁻⁸"),
        (1234567.0, 1, "1.23×10⁶"),
        (0.0, 3, "0.000"),
        (-0.0, 0, "0"),
        (math.inf, 2, "∞"),
        (-math.inf, 2, "−∞"),
    ],
)
def test_fixed(value: float, places: int, text: str) -> None:
    assert fixed(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.01, "0.01"),
        (4.0, "4"),
        (-3.0, "−3"),
        (12345.0, "12345"),
        (0.19, "0.19"),
        (1e-6, "1×10⁻⁶"),
        (2.5e12, "2.5×10¹²"),
        (-1e7, "−1×10⁷"),
        (142 / 70, "2.029"),
        (0.0, "0"),
        (9999.7, "10000"),
    ],
)
def test_short(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1.99994, 4, "1.9999"),
        (0.0, 4, "0.0000"),
        (-2.9246e-6, 6, "−2.92×10⁻⁶"),
        (0.00313, 4, "0.00313"),
        (0.4, 0, "0.4"),
        (-1e30, 4, "−1.00×10³⁰"),
    ],
)
def test_a_small_number_in_a_sentence_keeps_three_digits(
    value: float, places: int, text: str
) -> None:
    assert legible(value, places) == text


def test_power_of_ten() -> None:
    assert power(-1.5e-7) == "−1.50×10⁻⁷"


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (-13.4432, ["−13.44", "−13", "−13"]),
        (-2.511e79, ["−2.511×10⁷⁹", "−2.5×10⁷⁹", "−3×10⁷⁹", "−10⁷⁹"]),
        (-math.inf, ["−∞"]),
    ],
)
def test_a_number_in_ever_fewer_digits(value: float, texts: list[str]) -> None:
    assert lengths(value) == texts


@unhurried
@given(finite)
def test_short_is_the_number_to_four_digits(value: float) -> None:
    assert read(short(value)) == pytest.approx(value, rel=5.1e-4, abs=0)


@unhurried
@given(finite, st.integers(0, 6))
def test_fixed_is_within_half_a_unit_of_its_last_place(value: float, places: int) -> None:
    shown = read(fixed(value, places))
    assert abs(shown - value) <= max(0.51 * 10.0**-places, 5.1e-3 * abs(value))


@unhurried
@given(finite, st.integers(0, 6))
def test_numbers_use_only_glyphs_that_there_are(value: float, places: int) -> None:
    assert text_glyphs(1.0).width(fixed(value, places)) > 0
    assert math_glyphs(1.0).width(short(value)) > 0


@pytest.mark.parametrize(
    ("values", "places"),
    [([1.0, 2.0], 4), ([12.0], 3), ([0.5], 5), ([123456.0], 0), ([1e-9], 6), ([0.0], 4), ([], 4)],
)
def test_decimals_give_about_five_digits(values: list[float], places: int) -> None:
    assert decimals(values) == places


def test_decimals_ignore_what_is_not_finite() -> None:
    assert decimals([math.inf, 2.0, math.nan]) == 4


ranges = st.tuples(st.floats(-1e12, 1e12), st.floats(1e-12, 1e12)).filter(
    lambda r: r[0] + r[1] > r[0] and r[1] > 1e-6 * abs(r[0])
)


@unhurried
@given(ranges, st.integers(1, 8))
def test_ticks_are_round_even_and_within(interval: tuple[float, float], count: int) -> None:
    low, high = interval[0], interval[0] + interval[1]
    marks = ticks(low, high, count)
    nice = nice_step(high - low, count)
    assert f"{nice:.0e}"[0] in "125"
    slack = 1e-6 * nice
    assert all(low - slack <= mark <= high + slack for mark in marks)
    assert 2 <= len(marks) <= max(1.25 * count + 1, 4)
    step = marks[1] - marks[0]
    assert step <= nice + slack and (len(marks) < 4 or math.isclose(step, nice, rel_tol=1e-6))
    assert np.allclose(np.diff(marks), step, rtol=1e-6)


@unhurried
@given(ranges, st.integers(2, 8))
def test_tick_labels_tell_their_values(interval: tuple[float, float], count: int) -> None:
    marks = ticks(interval[0], interval[0] + interval[1], count)
    scale = exponent(marks)
    labels = tick_labels(marks, scale)
    assert len(set(labels)) == len(marks)
    if len(marks) > 1:
        step = marks[1] - marks[0]
        shown = np.array([read(label) for label in labels]) * 10.0**scale
        assert np.abs(shown - marks).max() <= 2e-3 * step


def test_ticks_of_an_empty_range_are_one() -> None:
    assert ticks(3.0, 3.0, 5) == [3.0]


@pytest.mark.parametrize(
    ("high", "count"), [(1, 4), (3, 4), (7, 4), (100, 4), (300, 2), (10**5, 4)]
)
def test_counts_have_whole_ticks_from_zero(high: int, count: int) -> None:
    marks = whole_ticks(high, count)
    assert marks[0] == 0 and marks[-1] <= high
    assert all(mark == int(mark) for mark in marks)
    assert 2 <= len(marks) <= 2 * count + 1


@pytest.mark.parametrize(
    ("values", "power_of_ten"),
    [([0.0, 5.0], 0), ([0.0, 2e5], 3), ([0.0, 1e12], 12), ([0.0, 3e-12], -12), ([0.0], 0)],
)
def test_long_ticks_are_written_as_powers(values: list[float], power_of_ten: int) -> None:
    assert exponent(values) == power_of_ten


@unhurried
@given(
    st.lists(st.floats(0, 5), max_size=40),
    st.sampled_from([10, 15, 24, 30, 50, 60]),
    st.floats(0.25, 4),
)
def test_the_clock_never_drifts(parts: list[float], fps: int, stretch: float) -> None:
    clock = Clock(fps, stretch)
    total = sum(clock.advance(part) for part in parts)
    assert total == clock.frames == round(clock.elapsed * stretch * fps)


@unhurried
@given(st.integers(1, 100_000), st.sampled_from([1, 10, 24, 25, 30, 60, 120]))
def test_manim_plays_as_many_frames_as_the_clock_asks(frames: int, fps: int) -> None:
    """Manim's own arithmetic: arange for a play, a quotient rounded down for a still wait."""
    clock = Clock(fps, 1.0)
    assert math.ceil(clock.play_time(frames) / (1 / fps)) == frames
    assert int(clock.wait_time(frames) / (1 / fps)) == frames


@pytest.mark.parametrize("glyphs", [text_glyphs(0.3), math_glyphs(0.3)], ids=["text", "math"])
def test_digits_are_tabular_and_as_high_as_asked(glyphs: object) -> None:
    widths = {glyphs.width(digit) for digit in "0123456789"}
    assert max(widths) - min(widths) < 1e-9
    for digit in "0123456789":
        points, width = glyphs.run(digit)
        assert np.ptp(points[:, 1]) == pytest.approx(0.3, rel=0.08)
        # A digit is in the middle of its place: nothing moves, nothing is outside.
        assert points[:, 0].min() >= 0 and points[:, 0].max() <= width


def test_a_figures_digits_stand_still_when_one_changes() -> None:
    figure = Figure(text_glyphs(0.3), "#ffffff", np.zeros(3), LEFT, "1.0000")
    before = figure.points[: len(text_glyphs(0.3).run("1.0")[0])].copy()
    figure.write("1.0993")
    assert np.array_equal(figure.points[: len(before)], before)


@pytest.mark.parametrize(("side", "edge"), [(LEFT, 0), (RIGHT, 1)])
def test_a_figure_stays_at_its_place(side: np.ndarray, edge: int) -> None:
    """Left ends (or right ends) of numbers of any length are in one column."""
    glyphs = text_glyphs(0.3)
    ends = []
    for text in ("0", "40", "8640"):
        figure = Figure(glyphs, "#ffffff", np.array([2.0, 1.0, 0.0]), side, text)
        xs, ys = figure.points[:, 0], figure.points[:, 1]
        assert (ys.min() + ys.max()) / 2 == pytest.approx(1.0, abs=0.02)
        ends.append((xs.min(), xs.max())[edge])
    assert np.ptp(ends) < 0.03 and abs(ends[0] - 2.0) < 0.06


def test_an_empty_figure_draws_nothing() -> None:
    figure = Figure(text_glyphs(0.3), "#ffffff", text="12")
    assert not len(figure.write("").points)


@pytest.mark.parametrize("cap", [0.18, 0.25])
def test_a_formulas_digits_are_as_high_as_asked(cap: float) -> None:
    assert formula("1", cap, "#ffffff").height == pytest.approx(cap, rel=0.03)

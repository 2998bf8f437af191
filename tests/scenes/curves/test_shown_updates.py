"""An update with its numbers, and plots of unusual data: nothing shown is false or empty."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from manim import RIGHT

from gdcore.data import LECTURE, Dataset, parse_data
from scenes import FILMS, Lesson
from scenes.catalogue.theme import THEMES
from scenes.stage.descent.update_rule import fitting_update, places_apart, plugged_in, slope_places
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import sized
from scenes.stage.page.layout import layout
from scenes.stage.page.wording import Label
from scenes.stage.plots.log_chart import LogChart
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.samples import SamplePlot
from tests.claims.shown import value as number_of

pytestmark = pytest.mark.slow

THEME, TALL = THEMES["dark"], layout(4.5, 8.0)
STEEP = parse_data("150,52.5 160,58 165,63.5 172,70 181,79 190,84.5")


def shown(lesson: Lesson, k: int, places: int) -> list[str]:
    """The texts of batch descent's update ``k``, without signs between them."""
    trace = FILMS["batch"].traces(lesson)["batch"]
    runs = plugged_in(trace, k, places, THEME, THEME.gradient, slope_places(trace, places))
    return [text.replace("−", "-") for text, _ in runs]


def test_the_lectures_first_update_keeps_its_digits() -> None:
    texts = shown(Lesson(), 0, 4)
    assert texts[1:] == ["1.0000", "- 0.01 ×", "(-9.3333)", "= 1.0933"]


def test_a_steep_slope_has_no_digits_that_say_nothing() -> None:
    x, y = STEEP.x, STEEP.y
    slope = 2 * float(np.mean(x * (0.2 * x - y)))
    text = shown(Lesson(data=STEEP, w0=0.2, lr=1e-6), 0, 5)[3].strip("()")
    assert abs(float(text) - slope) <= 0.05
    assert len(text.strip("-").replace(".", "")) == 6


@pytest.mark.parametrize("lr", [0.01, 1e-4, 1e-6, 1e-9])
def test_a_w_that_moves_is_not_shown_as_one_that_stays(lr: float) -> None:
    trace = FILMS["batch"].traces(Lesson(lr=lr))["batch"]
    to = 1 + lr * 28 / 3
    apart = places_apart(trace, 0, 4)
    _, before, *_, after = shown(Lesson(lr=lr), 0, apart)
    assert after.startswith("= ") and after[2:] != before
    assert abs(float(after[2:]) - to) <= 0.5 * 10.0**-apart * 1.001
    fewer = shown(Lesson(lr=lr), 0, 1)
    assert fewer[-1] == ("≈ 1.0" if to < 1.05 else "= 1.1")


def test_a_small_w_beside_a_steep_slope_is_not_0() -> None:
    """Where room is short the slope's decimals go first."""
    trace = FILMS["batch"].traces(Lesson(data=STEEP, w0=0.2, lr=1e-6))["batch"]
    box, cap = arrangement(TALL).side, TALL.scale.label
    made = fitting_update(trace, 0, 5, THEME, THEME.gradient, cap, box, box.top - 5 * cap)
    text = [run.text for run in made]
    assert float(text[1]) == pytest.approx(0.2) and float(text[-1].strip("= ")) != 0.2
    assert made.get_right()[0] <= box.right + 1e-6


@pytest.mark.parametrize("share", [0.3, 0.4, 1.0])
@pytest.mark.parametrize(("size", "lr"), [(1e-12, 1e22), (1e12, 1e-26)])
def test_a_number_too_long_for_a_line_goes_on_with_its_power(
    size: float, lr: float, share: float
) -> None:
    """The slope keeps its digits, w too; each line ends in the box."""
    x, y = size * np.arange(1.0, 4.0), 2 * size * np.arange(1.0, 4.0)
    lesson = Lesson(data=Dataset(x, y), lr=lr)
    trace = FILMS["batch"].traces(lesson)["batch"]
    side, cap = arrangement(TALL).side, TALL.scale.label
    box = side.inset(right=(1 - share) * side.width)
    made = fitting_update(trace, 0, 4, THEME, THEME.gradient, cap, box, side.top - 16 * cap)
    texts, slope = [run.text for run in made], 2 * float(np.mean(x * (x - y)))
    assert made.get_right()[0] <= box.right + 1e-6
    broken = texts.index(next(text for text in texts if text.startswith("(")))
    assert texts[broken].endswith(")") == (share == 1)
    whole = "".join(texts[broken:-1]).strip("()")
    assert number_of(whole) == pytest.approx(slope, rel=0.005)
    assert texts[1] == "1.0000" and texts[-1] == f"= {1 - lr * slope:.4f}"


@pytest.mark.parametrize("data", ["1,0 2,0 3,0", "0,1 1,0"])
def test_a_flat_line_has_a_plot(data: str) -> None:
    made = SamplePlot(parse_data(data), [0.0], arrangement(TALL).small, THEME, TALL.scale)
    assert made.inner.width > 0 and made.inner.height > 0
    assert made.y.high > made.y.low == 0
    assert made.line.get_bottom()[1] == pytest.approx(made.inner.bottom)
    assert np.isfinite(made.ring.points).all() and len(made.ring.points)


@pytest.mark.parametrize("size", [1e-12, 1e-9, 1e9, 1e12])
def test_powers_of_ten_leave_room_for_a_narrow_plot(size: float) -> None:
    box = arrangement(TALL).small
    plot = Plot(box, Axis(0, 4 * size, "x"), Axis(0, 8 * size, "y"), THEME, TALL.scale)
    assert plot.inner.width > 0.5 * box.width
    for name in plot.names:
        assert box.left - 0.02 < name.get_left()[0] and name.get_right()[0] < box.right + 0.02


@pytest.mark.parametrize("height", [1.0, 1.3, 2.0, 4.0])
@pytest.mark.parametrize(("top", "level"), [(4.7, 1e-6), (1e3, 1e-3), (1e9, 1e-6), (5.0, 1.0)])
def test_decades_do_not_touch(height: float, top: float, level: float) -> None:
    box = arrangement(TALL).hero
    low = box.inset(top=box.height - height)
    names = [Label(text, TALL.scale.label, THEME.ink) for text in ("n", "J")]
    chart = LogChart(low, 100, top, level, names[:1], names[1], THEME, TALL.scale)
    numbers: Any = [row for row in chart.numbers if len(row.points) and row.side is RIGHT]
    assert len(numbers) > 1
    for one, two in pairwise(numbers):
        assert two.get_bottom()[1] > one.get_top()[1]


@pytest.mark.parametrize(
    ("value", "text"), [(172272.5476, "172273"), (68.3807995, "68.3808"), (4.66667, "4.6667")]
)
def test_a_running_number_has_six_digits_at_most(value: float, text: str) -> None:
    assert sized(value, 4) == text


@pytest.mark.parametrize(
    ("value", "places", "text"), [(0.0256, 0, "0.026"), (-0.004, 1, "−0.004"), (0.0, 0, "0")]
)
def test_a_running_number_that_is_not_0_is_not_written_as_0(
    value: float, places: int, text: str
) -> None:
    assert sized(value, places) == text


def test_the_lectures_losses_keep_their_decimals() -> None:
    x, y = LECTURE.x, LECTURE.y
    assert all(len(sized(v, 4).partition(".")[2]) == 4 for v in (x - y) ** 2)

"""The film `compare`: what is written and measured in its chart."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import DL, UR

from scenes import Lesson, Telling
from scenes.films.compare.captions import AXES
from scenes.stage.plots.arrival_mark import place_numbers


def test_the_finish_line_is_the_tolerance(walk: Callable[..., Any]) -> None:
    """The dashed line is at the cost of a point as far from w* as the tolerance."""
    scene = walk("compare", Lesson())
    level = math.log10(scene.curve(2.001))
    assert scene.chart.finish.points[0] == pytest.approx(scene.chart.at(0, level), abs=1e-6)
    for axis in AXES:
        scene.stretch("epochs", axis, 1.0)
        for runner, end in zip(scene.runners, scene.ends.values(), strict=True):
            count = runner.counts[axis][end.updates]
            value = math.log10(scene.curve(float(runner.trace.w[end.updates])))
            place = scene.chart.at(count, value)
            assert runner.mark.dot.get_center() == pytest.approx(place, abs=1e-6)


def test_the_bars_of_a_pair_are_as_long_as_its_counts(walk: Callable[..., Any]) -> None:
    """Also on the way; the longer one of each pair has all the room."""
    bars = walk("compare", Lesson()).bars
    expected = [(71, 23), (71, 69), (213, 69)]
    assert [tuple(figure.text for figure in pair) for pair in bars.numbers] == [
        (str(batch), str(sgd)) for batch, sgd in expected
    ]
    for pair, counts in zip(bars.bars, expected, strict=True):
        for bar, count in zip(pair, counts, strict=True):
            assert bar.width == pytest.approx(bars.length * count / max(counts))
    bars.grow(1.5)  # the second pair is half there, by the larger count
    assert [bar.width / bars.length for bar in bars.bars[1]] == pytest.approx([0.5, 0.5])
    assert [figure.text for figure in bars.numbers[1]] == ["35", "35"]
    assert not any(len(bar.points) for bar in bars.bars[2])


def test_the_bar_of_one_that_does_not_arrive_is_hollow(walk: Callable[..., Any]) -> None:
    """After 40 epochs batch is not there: it needs more than all its counts."""
    bars = walk("compare", Lesson(epochs=40)).bars
    assert [[figure.text for figure in pair] for pair in bars.numbers] == [
        ["> 40", "23"], ["> 40", "69"], ["> 120", "69"]
    ]  # fmt: skip
    for batch, sgd in bars.bars:
        assert batch.get_fill_opacity() == 0 < batch.get_stroke_opacity()
        assert sgd.get_fill_opacity() == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_finish_line_has_its_name_on_it(walk: Callable[..., Any], lang: str) -> None:
    """Above its end, and no curve passes there; on all axes."""
    scene = walk("compare", Lesson(), telling=Telling(lang=lang))
    name, chart = scene.race_chart.condition, scene.chart
    y = chart.at(0.0, math.log10(scene.curve(2.001)))[1]
    assert 0 < name.get_bottom()[1] - y < chart.scale_.label
    for axis, last in scene.lasts.items():
        chart.aim(last)
        for runner in scene.runners:
            places = chart.map(runner.counts[axis], runner.excess)
            below = places[places[:, 0] >= name.get_left()[0]][:, 1] < name.get_bottom()[1]
            assert below.all()


def test_the_numbers_of_two_near_arrivals_are_clear_of_the_curves(
    walk: Callable[..., Any],
) -> None:
    """By updates, 69 at the left of its line and 71 at the right: the curves pass above both."""
    scene = walk("compare", Lesson())
    axis, chart = "updates", scene.chart
    chart.aim(scene.lasts[axis])
    marks = [runner.mark for runner in scene.runners]
    place_numbers(marks, [71.0, 69.0], ["71", "69"])
    for mark in marks:
        mark.number.write(mark.count)
        (left, low), (right, high) = mark.number.get_corner(DL)[:2], mark.number.get_corner(UR)[:2]
        for runner in scene.runners:
            xs, ys, _ = chart.map(runner.counts[axis], runner.excess).T
            over = np.interp(np.linspace(left, right, 9), xs, ys)
            assert (over > high).all()
        assert low > chart.inner.bottom

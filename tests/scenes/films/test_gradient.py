"""The film `gradient`: its slope, derivation and steps compared with gdcore's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import thresholds
from scenes import FILMS, Lesson, Telling
from scenes.films.gradient.derivation import residuals
from scenes.films.gradient.plan import visible_rate
from scenes.films.gradient.step_rows import step_verdict

ENGLISH = Telling(lang="en")
FILM = FILMS["gradient"]
HALF_PIXEL = 0.5 * 8 / 1080


def slope_of(data: Dataset, w: float) -> float:
    """∂J/∂w as gdcore computes it."""
    return float(LeastSquares(data).mean_gradient([w])[0])


def read(text: str) -> float:
    """A number as the film writes it."""
    return float(text.replace("−", "-").strip("()=+ ×"))


@pytest.mark.parametrize("data", [LECTURE, NOISY, parse_data("2,3"), parse_data("random:n=50")])
@pytest.mark.parametrize("w0", [1.0, -3.0, 5.5])
def test_the_slope_is_the_cores(walk: Callable[..., Any], data: Dataset, w0: float) -> None:
    """The same number at the point, in the derivation's result and from its terms."""
    scene = walk("gradient", FILM.lesson(data=data, w0=w0))
    slope = slope_of(data, w0)
    assert scene.slope == pytest.approx(slope, rel=1e-12)
    assert read(scene.slope_text) == pytest.approx(slope, rel=1e-4)
    assert scene.slope_text in scene.named.text
    result = scene.derived[-1].typst_code
    assert scene.slope_text.replace("−", "-") in result
    terms = 2 * residuals(data, w0) * data.x
    assert terms.mean() == pytest.approx(slope, rel=1e-12)
    if 1 < data.n <= 4:
        lines = [line.typst_code for line in scene.derived if "2 r_(" in line.typst_code]
        shown = [float(re.split("= |approx ", line)[-1].rstrip(" $")) for line in lines]
        assert shown == pytest.approx(terms.tolist(), rel=1e-3)


@pytest.mark.parametrize("knobs", [{}, {"w0": 5.0}, {"data": NOISY, "lr": 0.15}, {"lr": 0.01}])
def test_the_update_is_the_traces(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = FILM.lesson(**knobs)
    scene, trace = walk("gradient", lesson), FILM.traces(lesson)["gradient"]
    assert trace.updates == 1
    numbers = [figure.text for figure in scene.panel.numbers]
    assert read(numbers[1]) == pytest.approx(lesson.w0, abs=1e-4)
    assert read(numbers[3]) == pytest.approx(slope_of(lesson.data, lesson.w0), rel=1e-4)
    assert read(numbers[4]) == pytest.approx(trace.w[1], abs=1e-3)
    hill = scene.hill
    expected = hill.plot.at(trace.w[1], trace.cost[1])
    assert np.abs(hill.walker.point.get_center() - expected).max() < HALF_PIXEL


def test_steps_end_where_the_rates_say(walk: Callable[..., Any]) -> None:
    """1/L leads to the minimum, 2/L to the twin; the twin's slope is the opposite one."""
    scene = walk("gradient", FILM.lesson(w0=5.0, data=NOISY))
    hill, limits = scene.hill, thresholds(LeastSquares(NOISY))
    assert hill.slope_at(hill.there) == pytest.approx(-hill.slope_at(hill.here))
    for rate, w in ((limits.no_overshoot, hill.curve.minimiser), (limits.divergence, hill.there)):
        hill.step(hill.walker, hill.here, rate)
        tip = hill.walker.head.points[0]
        assert np.abs(tip - hill.plot.at(w, hill.curve(hill.here))).max() < HALF_PIXEL


@given(st.floats(1e-30, 1e30))
def test_the_films_own_rate_can_be_seen_and_doubled(curvature: float) -> None:
    assert 0.2 * (1 - 1e-9) <= visible_rate(curvature) * curvature <= 0.5 * (1 + 1e-9)


def test_the_films_own_rate_suits_the_data() -> None:
    assert FILM.lesson().lr == 0.05
    assert FILM.lesson(data=parse_data("150,410 320,905")).lr < 1e-4
    assert FILM.lesson(lr=0.3).lr == 0.3


@pytest.mark.parametrize("lr", [1e-5, 0.01, 0.05, 0.1, 3 / 28, 0.12, 0.2, 6 / 28, 0.25, 1e3])
def test_the_verdict_is_what_the_update_does(lr: float) -> None:
    """Before, at or past the minimum; with a lower, an equal or a higher cost."""
    trace = FILM.traces(Lesson(lr=lr))["gradient"]
    limits = thresholds(LeastSquares(LECTURE))
    key, numbers = step_verdict(lr, limits.no_overshoot, limits.divergence)
    before, after = trace.cost[:2].tolist()
    left, cost = 2 - float(trace.w[1]), after - before
    done = {
        "step-short": left > 1e-9 and cost < 0,
        "step-onto": abs(left) < 1e-9,
        "step-past": left < -1e-9 and cost < -1e-9,
        "step-across": abs(cost) < 1e-9,
        "step-away": cost > 1e-9,
    }
    assert done[key]
    if key == "step-short":
        assert read(numbers["share"].partition("×")[0]) > 0
        assert float(trace.w[1]) - 1 == pytest.approx(lr * 28 / 3)


@pytest.mark.parametrize(("w0", "way"), [(1.0, "right"), (3.0, "left"), (2.0, "0")])
def test_the_way_is_downhill(walk: Callable[..., Any], w0: float, way: str) -> None:
    scene = walk("gradient", FILM.lesson(w0=w0), telling=ENGLISH)
    captions = [words for _, words in scene.subtitles]
    assert way in captions[1]
    assert ("stays" in captions[-1]) == (way == "0")
    if way == "0":
        assert len(scene.hill.way.points) == 0 and scene.slope_text == "0"
        center = scene.hill.walker.point.get_center()
        assert np.abs(center - scene.hill.plot.at(2.0, 0.0)).max() < HALF_PIXEL

"""The film `gradient`: its slope, derivation and steps compared with gdcore's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import thresholds
from scenes import FILMS, Lesson, Telling
from scenes.catalogue.minimum import residuals
from scenes.films.gradient.plan import visible_rate
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["gradient"]
said = FILM.captions.said
HALF_PIXEL = 0.5 * 8 / 1080


def slope_of(data: Dataset, w: float) -> float:
    """∂J/∂w as gdcore computes it."""
    return float(LeastSquares(data).mean_gradient([w])[0])


def read(text: str) -> float:
    """A number in a formula."""
    return value(text.strip("()=+ ×"))


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
    # What stays: the ring where it stood, and the path from there.
    start = hill.plot.at(lesson.w0, trace.cost[0])
    assert np.abs(scene.measure.start.get_center() - start).max() < HALF_PIXEL
    ends = sorted((scene.measure.path.points[[0, -1]]).tolist())
    assert np.allclose(ends, sorted([start.tolist(), expected.tolist()]), atol=HALF_PIXEL)
    share = (trace.w[1] - lesson.w0) / (hill.curve.minimiser - lesson.w0)
    assert read(scene.measure.label[0].text.partition("%")[0].split()[-1]) == pytest.approx(
        100 * share, rel=6e-3
    )


@pytest.mark.parametrize("knobs", [{}, {"w0": 5.0}, {"data": NOISY, "w0": -1.0}])
def test_the_fog_hides_what_was_not_near(watch: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """At first the curve is seen near w alone, and w* is not; at the end there is no fog."""
    lesson, seen = FILM.lesson(**knobs), []

    def look(scene: Any, seconds: float) -> None:
        hill = scene.hill
        curve = hill.fog.seen.points
        span = [
            (end[0] - hill.plot.inner.left) / hill.plot.inner.width for end in (curve[0], curve[-1])
        ]
        seen.append((seconds, span, hill.goal.submobjects[0].get_stroke_opacity()))
        at = (lesson.w0 - hill.plot.x.low) / (hill.plot.x.high - hill.plot.x.low)
        if seconds < 6:
            assert max(abs(end - at) for end in span) < 0.2 and seen[-1][2] == 0, seconds

    watch("gradient", lesson, look, telling=ENGLISH)
    ranges = [span[1] - span[0] for _, span, _ in seen]
    assert ranges[0] < 0.35 and ranges[-1] > 0.85 and seen[-1][2] == 1
    # The slope is asked for, and answered, before anybody sees the minimum.
    first = next(seconds for seconds, _, opacity in seen if opacity > 0)
    assert first > 30


def test_steps_end_where_the_rates_say(walk: Callable[..., Any]) -> None:
    """1/L leads to the minimum, 2/L to the twin; the twin's slope is the opposite one."""
    scene = walk("gradient", FILM.lesson(w0=5.0, data=NOISY))
    hill, limits = scene.hill, thresholds(LeastSquares(NOISY))
    assert hill.slope_at(hill.there) == pytest.approx(-hill.slope_at(hill.here))
    for rate, w in ((limits.no_overshoot, hill.curve.minimiser), (limits.divergence, hill.there)):
        hill.step(hill.walker, hill.here, rate)
        tip = hill.walker.head.points[0]
        assert np.abs(tip - hill.plot.at(w, hill.curve(hill.here))).max() < HALF_PIXEL
    ring, level = scene.marks.across, hill.curve(hill.there)  # on the curve, at the arrow's height
    assert np.abs(ring.get_center() - hill.plot.at(hill.there, hill.curve(hill.here))).max() < 1e-6
    assert level == pytest.approx(hill.curve(hill.here))
    assert np.ptp(scene.marks.onto.points[:, 0]) < 1e-9
    assert scene.marks.onto.points[-1] == pytest.approx(hill.plot.at(hill.curve.minimiser, level))


@pytest.mark.parametrize(("data", "aspect"), [(LECTURE, "16:9"), (NOISY, "9:16")])
def test_each_term_lights_its_point(watch: Callable[..., Any], data: Dataset, aspect: str) -> None:
    """In the order of the lines; a residual reaches from the sample to w·x."""
    lit: list[int] = []

    def look(scene: Any, seconds: float) -> None:
        if not hasattr(scene, "samples") or seconds > 20:
            return
        plot, w = scene.samples.plot, scene.lesson.w0
        on = [i for i, ring in enumerate(plot.rings) if len(ring.points)]
        assert len(on) <= 1
        if on and on[0] not in lit:
            lit.append(on[0])
        for i in on:
            sample = plot.at(data.x[i], data.y[i])
            assert plot.rings[i].get_center() == pytest.approx(sample, abs=1e-6)
            shaft, head = plot.arrows[2 * i], plot.arrows[2 * i + 1]
            assert shaft.points[0] == pytest.approx(sample, abs=1e-6)
            assert head.points[0] == pytest.approx(plot.at(data.x[i], w * data.x[i]), abs=1e-6)

    watch("gradient", FILM.lesson(data=data), look, aspect, telling=ENGLISH)
    assert lit == [0, 1, 2]


@given(st.floats(1e-30, 1e30))
def test_the_films_own_rate_can_be_seen_and_doubled(curvature: float) -> None:
    assert 0.2 * (1 - 1e-9) <= visible_rate(curvature) * curvature <= 0.5 * (1 + 1e-9)


def test_the_films_own_rate_suits_the_data() -> None:
    assert FILM.lesson().lr == 0.05
    assert FILM.lesson(data=parse_data("150,410 320,905")).lr < 1e-4
    assert FILM.lesson(lr=0.3).lr == 0.3


STEPS = [
    ("lecture", 1.0, 1e-5, "step-small"),
    ("lecture", 1.0, 0.005, "step-small"),  # 4.7 % of the way
    ("lecture", 1.0, 0.01, "step-short"),
    ("lecture", 1.0, 0.10714, "step-short"),
    ("lecture", -3.0, 3 / 28, "step-onto"),
    ("lecture", 1.0, 0.10715, "step-past"),
    ("lecture", 1.0, 0.21428, "step-past"),
    ("lecture", 5.0, 6 / 28, "step-across"),
    ("lecture", 1.0, 0.21429, "step-away"),
    ("lecture", 1.0, 1e3, "step-away"),
    ("1e9,1 2e9,2 3e9,3", 1.0, 1.5e-19, "step-past"),
    ("1e-9,3 2e-9,5", 1.0, 1e15, "step-small"),
    ("65,130 66,133 64,127", 0.0, 3e-4, "step-away"),
    ("1,0 2,0", 0.5, 0.3, "step-past"),
    ("1,0 2,0", 0.0, 0.3, "step-rest"),
    ("0.1,0.3 0.7,2.1", 3.0, 5.0, "step-rest"),  # w* is 3 but for rounding
    ("1e9,1 2e9,2", 0.0, 1e-19, "step-short"),  # w* = 1e-9 is not 0
]


@pytest.mark.parametrize(("spec", "w0", "lr", "key"), STEPS)
def test_the_step_is_what_exact_arithmetic_finds(spec: str, w0: float, lr: float, key: str) -> None:
    """One update with fractions: where it ends, its share of the way, and the cost there."""
    lesson = FILM.lesson(data=parse_data(spec), w0=w0, lr=lr)
    found, numbers = said(lesson)["step"]
    assert found == key
    pairs = [(Fraction(a), Fraction(b)) for a, b in zip(*map(list, columns(lesson)), strict=True)]
    size = sum(x * x for x, _ in pairs)
    goal, start = sum(x * y for x, y in pairs) / size, Fraction(w0)
    end = start - Fraction(lr) * 2 * size * (start - goal) / len(pairs)
    share, rise = (end - start) / (goal - start or 1), abs(end - goal) - abs(start - goal)
    tiny = Fraction(1, 10**9)
    done = {
        "step-small": 0 < share < Fraction(1, 20),
        "step-short": Fraction(1, 20) <= share < 1,
        "step-onto": abs(share - 1) < tiny,
        "step-past": share > 1 and rise < 0,
        "step-across": abs(share - 2) < tiny,
        "step-away": rise > 0,
        "step-rest": abs(start - goal) <= tiny * abs(goal),
    }
    assert done[key]
    if key not in ("step-onto", "step-across", "step-rest"):  # these hold up to rounding
        assert [each for each, holds in done.items() if holds] == [key]
    if "share" in numbers:
        assert read(numbers["share"]) == pytest.approx(100 * float(share), rel=0.05)
    if key in ("step-small", "step-away"):  # the rate that is named comes near the minimum
        good = Fraction(read(numbers["good"])) * 2 * size / len(pairs)
        assert 0.9 < good < 1 + tiny


def columns(lesson: Lesson) -> tuple[list[float], list[float]]:
    """x and y as plain floats."""
    return lesson.data.x.tolist(), lesson.data.y.tolist()


@pytest.mark.parametrize("lr", [0.10714, 0.107142857, 0.10714285714])
def test_a_rate_near_the_limit_is_not_written_like_it(lr: float) -> None:
    numbers = said(FILM.lesson(lr=lr))["step"][1]
    assert numbers["lr"] != numbers["onto"] and numbers["share"] != "100"
    assert read(numbers["lr"]) < read(numbers["onto"]) and read(numbers["share"]) < 100


@pytest.mark.parametrize(
    ("spec", "w0", "way", "numbers"),
    [
        ("lecture", 1.0, "down-right", "numbers"),
        ("lecture", 2.0000001, "down-left", "numbers"),
        ("2,3", 1.5, "down-stay", "numbers-n"),
        ("2,3", 1e9, "down-left", "numbers-n"),
        ("random:n=5", 1.0, "down-right", "numbers-n"),
        ("1,-2 2,-4", 0.0, "down-left", "numbers"),
        ("1e9,1 2e9,2", 0.0, "down-right", "numbers"),
    ],
)
def test_the_way_and_the_terms(spec: str, w0: float, way: str, numbers: str) -> None:
    lesson = FILM.lesson(data=parse_data(spec), w0=w0)
    captions = said(lesson)
    assert (captions["way"][0], captions["numbers"][0]) == (way, numbers)
    slope = slope_of(lesson.data, w0)
    assert {"down-right": slope < 0, "down-left": slope > 0, "down-stay": slope == 0}[way]
    text = captions["same"][1]["slope"]
    assert read(text) == pytest.approx(slope, rel=6e-3) and (read(text) == 0) == (slope == 0)


@pytest.mark.parametrize("knobs", [{}, {"w0": 2.0}, {"lr": 0.3}, {"lr": 1e-4}])
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """Also on the panel: 1/L is a limit, not a value of α."""
    lesson = FILM.lesson(**knobs)
    scene = walk("gradient", lesson, telling=ENGLISH)
    expected = [scene.text(key, **numbers) for key, numbers in said(lesson).values()]
    assert [words for _, words in scene.subtitles] == expected
    assert [line.typst_code.strip("$ ") for line in scene.panel.limits] == [
        "1 slash L = 0.1071",
        "2 slash L = 0.2143",
    ]


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

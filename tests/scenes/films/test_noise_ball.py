"""The film noise-ball: its clouds, bands and histograms agree with the traces and with theory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, DataError, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import stationary_spread
from scenes import FILMS, Telling
from scenes.catalogue.noisy import steady_rate
from scenes.films.noise_ball.plan import SHARES
from scenes.stage.noise.spreads import Settling
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["noise-ball"]
said = FILM.captions.said
PIXEL = 8 / 1080


@pytest.fixture(scope="module")
def scene(walk: Callable[..., Any]) -> Any:
    return walk("noise-ball", FILM.lesson(), telling=ENGLISH)


def to_w(strip: Any, points: np.ndarray) -> np.ndarray:
    """The w of points of the frame."""
    plot = strip.plot
    share = (points[:, 1] - plot.inner.bottom) / plot.inner.height
    return plot.y.low + share * (plot.y.high - plot.y.low)


@pytest.mark.parametrize("name", SHARES)
def test_the_band_is_the_exact_one(scene: Any, name: str) -> None:
    strip, walk = scene.strips[name], scene.walks[name]
    mean, std = stationary_spread(LeastSquares(NOISY), walk.trace.lr)
    edges = to_w(strip, strip.edges.points)
    assert edges.min() == pytest.approx(mean - std, rel=1e-6)
    assert edges.max() == pytest.approx(mean + std, rel=1e-6)
    _, exact, measured = (row.text for row in scene.said[name])
    assert exact == f"σ = {std:.3g}"
    settled = walk.trace.w[walk.settled :]
    assert measured == f"measured {settled.std():.3g}"
    assert settled.std() == pytest.approx(std, rel=0.1)


@pytest.mark.parametrize("name", SHARES)
def test_the_histograms_area_is_the_number_of_visits(scene: Any, name: str) -> None:
    """All histograms share one scale: the lengths of the bars add up to all visits shown."""
    strip, walk = scene.strips[name], scene.walks[name]
    bars = strip.histogram.points.reshape(-1, 16, 3)
    lengths = np.ptp(bars[:, :, 0], axis=1)
    full = 0.88 * (strip.right - strip.end) / scene.peak
    low, high = scene.facts.span
    seen = walk.trace.w[walk.settled :]
    inside = np.mean((seen >= low) & (seen < high))
    assert lengths.sum() / full == pytest.approx(inside, rel=1e-6)
    assert bars[:, :, 0].min() >= strip.end and bars[:, :, 0].max() <= strip.right + 1e-6


def test_the_strips_stand_beside_each_other(scene: Any) -> None:
    """At three rates, in equal widths, from the axis to the right edge of the chart."""
    edges = [(scene.strips[name].left, scene.strips[name].right) for name in SHARES]
    assert all(one[1] < other[0] for one, other in pairwise(edges))
    assert np.ptp([right - left for left, right in edges]) < 1e-9
    inner = scene.chart.inner
    assert (edges[0][0], edges[-1][1]) == pytest.approx((inner.left, inner.right))


def test_about_two_thirds_lie_in_the_band_as_is_said_in_short() -> None:
    """Of the film as it is: the summary of the catalogue states it for that."""
    numbers = said(FILM.lesson())["filled"][1]
    assert abs(value(numbers["share"]) / 100 - 2 / 3) < 0.05


def test_the_axis_turns_with_its_numbers_and_the_point(scene: Any) -> None:
    """At any moment each number, and the point, has its share of the axis."""
    turning = scene.turning
    for amount in (0.0, 0.3, 0.7, 1.0):
        turning.turn(amount, 2.0)
        foot, tip = turning.line.points[0], turning.line.points[-1]
        begin, end = turning._begin.x, turning._end.y
        low = begin.low + amount * (end.low - begin.low)
        high = begin.high + amount * (end.high - begin.high)
        at = foot + (tip - foot) * (2.0 - low) / (high - low)
        place = turning.point.get_center()
        assert place == pytest.approx(at, abs=1e-9)
        shown = [figure for figure in turning._figures.values() if len(figure.points)]
        assert len(shown) > 1
    assert (foot[0], tip[0]) == pytest.approx((scene.chart.inner.left,) * 2)
    assert (foot[1], tip[1]) == pytest.approx((scene.chart.inner.bottom, scene.chart.inner.top))


@pytest.mark.parametrize("name", ["half", "quarter", "decaying"])
def test_dots_arrive_where_the_trace_says(scene: Any, name: str) -> None:
    """The strip that carried them shows the other rate's own places in the end."""
    strip, walk = scene.strips[name], scene.walks[name]
    assert np.array_equal(strip.w, walk.trace.w)


def test_the_captions_numbers_are_the_theorys(scene: Any) -> None:
    captions = " ".join(words for _, words in scene.subtitles)
    stds = [stationary_spread(LeastSquares(NOISY), share * 0.04).std for share in SHARES.values()]
    ratios = [stds[1] / stds[0], stds[2] / stds[1]]
    assert all(f"× {ratio:.3g}" in captions for ratio in ratios)
    assert f"{scene.main.measured:.3g}" in captions and "2.0286" in captions
    falling = scene.walks["decaying"]
    assert f"{falling.band[1][-1]:.3g}" in captions


FAR = parse_data("65,130 66,133 64,127 65,131")
CASES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {"start": "added-at-minimum", "band": "band", "filled": "measured", "closes": "closes"}),
    ({"data": NOISY, "w0": 1.0}, {"start": "start", "filled": "measured", "closes": "closes"}),
    ({"lr": 0.3}, {"band": "band-none", "law": "law-limit", "closes": "closes-fast"}),
    ({"lr": 5.0}, {"band": "band-none", "filled": "outside", "closes": "lost"}),
    ({"lr": 0.15, "epochs": 1}, {"band": "band-none", "filled": "updates"}),
    ({"lr": 1.0}, {"band": "band-none", "closes": "closes-fast"}),
    ({"lr": 0.12}, {"band": "band", "law": "law", "closes": "closes"}),
    ({"lr": 1e-5, "w0": 1.0}, {"filled": "too-slow", "closes": "open-slow"}),
    ({"epochs": 1}, {"filled": "too-few", "closes": "open"}),
    ({"epochs": 1, "lr": 1e-5}, {"filled": "too-few", "closes": "open"}),  # 0.04 would not do
    ({"data": FAR}, {"start": "start-at-minimum", "filled": "measured"}),
    ({"data": parse_data("0,1 1,2 2,4.5")}, {"minima": "minima-range"}),
    ({"data": parse_data("random:n=500")}, {"band": "band", "filled": "measured"}),
    ({"data": parse_data("1e9,1 2e9,2.5 3e9,3.1")}, {"filled": "measured", "closes": "closes"}),
    ({"data": parse_data("1e-9,0.1 2e-9,0.25 3e-9,0.3")}, {"filled": "measured"}),
]  # fmt: skip


@pytest.mark.parametrize(("knobs", "expected"), CASES, ids=str)
def test_captions_are_what_moments_and_traces_say(
    knobs: dict[str, Any], expected: dict[str, str]
) -> None:
    """The exact spread again, from E[w] and E[w²] under w ← a·w + b; the rest from the traces."""
    lesson = FILM.lesson(**knobs)
    FILM.check(lesson)
    captions, traces = said(lesson), FILM.traces(lesson)
    assert {beat: captions[beat][0] for beat in expected} == expected
    full = traces["full"]
    std = deviation(full)
    assert (captions["band"][0] == "band-none") == (not np.isfinite(std))
    goal = float(full.objective.data.x @ full.objective.data.y) / float(
        full.objective.data.x @ full.objective.data.x
    )
    if captions["filled"][0] == "measured":
        numbers = captions["filled"][1]
        late = full.w[len(full.w) - numbers["count"] :]
        assert value(numbers["measured"]) == pytest.approx(late.std(), rel=6e-3)
        assert value(numbers["std"]) == pytest.approx(std, rel=6e-3)
        share = np.mean(np.abs(late - goal) <= std)
        assert value(numbers["share"]) == pytest.approx(100 * share, abs=0.51)
        assert 0.4 < share < 0.95, "the band holds most visits, not all"
    if captions["law"][0] == "law":
        half = deviation(traces["half"])
        assert value(captions["law"][1]["half"]) == pytest.approx(half / std, rel=6e-3)
        assert half / std < 0.5**0.5
    key, numbers = captions["closes"]
    end = traces["decaying"]
    if key in ("closes", "closes-fast"):
        assert value(numbers["std"]) < deviation(traces["quarter"]) / 2
    if key == "lost":
        assert np.abs(end.w).max() > 1e100
    else:
        assert value(numbers["w"]) == pytest.approx(float(end.w[-1]), rel=6e-5)
    if "good" in numbers and key not in ("closes", "open"):  # the rate named does what is said
        better = FILM.traces(replace(lesson, lr=value(numbers["good"])))
        late = better["full"].w[better["full"].updates // 2 :]
        assert late.std() == pytest.approx(deviation(better["full"]), rel=0.2)


def deviation(trace: Any) -> float:
    """The stationary deviation at the trace's rate, inf if there is none."""
    x, y = trace.objective.data.x, trace.objective.data.y
    a, b = 1 - 2 * trace.lr * x * x, 2 * trace.lr * x * y
    if np.mean(a * a) >= 1:
        return float("inf")
    mean = np.mean(b) / (1 - np.mean(a))
    square = (np.mean(b * b) + 2 * mean * np.mean(a * b)) / (1 - np.mean(a * a))
    return float(np.sqrt(square - mean * mean))


def test_the_start_is_told_apart_from_the_minimum() -> None:
    numbers = said(FILM.lesson(data=NOISY, w0=2.02857))["start"][1]
    assert numbers["w"] != numbers["goal"]
    assert value(numbers["w"]) == 2.02857 and value(numbers["goal"]) == pytest.approx(142 / 70)


@pytest.mark.parametrize("knobs", [{}, {"lr": 0.3}, {"lr": 1e-5, "w0": 1.0}, {"epochs": 1}])
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = FILM.lesson(**knobs)
    scene = walk("noise-ball", lesson, telling=ENGLISH)
    expected = [scene.text(key, **numbers) for key, numbers in said(lesson).values()]
    assert [words for _, words in scene.subtitles] == expected


@pytest.mark.parametrize("knobs", [{}, {"lr": 0.3}, {"lr": 0.15}], ids=str)
def test_visits_outside_a_chart_are_marked_at_its_ends(
    walk: Callable[..., Any], knobs: dict[str, Any]
) -> None:
    """Without a band each visit above or below the chart is covered by a stroke at that end."""
    scene = walk("noise-ball", FILM.lesson(**knobs), telling=ENGLISH)
    span = scene.facts.span
    for name, strip in scene.strips.items():
        w = strip.w
        strip.reach(len(w) - 1.0)
        strokes = np.concatenate([part.points for part in strip.outside])
        seen = to_w(strip, strokes) > sum(span) / 2
        half = strip.outside._side / 2 + 1e-9
        for upper, end in ((False, span[0]), (True, span[1])):
            away = np.flatnonzero(w > end if upper else w < end)
            if not np.isfinite(deviation(scene.walks[name].trace)):
                marks = strokes[seen == upper]
                height = strip.plot.inner.top if upper else strip.plot.inner.bottom
                assert bool(len(marks)) == bool(len(away))
                assert np.abs(marks[:, 1] - height).max(initial=0.0) <= half
                places = strip.across(away.astype(float))
                gaps = [np.abs(marks[:, 0] - x).min() for x in places[::50]]
                assert max(gaps, default=0.0) <= 2 * half
            else:
                assert not len(strokes), "with a band the chart is as wide as it should be"


@pytest.mark.parametrize("spec", ["2,3", "0,0 1,2", "1,0 2,0", "0,1 1,2 2,4"])
def test_data_without_noise_are_refused_with_the_reason(spec: str) -> None:
    """Never the lecture's data in their place."""
    data = parse_data(spec)
    with pytest.raises(DataError, match="no noise"):
        FILM.check(FILM.lesson(data=data))


def test_noise_is_added_to_exact_data_and_the_film_says_so() -> None:
    lesson = FILM.lesson(data=parse_data("1,3 2,6 4,12"))
    shown = FILM.traces(lesson)["full"].objective.data
    change = np.abs(shown.y / lesson.data.y - 1)
    assert np.array_equal(shown.x, lesson.data.x) and change.max() == pytest.approx(0.15)
    assert "added" in said(lesson)["start"][0]


@pytest.mark.parametrize("spec", ["lecture", "random:n=50", "1e6,1 2e6,5", "1,2 1,3"])
def test_the_own_rate_leaves_a_band(spec: str) -> None:
    data = parse_data(spec)
    lesson = FILM.lesson(data=data)
    FILM.check(lesson)
    walk = Settling(FILM.traces(lesson)["full"])
    assert np.isfinite(walk.final.std) and walk.measured is not None
    assert lesson.lr == steady_rate(walk.objective.data)

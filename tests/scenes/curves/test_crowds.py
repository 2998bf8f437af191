"""Many samples: bands from all of them, and their names."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gdcore.data import Dataset, parse_data
from scenes import FILMS, Lesson, Telling
from scenes.catalogue.theme import THEMES
from scenes.locales import texts
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.plots.samples import SamplePlot

pytestmark = pytest.mark.slow

THEME, WIDE, WORDS = THEMES["dark"], layout(128 / 9, 8.0), texts("en")
STAGE = arrangement(WIDE).hero
SGD, PLANE = FILMS["sgd"], FILMS["plane"]


def outlier() -> str:
    """Eighty samples near y = 2x, and one far from them in the middle of the list."""
    rows = [f"{1 + k / 40:g},{2 + k / 20:g}" for k in range(80)]
    return " ".join([*rows[:41], "2.5,-9", *rows[41:]])


CROWDS = {
    "fifty": "random:n=50",
    "two-hundred": "random:n=200",
    "five-hundred": "random:n=500",
    "outlier": outlier(),
    "duplicates": " ".join(["1,2 2,3"] * 20),
    "one-x": " ".join(f"2,{1 + k / 10:g}" for k in range(30)),
    "far-from-0": " ".join(f"{62 + k / 5:g},{100 + k * k % 17}" for k in range(31)),
}


def field(data: Dataset) -> Parabolas:
    """The film's parabolas, with a rate that is small enough for the data."""
    rate = 0.05 / float(np.max(data.x**2))
    trace = SGD.traces(SGD.lesson(data=data, lr=rate, epochs=2))["sgd"]
    return Parabolas(trace, STAGE, THEME, WIDE.scale, WORDS)


def quantile(values: list[float], share: float) -> float:
    """The usual quantile, by its definition: linear between two sorted values."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def heights_at(part: Any, x: float) -> np.ndarray:
    """The heights of a shape's corners at ``x`` in the frame."""
    corners = part.points[::4]
    return corners[np.abs(corners[:, 0] - x) < 1e-9][:, 1]


@pytest.mark.parametrize("spec", CROWDS.values(), ids=CROWDS)
def test_the_bands_are_those_of_all_parabolas(spec: str) -> None:
    data = parse_data(spec)
    made = field(data)
    plot = made.plot
    for column in np.linspace(0, len(made.bands.xs) - 1, 7).astype(int):
        w = float(made.bands.xs[column])
        losses = [(w * x - y) ** 2 for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True)]
        expected = [min(losses), quantile(losses, 0.25), quantile(losses, 0.75), max(losses)]
        scale = max(losses)
        assert made.bands.edges[:, column] == pytest.approx(expected, rel=1e-9, abs=1e-9 * scale)
        seen = [float(plot.at(w, min(max(e, plot.y.low), plot.y.high))[1]) for e in expected]
        at = float(plot.at(w, plot.y.low)[0])
        for fill, (low, high) in zip(made.bands, ((0, 3), (1, 2)), strict=False):
            drawn = heights_at(fill, at)
            assert drawn.min() == pytest.approx(seen[low], abs=1e-6)
            assert drawn.max() == pytest.approx(seen[high], abs=1e-6)
    steps = np.diff(plot.map(made.bands.xs, 0 * made.bands.xs)[:, 0])
    assert steps.max() < 8.0 / 720, "coarser than the pixels of 720p"


def test_the_bands_open_from_the_cost() -> None:
    made = field(parse_data("random:n=200"))
    plot, at = made.plot, len(made.bands.xs) // 3
    w, x = float(made.bands.xs[at]), float(plot.map(made.bands.xs, 0 * made.bands.xs)[at, 0])
    for amount in (0.0, 0.3, 1.0):
        made.open(amount)
        drawn = heights_at(made.bands[1], x)
        ends = [made.cost(w) + amount * (made.bands.edges[i, at] - made.cost(w)) for i in (1, 2)]
        assert drawn.min() == pytest.approx(plot.at(w, ends[0])[1], abs=1e-6)
        assert drawn.max() == pytest.approx(plot.at(w, ends[1])[1], abs=1e-6)


def test_the_lit_parabola_is_that_of_the_updates_sample() -> None:
    data = parse_data("random:n=200")
    made = field(data)
    inner, ax, ay = made.plot.inner, made.plot.x, made.plot.y
    for k in (0, 7, 123, 399):
        made.light(k)
        i = int(made.trace.samples[k, 0])
        ends = made.active.points[[0, -1]]
        ws = ax.low + (ends[:, 0] - inner.left) / inner.width * (ax.high - ax.low)
        losses = ay.low + (ends[:, 1] - inner.bottom) / inner.height * (ay.high - ay.low)
        assert losses == pytest.approx((ws * data.x[i] - data.y[i]) ** 2, abs=1e-6)
        assert made.active.get_color().to_hex().lower() == THEME.sample(i).lower()


def test_few_samples_keep_their_own_parabolas() -> None:
    made = field(parse_data("1,2 2,3.5 3,6 4,9"))
    assert not made.crowd and len(made.lines) == len(made.losses) == len(made.dots) == 4


def test_the_bands_have_names_above_the_plot() -> None:
    made = field(parse_data("random:n=50"))
    named = made.names[0]
    assert [entry[1].text for entry in named] == ["all samples", "middle half"]
    inner = made.plot.inner
    assert inner.left < named.get_left()[0] and named.get_right()[0] < inner.right
    assert inner.top < named.get_bottom()[1] and named.get_top()[1] < STAGE.top


def test_the_bands_of_valleys_are_those_of_all_samples() -> None:
    data = parse_data("random:n=200")
    made = PlaneMap(
        list(PLANE.traces(PLANE.lesson(data=data)).values()),
        STAGE,
        THEME,
        WIDE.scale,
    )
    bands = made.valleys.crowd[0]
    for column in (0, 211, len(bands.xs) - 1):
        w = float(bands.xs[column])
        levels = [y - w * x for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True)]
        expected = [quantile(levels, share) for share in (0.0, 0.25, 0.75, 1.0)]
        assert bands.edges[:, column] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("n", [1, 3, 50, 200, 500])
def test_dots_do_not_make_a_slab(n: int) -> None:
    data = parse_data("2,3" if n == 1 else f"random:n={n}")
    made = SamplePlot(data, [1.0, 2.0], STAGE, THEME, WIDE.scale)
    radii = [dot.width / 2 for dot in made.dots]
    inner = made.inner
    assert len(radii) == n
    assert n * math.pi * max(radii) ** 2 < 0.1 * inner.width * inner.height
    assert min(radii) >= 0.0299


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_bluer_is_lower(theme: str, shoot: Callable[..., Any]) -> None:
    """As the captions of the maps say: in the picture, whatever the page."""
    found = {}
    lesson = Lesson(w0=-1.0, b0=4.0, lr=0.05)
    scene, tray = shoot(
        "plane", lesson, [90], short=360, quick=True, telling=Telling(lang="en", theme=theme)
    )
    scene.field.look(scene.field.whole)  # as it was before the close views
    frame, plot = tray.frames[90].astype(float), scene.field.plot
    page = np.array([int(scene.theme.background[i : i + 2], 16) for i in (1, 3, 5)])
    through = 1 - frame[..., 3:] / 255  # colours are stored times their opacity
    colors = frame[..., :3] + page * through
    height, width = colors.shape[:2]
    inner = plot.inner
    for x in np.linspace(inner.left + 0.2, inner.right - 0.2, 90):
        for y in np.linspace(inner.bottom + 0.2, inner.top - 0.2, 60):
            w = plot.x.low + (x - inner.left) / inner.width * (plot.x.high - plot.x.low)
            b = plot.y.low + (y - inner.bottom) / inner.height * (plot.y.high - plot.y.low)
            cost = float(np.mean((w * lesson.data.x + b - lesson.data.y) ** 2))
            band = int(np.searchsorted(plot.levels, cost))
            at = colors[int((4 - y) / 8 * height), int((x / 8 + width / height / 2) * height)]
            found.setdefault(band, []).append(at)
    blue = [float(np.median([c[2] - c[0] for c in found[band]])) for band in sorted(found)]
    assert len(blue) > 8 and blue[0] > blue[-1] + 20
    assert all(lower > higher for lower, higher in pairwise(blue)), blue


TALL = layout(4.5, 8.0)


@pytest.mark.parametrize("frame", [WIDE, TALL], ids=["wide", "tall"])
def test_the_bands_names_stand_beside_that_of_the_axis(frame: Any) -> None:
    trace = SGD.traces(SGD.lesson(data=parse_data("random:n=60")))["sgd"]
    shown = Parabolas(trace, arrangement(frame).hero, THEME, frame.scale, WORDS)
    names, inner = shown.names[0], shown.plot.inner
    assert names.get_bottom()[1] > inner.top
    assert names.get_left()[0] > shown.plot.y_name.get_right()[0]
    assert names.get_right()[0] <= inner.right


@pytest.mark.parametrize("frame", [WIDE, TALL], ids=["wide", "tall"])
def test_no_hop_crosses_the_name_of_a_curve(frame: Any) -> None:
    trace = SGD.traces(SGD.lesson())["sgd"]
    shown = Parabolas(trace, arrangement(frame).hero, THEME, frame.scale, WORDS)
    assert len(shown.names) == 4
    for w in trace.w[:3]:
        x = shown.plot.at(float(w), 0.0)[0]
        assert all(x < name.get_left()[0] or x > name.get_right()[0] for name in shown.names)

"""The film on momentum: arrows, strip, plane and paths equal the numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import ManimColor

from gdcore.studies.momentum import largest_stable_rate
from scenes import FILMS
from scenes.films.momentum.cost_chart import CostChart
from scenes.films.momentum.facts import changes
from scenes.films.momentum.radius_plane import LEVELS, RadiusPlane, best_share
from scenes.films.momentum.ravine_map import MapPath, RavineMap
from scenes.locales import filled, texts
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import Box, layout
from scenes.stage.page.wording import paragraph
from tests.claims.ravine import Walk, again, corpus, radius

FILM = FILMS["momentum"]
SIZES = {"16:9": (128 / 9, 8), "4:3": (32 / 3, 8), "1:1": (8, 8), "9:16": (8, 128 / 9)}


def area(box: Box) -> float:
    return box.width * box.height


@pytest.mark.parametrize("aspect", SIZES)
def test_the_subject_has_most_of_the_frame(aspect: str) -> None:
    width, height = SIZES[aspect]
    places = arrangement(layout(width, height))
    hero = places.hero
    if aspect in ("16:9", "4:3"):
        assert area(hero) > 0.45 * width * height
    else:
        assert 0.7 * hero.width <= hero.height <= 1.1 * hero.width
    assert not hero.meets(places.side)
    assert not any(places.small.meets(each) for each in (hero, places.notes))


def test_boxes_between_two() -> None:
    one, other = Box(0, 0, 2, 4), Box(10, -8, 11, 0)
    assert one.towards(other, 0.0) == one and one.towards(other, 1.0) == other
    assert one.towards(other, 0.5) == Box(5, -4, 6.5, 2)


def test_changes_of_sign() -> None:
    assert changes(np.array([1.0, -1.0, 0.0, -2.0, 0.0, 3.0])) == 2
    assert changes(np.zeros(3)) == 0


@pytest.mark.parametrize("rate", np.linspace(0.002, 0.158, 14))
def test_the_best_share_has_the_least_radius(rate: float) -> None:
    """Against the eigenvalues at all shares of a fine grid."""
    share = float(best_share(np.array([rate]))[0])
    others = np.linspace(0, 0.999, 400)
    assert radius(rate, share) <= min(radius(rate, other) for other in others) + 1e-6
    assert abs(others[np.argmin([radius(rate, other) for other in others])] - share) < 0.004


def look_at_sections(scene: Any, section: str) -> None:
    """What is drawn at the end of each section, from descents computed again."""
    lesson, plot = scene.lesson, scene.map.plot

    def head(path: MapPath) -> np.ndarray:
        return np.asarray(path.head.get_center()[:2])

    def there(path: MapPath, place: tuple[float, float]) -> None:
        if plot.contains(*place):
            assert np.abs(head(path) - plot.at(*place)[:2]).max() < 1e-6
        else:
            assert not len(path.head.points)

    heavy = again(lesson)
    if section == "ravine":
        there(scene.plain, again(lesson, share=0.0).places[-1])
    if section == "arrows":
        there(scene.heavy, heavy.places[min(3, heavy.updates)])
    if section == "strip":
        assert np.abs(plot.inner.center - scene.places.small.center).max() < 1e-9
        assert plot.inner.width == pytest.approx(scene.places.small.width)
        count = min(20, heavy.updates)
        there(scene.heavy, heavy.places[count])
        for j, pair in enumerate(scene.pair.plots):
            values = [each[j] for each in heavy.velocities[:count]]
            corners = scene.pair.bars[j].points.reshape(count, 16, 3)[..., 1]
            ends = [pair.at(0, value)[1] for value in values]
            zero = pair.at(0, 0)[1]
            for corner, end in zip(corners, ends, strict=True):
                assert corner.min() == pytest.approx(min(end, zero), abs=1e-6)
                assert corner.max() == pytest.approx(max(end, zero), abs=1e-6)
    if section == "plane":
        centre = scene.field.cursor.get_center()[:2]
        assert np.abs(centre - scene.field.plot.at(1 / 9, 4 / 9)[:2]).max() < 1e-6
        there(scene.heavy, again(lesson, 1 / 9, 4 / 9).places[-1])
    if section == "result":
        settings = {"plain": (1 / 13, 0.0), "heavy": (1 / 9, 4 / 9)}
        walks = {name: again(lesson, *place) for name, place in settings.items()}
        stops = [
            each.updates if (end := each.arrival()) is None else end for each in walks.values()
        ]
        assert [figure.text for figure in scene.race.numbers.figures] == list(map(str, stops))
        for name, each in walks.items():
            there(getattr(scene, name), each.places[max(stops)])
        look_at_chart(scene.race.chart, list(walks.values()), max(stops))


def look_at_chart(chart: CostChart, walks: list[Walk], last: int) -> None:
    """The curves of J and the marks where it is 0.001 or less, on powers of ten."""

    def height(cost: float) -> float:
        return float(chart.plot.at(0, np.log10(cost))[1])

    arrivals = [walk.arrival() for walk in walks]
    numbers = [mark.number.text for mark in chart.marks]
    assert numbers == [str(end) for end in arrivals if end] or "" in numbers
    hues = chart.plot.theme.rules
    for walk, end, curve, hue in zip(walks, arrivals, chart.curves, hues, strict=False):
        assert curve.get_stroke_color() == ManimColor(hue)
        drawn = curve.points[:, :2]
        for k in range(last + 1):
            if walk.cost(k) > 0 and chart.plot.contains(k, np.log10(walk.cost(k))):
                at = chart.plot.at(k, np.log10(walk.cost(k)))[:2]
                assert np.hypot(*(drawn - at).T).min() < 0.02, f"update {k}"
        if end:
            dots = [mark.dot.get_center() for mark in chart.marks]
            foot = max(height(walk.cost(end)), chart.plot.inner.bottom)
            place = np.array([chart.plot.at(end, 0)[0], foot])
            assert min(np.hypot(*(dot[:2] - place)) for dot in dots) < 1e-6
    goal = chart.plot.finish.points[:, 1]
    assert np.abs(goal - height(0.001)).max() < 1e-9
    for name, factor in zip(chart.names, (144 / 169, 4 / 9), strict=False):
        if len(chart.names) == 2:
            assert f"{factor:.3f}" in name.typst_code


@pytest.mark.parametrize(
    "knobs",
    [
        {},
        {"lr": 0.3, "epochs": 30},
        {"w0": 20.0, "b0": -7.0, "rule": "momentum:momentum=0.9"},
        {"epochs": 1, "rule": "momentum:momentum=0"},
    ],
    ids=str,
)
def test_what_is_drawn_equals_the_descents(walk: Callable[..., Any], knobs: Any) -> None:
    walk("momentum", FILM.lesson(**knobs), "16:9", look_at_sections)


def test_a_point_that_left_the_map_is_named_at_its_edge(walk: Callable[..., Any]) -> None:
    scene = walk("momentum", FILM.lesson(lr=0.3, epochs=30), "9:16")
    path, way = scene.plain, scene.facts.plain.theta
    scene.map.lie(scene.map.home, 1.0)
    path.lay(way, 30.0)
    w, b = way[-1]
    plot = scene.map.plot
    assert plot.x.low < w < plot.x.high and abs(b) > 1e20
    assert path.mark.value.text.startswith("b = −" if b < 0 else "b = ")
    end = plot.at(w, plot.y.low if b < 0 else plot.y.high)
    assert np.hypot(*(path.mark.edge.points - end).T[:2]).min() < 1e-6
    scene.map.lie(scene.places.small, 1.0)
    path.lay(way, 30.0)
    assert len(path.mark.edge.points), "a small map has the arrow"
    path.lay(way, 0.0)
    assert not len(path.mark.edge.points) and not path.mark.value.text


def test_the_arrows_add_up(walk: Callable[..., Any]) -> None:
    """−αg and −αβv, from plain Python, are the two arrows; their sum is the step."""
    scene = walk("momentum", FILM.lesson())
    heavy = again(FILM.lesson())
    for k in range(3):
        pull, memory, step = scene.steps.parts(k)
        old = np.array(heavy.velocities[k - 1]) if k else np.zeros(2)
        assert np.allclose(pull, -0.07 * np.array(heavy.gradients[k]))
        assert np.allclose(memory, -0.07 * 0.5 * old)
        assert np.allclose(pull + memory, step)
        assert np.allclose(step, np.subtract(heavy.places[k + 1], heavy.places[k]))


def test_the_bands_hold_what_their_levels_say(walk: Callable[..., Any]) -> None:
    """By the eigenvalues, within a step of the grid: near its corners the radius is steep."""
    field: RadiusPlane = walk("momentum", FILM.lesson()).field
    inner, plot = field.plot.inner, field.plot
    for level, line in zip(LEVELS, field.lines, strict=False):
        for x, y, _ in line.points[::40]:
            rate = (x - inner.left) / inner.width * plot.x.high
            share = (y - inner.bottom) / inner.height
            near = [
                radius(rate + i * plot.x.high / 480, max(share + j / 480, 0.0))
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
            ]
            assert min(near) <= level <= max(near)
    for share in (0.0, 0.3, 0.9):
        assert radius(largest_stable_rate(share, 25.0), share) == pytest.approx(1.0)


def test_a_map_on_its_way_maps_exactly(walk: Callable[..., Any]) -> None:
    """The contours move with the plotting area: each stays at its J."""
    scene = walk("momentum", FILM.lesson())
    world: RavineMap = scene.map
    for amount in (0.0, 0.4, 1.0):
        world.lie(scene.places.small, amount)
        inner, plot = world.plot.inner, world.plot
        for level, line in zip(plot.levels, plot.lines, strict=True):
            x, y, _ = line.points[:: max(len(line.points) // 20, 1)].T
            w = plot.x.low + (x - inner.left) / inner.width * (plot.x.high - plot.x.low)
            b = plot.y.low + (y - inner.bottom) / inner.height * (plot.y.high - plot.y.low)
            assert np.allclose(w**2 / 2 + 12.5 * b**2, level, rtol=0.02, atol=0.02)


def test_the_film_begins_with_a_picture(shoot: Callable[..., Any]) -> None:
    """Frame 0 shows the map in most of its height."""
    _, tray = shoot("momentum", FILM.lesson(), {0}, short=180, quick=True)
    frame = tray.frames[0][..., :3].astype(int)
    blue = (frame[..., 2] - frame[..., 0] > 30).any(axis=1)
    assert blue.sum() > 0.5 * len(frame)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_caption_fits_in_a_tall_frame(lang: str) -> None:
    """Whatever the lesson: at its full size."""
    page, words, captions = layout(*SIZES["9:16"]), texts(lang), FILM.captions
    longest: dict[str, str] = {}
    for _, _, facts in corpus():
        for key, numbers in (captions.pick(beat, facts) for beat in captions.beats):
            caption = filled(words, f"momentum.{key}", **numbers)
            longest[key] = max(longest.get(key, ""), caption, key=len)
    for caption in longest.values():
        lines = paragraph(caption, page.scale.body, "#ffffff", page.caption)
        assert lines[0].cap == page.scale.body, caption
        assert lines.width <= page.caption.width, caption


@pytest.mark.parametrize("aspect", SIZES)
def test_the_slopes_are_named_where_they_cover_nothing(
    aspect: str, walk: Callable[..., Any]
) -> None:
    """Both names stand beside their curves, clear of the other one, the goal and each other."""
    chart = walk("momentum", FILM.lesson(), aspect).race.chart
    names = list(chart.names)
    assert len(names) == 2
    boxes = [(n.get_corner((-1, -1, 0)), n.get_corner((1, 1, 0))) for n in names]
    for low, high in boxes:
        for curve in chart.curves:
            for start, stop in zip(curve.points[::4], curve.points[3::4], strict=True):
                way = start + np.linspace(0, 1, 9)[:, None] * (stop - start)
                assert not ((way > low) & (way < high))[:, :2].all(axis=1).any()
    (low, high), (first, last) = boxes
    assert (high[:2] < first[:2]).any() or (last[:2] < low[:2]).any()

"""The film `landscape`: one plot whose curve is what it says, in each of its views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.objectives.curves import CURVES
from gdcore.studies.flights import logistic_slice, network_slice
from scenes import FILMS, Telling
from scenes.films.landscape.crowd import BasinRow
from scenes.films.landscape.views import View, boxes, view_of
from scenes.stage.page.layout import layout
from scenes.stage.page.wording import Label

CURVE = CURVES["two-valleys"]


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_curve_is_the_cost_in_each_view(walk: Callable[..., Any], aspect: str) -> None:
    """The corners that are drawn, read off the axes as they are then, are J of the objective."""
    seen = []

    def look(scene: Any, section: str) -> None:
        plot, corners = scene.plot, scene.line.points[::4]
        xs = plot.x.low + (corners[:, 0] - plot.inner.left) / plot.inner.width * (
            plot.x.high - plot.x.low
        )
        ys = plot.y.low + (corners[:, 1] - plot.inner.bottom) / plot.inner.height * (
            plot.y.high - plot.y.low
        )
        found = {"logistic": logistic_slice(), "network": network_slice()}.get(section)
        if found is None:
            wanted = np.polynomial.Polynomial(CURVE.coefficients)(xs)
        else:
            wanted = found.objective.costs(found.start + xs[:, None] * found.way)
        shown = np.minimum(wanted, plot.y.high)
        assert np.allclose(ys, shown, atol=1e-6 * (plot.y.high - plot.y.low)), section
        seen.append((plot.x.low, plot.x.high, plot.names[0]))

    scene = walk("landscape", FILMS["landscape"].lesson(), aspect, look)
    assert seen[0][:2] == seen[-1][:2] == CURVE.window and len({each[:2] for each in seen}) == 3
    assert [each[2] is scene.plot.x_names[1] for each in seen] == [False] * 5 + [True, False]


def test_the_points_stand_where_their_descents_are(walk: Callable[..., Any]) -> None:
    def look(scene: Any, section: str) -> None:
        if section not in ("many", "rate", "result"):
            return
        group = scene.facts.faster if section == "rate" else scene.facts.many
        places = np.concatenate([part.points for part in scene.crowd.submobjects])
        middles = places.reshape(-1, 32, 3).mean(axis=1)
        wanted = scene.plot.map(
            np.array([trace.w[-1] for trace in group]),
            np.array([trace.cost[-1] for trace in group]),
        )
        order = np.lexsort(middles.T), np.lexsort(wanted.T)
        assert np.allclose(middles[order[0]], wanted[order[1]], atol=1e-6)

    walk("landscape", FILMS["landscape"].lesson(), "16:9", look)


def test_a_view_travels_straight_to_another() -> None:
    one, other = View((-3.0, 4.0), (-1.0, 2.0)), view_of(network_slice())
    half = one.towards(other, 0.5)
    assert half.x == pytest.approx(((one.x[0] + other.x[0]) / 2, (one.x[1] + other.x[1]) / 2))
    assert one.towards(other, 1.0).y == pytest.approx(other.y)
    assert other.y[0] >= 0 and other.y[0] < network_slice().costs.min()


@pytest.mark.parametrize("size", [(14.2, 8.0), (10.7, 8.0), (8.0, 8.0), (8.0, 14.2)])
@pytest.mark.parametrize("widest", ["update 200", "update 20000"])
def test_the_numbers_have_a_room_of_their_own(size: tuple[float, float], widest: str) -> None:
    plot, numbers = boxes(layout(*size), widest)
    assert numbers.width >= Label(widest, layout(*size).scale.label, "#ffffff").width
    assert not plot.meets(numbers)
    body = layout(*size).body
    for box in (plot, numbers):
        assert body.left - 1e-9 <= box.left and box.right <= body.right + 1e-9
        assert body.bottom - 1e-9 <= box.bottom and box.top <= body.top + 1e-9


def test_a_tag_that_is_too_long_keeps_the_rate(walk: Callable[..., Any]) -> None:
    lesson = FILMS["landscape"].lesson(lr=1.2346e-12)
    scene = walk("landscape", lesson, "4:3", telling=Telling(lang="en"))
    tag, title = scene.heading.tag, scene.heading.submobjects[1]
    assert tag.text == "α = 1.235×10⁻¹²" and title.text == "One valley or many?"
    assert title.get_right()[0] < tag.get_left()[0]


def test_the_dots_of_a_row_fall_from_the_curve(walk: Callable[..., Any]) -> None:
    scene = walk("landscape", FILMS["landscape"].lesson())
    ws, kinds = np.array([-2.0, 1.0]), np.array([0, 1], dtype=np.int32)
    row = BasinRow(scene.plot, ws.tolist(), kinds, ("#ffffff", "#ff0000"), 0.1)
    for amount, heights in ((0.0, [1.5, 0.5]), (0.5, [0.5, 0.0]), (1.0, [-0.5, -0.5])):
        row.fall(np.array([1.5, 0.5]), -0.5, amount)
        for part, w, height in zip(row.submobjects, ws, heights, strict=True):
            assert np.allclose(part.get_center(), scene.plot.at(float(w), height), atol=1e-6)

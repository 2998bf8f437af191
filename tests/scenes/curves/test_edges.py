"""A value that left the frame is written with its name, clear of the axes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from scenes import FILMS, Lesson, locales
from scenes.catalogue.theme import THEMES
from scenes.stage.descent.moving_parabolas import MovingParabolas, view_of
from scenes.stage.descent.walker import Walker
from scenes.stage.maps.trail import Trail
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import equations
from scenes.stage.page.layout import Box, layout
from scenes.stage.plots.plot import Axis, Plot
from tests.claims.shown import agrees
from tests.claims.shown import value as number_of

THEME = THEMES["dark"]
PAGES = {"16:9": layout(128 / 9, 8.0), "9:16": layout(8.0, 128 / 9)}
FAR = [4.2, -3.167, 12345.6, -127480.0, 3e25, -9.12e165, 1e288, -1e288]


def boxes(*parts: Any) -> list[Box]:
    """The boxes around the parts that have points."""
    found = [part.get_all_points() for part in parts]
    return [Box(*p.min(axis=0)[:2], *p.max(axis=0)[:2]) for p in found if len(p)]


def check(text: str, name: str, value: float) -> None:
    """The text has the name, and the number as exactly as its digits say; ≈ for a bare power."""
    said, sign, shown = text.split(" ", 2)
    assert said == name
    if sign == "≈":
        assert abs(math.log10(number_of(shown) / value)) <= 1
    else:
        assert sign == "=" and number_of(shown) == pytest.approx(value, rel=0.5)


@pytest.mark.parametrize(
    ("page", "share"), [("16:9", 1.0), ("16:9", 0.6), ("16:9", 0.4), ("9:16", 1.0), ("9:16", 0.7)]
)
@pytest.mark.parametrize("w", FAR)
def test_a_point_that_left_has_its_name_at_the_edge(page: str, share: float, w: float) -> None:
    stage, scale = arrangement(PAGES[page]).hero, PAGES[page].scale
    box = Box(stage.left, stage.bottom, stage.left + share * stage.width, stage.top)
    plot = Plot(box, Axis(0.0, 4.0, "w"), Axis(0.0, 10.0, "J"), THEME, scale)
    made = Walker(plot, 0.4 * scale.label, beads=[])
    made.stand(w, math.inf)
    check(made.value.text, "w", w)
    (value,) = boxes(made.value)
    assert not any(value.meets(other) for other in boxes(*plot.names, *plot.numbers))
    assert value.left >= plot.inner.left - 1e-6 and value.right <= plot.inner.right + 1e-6


def test_where_there_is_room_all_digits_are_shown() -> None:
    page = PAGES["16:9"]
    plot = Plot(
        arrangement(page).hero, Axis(0.0, 4.0, "w"), Axis(0.0, 10.0, "J"), THEME, page.scale
    )
    made = Walker(plot, 0.1, beads=[])
    for w, text in ((-3.167, "w = −3.167"), (-1e288, "w = −1×10²⁸⁸"), (math.inf, "w = ∞")):
        made.stand(w, math.inf)
        assert made.value.text == text


def test_the_name_stands_in_a_plot_whose_axis_has_none() -> None:
    page, box = PAGES["9:16"], arrangement(PAGES["9:16"]).small
    plot = Plot(box, Axis(0.0, 4.0, "", ()), Axis(0.0, 10.0, "", ()), THEME, page.scale)
    made = Walker(plot, 0.1, beads=[], room=(plot.inner.right - 0.5, plot.inner.right))
    made.stand(-127480.0, math.inf)
    check(made.value.text, "w", -127480.0)
    (value,) = boxes(made.value)
    assert value.left >= plot.inner.left - 1e-6 and value.right <= box.right
    assert value.top < plot.inner.top


def test_in_a_plot_narrower_than_it_a_value_keeps_clear_of_the_numbers() -> None:
    page, stage = PAGES["9:16"], arrangement(PAGES["9:16"]).hero
    box = Box(stage.left, stage.bottom, stage.left + 2.8, stage.top)
    plot = Plot(box, Axis(0.0, 4.0, "w"), Axis(0.0, 100.0, "J"), THEME, page.scale)
    made = Walker(plot, 0.1, beads=[])
    made.stand(-1.4e39, math.inf)
    (value,) = boxes(made.value)
    assert value.width > plot.inner.width and value.left >= plot.inner.left - 1e-6
    assert value.right <= box.right
    assert not any(value.meets(other) for other in boxes(*plot.names, *plot.numbers))


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.35, 0.45, 1.0])
def test_the_names_of_curves_keep_clear_of_the_value(share: float) -> None:
    """Also if it stands in the plot, since there is no room for it above."""
    page = PAGES["9:16"]
    stage = arrangement(page).hero
    box = Box(stage.left, stage.bottom, stage.left + share * stage.width, stage.top)
    trace = FILMS["sgd"].traces(Lesson(lr=0.3))["sgd"]
    view, words = view_of(trace, box), locales.texts("en")
    made = MovingParabolas(trace, [view], trace.objective, THEME, page.scale, words)
    made.walker.stand(float(trace.w[-1]), math.inf)
    (value,) = boxes(made.walker.value)
    assert (value.top < made.plot.inner.top) == (share < 1)
    names = boxes(*made.names)
    assert names and not any(value.meets(name) for name in names)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "place", [(10.0, 1.0), (1.0, -7.5), (-1e288, 1e288), (3e25, 0.0), (-5.16e36, -2.27e36)]
)
def test_a_descent_that_left_the_map_has_its_place_at_the_edge(
    page: str, place: tuple[float, float]
) -> None:
    """Both weights, or if there is no room the one that is farther out, by its axis' name."""
    stage, scale = arrangement(PAGES[page]).hero, PAGES[page].scale
    plot = Plot(stage, Axis(-2.0, 4.0, "w"), Axis(-1.5, 2.5, "b"), THEME, scale)
    made = Trail(plot, np.array([[0.0, 0.0], place]), THEME.path, 0.1)
    made.reach(1)
    text = made.value.text
    if text.startswith("("):
        names, values = text.split(" = ")
        assert names == "(w, b)"
        shown = values.strip("()").split(", ")
        assert all(agrees(part, value) for part, value in zip(shown, place, strict=True)), text
    else:
        outs = [max(-2.0 - place[0], place[0] - 4.0) / 6, max(-1.5 - place[1], place[1] - 2.5) / 4]
        farther = int(outs[1] > outs[0])
        check(text, "wb"[farther], place[farther])
    (value,) = boxes(made.value)
    assert not any(value.meets(other) for other in boxes(*plot.names, *plot.numbers))
    inner = plot.inner
    assert inner.left <= value.left and value.right <= inner.right
    assert inner.bottom <= value.bottom and value.top <= inner.top


def test_a_short_place_is_written_in_full() -> None:
    page = PAGES["16:9"]
    plot = Plot(
        arrangement(page).hero, Axis(-2.0, 4.0, "w"), Axis(-1.5, 2.5, "b"), THEME, page.scale
    )
    made = Trail(plot, np.array([[0.0, 0.0], [-3.167, 12.5]]), THEME.path, 0.1)
    made.reach(1)
    assert made.value.text == "(w, b) = (−3.167, 12.5)"


@pytest.mark.parametrize("value", [*FAR, 0.0, -1.5, 999.6, 1e-7])
def test_equations_get_shorter_and_stay_true(value: float) -> None:
    found = equations("w", value)
    assert number_of(found[0].removeprefix("w = ")) == pytest.approx(value, rel=1e-3)
    for text in found if value else found[:1]:
        check(text, "w", value)

"""The film `learning-rate`: its last section, where a rate slides and its path is on the stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.theory import contraction
from scenes.films.learning_rate.exchange import Exchange
from scenes.films.learning_rate.places import beside
from scenes.stage.page.layout import Box
from tests.claims.shown import value
from tests.scenes.films.rate_lessons import FILM


def edges(box: Box) -> tuple[float, ...]:
    """Left, bottom, right, top."""
    return box.left, box.bottom, box.right, box.top


@pytest.mark.slow
def test_the_rate_that_slides_has_its_own_path(walk: Callable[..., Any]) -> None:
    """At the end it is 1/L, whose first step ends at the minimum."""
    scene = walk("learning-rate", FILM.lesson())
    objective, sweep = scene.facts.objective, scene.sweep
    goal = scene.valley.plot.at(2.0, 0.0)
    assert sweep.path.point.get_center() == pytest.approx(goal, abs=1e-6)
    assert value(sweep.value.text.removeprefix("α = ")) == pytest.approx(3 / 28, abs=1e-4)
    theme = scene.theme
    assert sweep.path.hops.get_color().to_hex().lower() == theme.good
    for rate, hue in ((0.001, theme.muted), (0.02, theme.good), (0.17, theme.swinging),
                      (0.2142, theme.swinging), (0.22, theme.bad)):  # fmt: skip
        sweep.slide(rate)
        tints = {part.get_color().to_hex().lower() for part in (sweep.path.hops, sweep.value)}
        assert tints == {hue}
        factor = contraction(objective, rate)
        ends = [2.0 - factor**k for k in range(len(sweep.path.places))]
        assert sweep.path.places[:, 0] == pytest.approx(ends)
        at = scene.stage.plot.at(rate, factor)
        assert scene.stage.cursor[1].get_center() == pytest.approx(at)


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_parabola_and_the_line_exchange_their_places(
    walk: Callable[..., Any], aspect: str
) -> None:
    """At the end the parabola is where it began, the line beside it with a point for each rate."""
    scene = walk("learning-rate", FILM.lesson(), aspect)
    plot, valley = scene.stage.plot, scene.valley
    assert edges(valley.plot.box) == pytest.approx(edges(scene.home))
    assert scene.places.side.left <= plot.inner.left
    assert plot.box.right <= scene.places.side.right
    for mark, rate in zip(scene.turn.marks, scene.facts.rates, strict=True):
        factor = contraction(scene.facts.objective, rate)
        assert mark.get_center() == pytest.approx(plot.at(rate, factor), abs=1e-6)
    corner = valley.around(scene.corner)
    side = beside(scene.home, scene.places.side, scene.layout)
    way = Exchange(scene.places.hero, side, corner, scene.home, aspect == "9:16")
    for box, expected in ((way.line(0.0), scene.places.hero), (way.parabola(0.0), corner),
                          (way.line(1.0), side), (way.parabola(1.0), scene.home)):  # fmt: skip
        assert edges(box) == pytest.approx(edges(expected))
    for t in np.linspace(0.35, 0.72, 31):  # while they pass one another
        line, parabola = way.line(float(t)), way.parabola(float(t))
        assert not line.meets(parabola.inset(*[1e-9] * 4))

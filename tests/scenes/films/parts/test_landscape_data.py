"""The film `landscape`: the flights beside the slices, numbers at heaps, arrows of jumps."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.studies.flights import DAMAGED, TEMPERATURES, logistic_slice, network_slice
from scenes import FILMS

pytestmark = pytest.mark.slow

MEAN = sum(TEMPERATURES) / 23
SPREAD = math.sqrt(sum((t - MEAN) ** 2 for t in TEMPERATURES) / 23)


def read(plot: Any, points: np.ndarray) -> np.ndarray:
    """The data (n, 2) of points of the frame."""
    inner = plot.inner
    u = (points[:, 0] - inner.left) / inner.width * (plot.x.high - plot.x.low) + plot.x.low
    v = (points[:, 1] - inner.bottom) / inner.height * (plot.y.high - plot.y.low) + plot.y.low
    return np.stack([u, v], axis=1)


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_curves_are_the_model_of_the_place_where_the_point_is(
    walk: Callable[..., Any], aspect: str
) -> None:
    """The probability at the best w; then each neuron at t = 0 and t = 1: they are swapped."""
    seen: list[str] = []

    def look(scene: Any, section: str) -> None:
        if section not in ("logistic", "network"):
            return
        seen.append(section)
        inset = scene.inset
        dots = read(inset.plot, inset.dots.points.reshape(-1, 32, 3).mean(axis=1))
        low = 0 if section == "logistic" else -1
        wanted = [(t, 1 if hurt else low) for t, hurt in zip(TEMPERATURES, DAMAGED, strict=True)]
        assert np.allclose(dots, wanted, atol=0.02)
        lines = [read(inset.plot, curve.points[::4]) for curve in inset.curves if len(curve.points)]
        if section == "logistic":
            w, b = (float(v) for v in logistic_slice().start)
            w += logistic_slice().ends[0]
            (line,) = (each[: len(each) // 2] for each in lines)  # of one of the two points
            for t, p in line:
                z = w * (t - MEAN) / SPREAD + b
                assert p == pytest.approx(1 / (1 + math.exp(-z)), abs=0.02)
            return
        for place in (0, 1):
            inset.draw_models(network_slice(), [place])
            one, two, both = (read(inset.plot, curve.points[::4]) for curve in inset.curves)
            u, v = (network_slice().start[k : k + 2] for k in (0, 2))
            first, second = (0, 1) if place == 0 else (1, 0)  # the twin has swapped neurons
            for line, k in ((one, first), (two, second)):
                values = [v[k] * math.tanh(u[k] * (t - MEAN) / SPREAD) for t in line[:, 0]]
                assert np.allclose(line[:, 1], values, atol=1e-6)
            assert np.allclose(one[:, 1] + two[:, 1], both[:, 1], atol=1e-6)

    walk("landscape", FILMS["landscape"].lesson(), aspect, look)
    assert seen == ["logistic", "network"]


def test_numbers_stand_at_the_heaps_and_arrows_where_points_jump(walk: Callable[..., Any]) -> None:
    def look(scene: Any, section: str) -> None:
        if section == "many":
            ws = [trace.w[-1] for trace in scene.facts.many]
            for figure, place, room in zip(
                scene.heaps, (3.3, -2.6, 1.2), (0.05, 0.05, 0.5), strict=True
            ):
                assert figure.text == str(sum(abs(w - place) <= room for w in ws))
                assert figure.get_center()[0] == pytest.approx(scene.plot.at(place, 0)[0], abs=0.05)
                assert figure.get_center()[1] > scene.plot.at(place, 0.3)[1]
        if section == "rate":
            jumps = {
                tuple(sorted((round(float(t.w[-2]), 2), round(float(t.w[-1]), 2))))
                for t in scene.facts.faster
                if abs(t.w[-1] - t.w[-2]) > 0.15 and abs(t.w[-1] - t.w[-3]) < 0.01
            }
            assert len(jumps) == 1, "one pair of places around the shallow minimum"
            ends = [scene.plot.at(w, 0.0)[0] for w in next(iter(jumps))]
            xs = scene.swings.points[:, 0]
            assert (xs.min(), xs.max()) == pytest.approx(ends, abs=1e-6)

    walk("landscape", FILMS["landscape"].lesson(), "16:9", look)


@pytest.mark.parametrize("rate", [0.1, 0.02])
def test_the_arrows_of_the_noise_are_first_steps(walk: Callable[..., Any], rate: float) -> None:
    """They end where the first update leads from the minimum, on either side."""
    told = FILMS["landscape"].lesson(lr=rate)

    def look(scene: Any, section: str) -> None:
        if section != "noise":
            return
        left, plus, right, minus = scene.push
        first = {round(float(trace.w[1]), 9) for trace in scene.facts.noisy}
        reached = read(scene.plot, np.array([left.get_left(), right.get_right()]))[:, 0]
        assert sorted(first) == pytest.approx(reached.tolist(), abs=1e-6)
        assert plus.text == "+3" and minus.text == "−3"
        assert plus.get_center()[0] < minus.get_center()[0]

    walk("landscape", told, "16:9", look)


def test_the_curve_leaves_before_another_one_is_drawn(watch: Callable[..., Any]) -> None:
    """While the axes travel there is no curve; a curve is never bent into another one."""
    found: list[tuple[tuple[float, float], int]] = []

    def look(scene: Any, seconds: float) -> None:
        found.append(((scene.plot.x.low, scene.plot.x.high), len(scene.line.points)))

    watch("landscape", FILMS["landscape"].lesson(), look, "16:9")
    travelling = [
        points
        for (before, _), (here, points), (after, _) in zip(
            found[:-2], found[1:-1], found[2:], strict=True
        )
        if before != here != after
    ]
    assert len(travelling) > 6 and not any(travelling)

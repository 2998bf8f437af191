"""Every chart's curve, column of pixels by column of pixels, compared with the trace it is of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS, Telling, films
from scenes.locales import texts
from scenes.stage.descent.hop_path import HOP
from scenes.stage.page.wording import Label
from scenes.stage.plots import curve
from scenes.stage.plots.series import Series
from tests.scenes.curves.raster import raster_of

pytestmark = pytest.mark.slow

NEAR = 1e-3  # of a pixel: only rounding may part the drawn from the true
SHARES = (0.0, 0.003, 0.1234, 0.5, 0.987, 1.0)  # of the whole time-lapse


@dataclass(frozen=True)
class Grown:
    """A curve as it stands, and what it ought to be: its corners so far, and its epochs' means."""

    name: str
    series: Series
    xs: np.ndarray
    ys: np.ndarray
    means: tuple[list[float], list[float]]


def knobs(data: str = "lecture", **others: Any) -> dict[str, Any]:
    """Knobs of a lesson, its data as a text."""
    return others | ({} if data == "lecture" else {"data": parse_data(data)})


LESSONS = {
    "3": knobs(),
    "20": knobs("random:n=20"),
    "200": knobs("random:n=200"),
    "500": knobs("random:n=500"),
    "100000 updates": knobs("random:n=500,sigma=3", lr=0.003, epochs=200),
    "10000 epochs": knobs("noisy", epochs=10_000, lr=0.02),
    "one update": knobs("2,3", epochs=1),
    "diverging": knobs("random:n=20", lr=5.0),
    "growing": knobs("random:n=200", lr=0.5, epochs=3),
    "at rest": knobs(w0=2.0),
}
CHARTED = ("batch", "sgd", "compare")
BANDED = {"sgd": "500"}  # whose chart is so large that only more updates crowd in it
CASES = [(film, label) for film in CHARTED for label in LESSONS]


def means_of(counts: np.ndarray, values: np.ndarray, size: int) -> tuple[list[float], list[float]]:
    """The corners of the epochs' means: one level for each whole epoch."""
    xs: list[float] = []
    ys: list[float] = []
    for first in range(0, len(counts) - size, size):
        level = math.fsum(values[first : first + size] / size)
        xs += [counts[first], counts[first + size]]
        ys += [level, level]
    return xs, ys


def grown(
    name: str, series: Series, xs: np.ndarray, ys: np.ndarray, t: float, means: Any = ((), ())
) -> Grown:
    """What a curve through (xs, ys) ought to be at the fractional index ``t``."""
    ys = np.clip(ys, -1e300, 1e300)  # between two infinite values there is no difference
    k = min(int(t + 1e-9), len(xs) - 1)
    ahead = min(k + 1, len(xs) - 1)
    y = ys[k] if t <= k or ahead == k else ys[k] + (t - k) * (ys[ahead] - ys[k])
    x = xs[k] + (t - k) * (xs[ahead] - xs[k])
    whole = sum(edge <= x + 1e-9 for edge in means[0][1::2])
    done = tuple(list(part[: 2 * whole]) for part in means)
    return Grown(name, series, np.append(xs[: k + 1], x), np.append(ys[: k + 1], y), done)


def batch(scene: Any, share: float) -> Iterator[Grown]:
    """The cost over the epochs."""
    trace = scene.trace
    t = share * trace.updates
    scene.show(t)
    yield grown("cost", scene.series, np.arange(trace.updates + 1.0), trace.cost, t)


def sgd(scene: Any, share: float) -> Iterator[Grown]:
    """The losses before and after each update, and the cost.

    An update begins with the hop onto its sample's loss; after that w moves and the loss falls.
    """
    trace, size = scene.trace, scene.trace.updates_per_epoch
    t = share * trace.updates
    scene.show(t)
    counts = np.arange(trace.updates + 1.0)
    xs, ys = [], []
    for k in range(trace.updates):
        xs += [k, k + 1]
        ys += [trace.loss[k], trace.loss_after[k]]
    k = min(int(t + 1e-9), trace.updates - 1)
    part = min(t - k, 1.0)
    hopped, slid = min(part / HOP, 1.0), max((part - HOP) / (1 - HOP), 0.0)
    corner = 2 * k + slid if slid or not k else 2 * k - 1 + hopped
    tooth = np.array(xs, dtype=float), np.array(ys), corner
    yield grown("loss", scene.chart.losses, *tooth, means_of(counts, trace.loss, size))
    means = means_of(counts, trace.cost[:-1], size)
    yield grown("cost", scene.chart.costs, counts, trace.cost, k + slid, means)


def compare(scene: Any, share: float) -> Iterator[Grown]:
    """Powers of ten of the cost above its minimum, over three counts."""
    batch, stochastic = (runner.trace for runner in scene.runners)
    scene.show(share * batch.updates, share * stochastic.updates)
    for runner in scene.runners:
        trace, size = runner.trace, runner.trace.updates_per_epoch
        with np.errstate(over="ignore"):
            excess = scene.curve.curvature / 2 * (trace.w - scene.curve.minimiser) ** 2
        updates = np.arange(trace.updates + 1.0)
        counts = [updates / size, updates, trace.sample_gradients.astype(float)]
        for axis, xs in zip(scene.lasts, counts, strict=True):
            scene.stretch("epochs", axis, 1.0)
            means = means_of(xs, excess[:-1], size)
            logs = means[0], list(power_of_ten(np.array(means[1])))
            name = f"{runner.name} by {axis}"
            yield grown(name, runner.series, xs, power_of_ten(excess), share * trace.updates, logs)


def power_of_ten(values: np.ndarray) -> np.ndarray:
    """log10; for 0 and infinity far outside any chart."""
    with np.errstate(divide="ignore"):
        return np.nan_to_num(np.log10(values), neginf=-1e3, posinf=1e3)


CURVES = {"batch": batch, "sgd": sgd, "compare": compare}


def misfit(scene: Any, each: Grown) -> float:
    """The largest difference of the drawn curve and the true one, in pixels."""
    raster = raster_of(scene, each.series.plot)
    return raster.misfit(raster.drawn(each.series.line.points), raster.trace(each.xs, each.ys))


def mean_misfit(scene: Any, each: Grown) -> float:
    """The same of the line of the means."""
    raster = raster_of(scene, each.series.plot)
    drawn = raster.drawn(each.series.mean_line.points)
    return raster.misfit(drawn, raster.trace(*map(np.array, each.means)))


def curves_in(scene: Any) -> set[int]:
    """The identities of all curves that are in the scene."""
    family = [part for mobject in scene.mobjects for part in mobject.get_family()]
    return {id(part) for part in family if isinstance(part, Series)}


@pytest.mark.parametrize(("film", "label"), CASES)
def test_each_column_shows_what_the_trace_does_there(
    film: str, label: str, walk: Callable[..., Any]
) -> None:
    """From least to greatest, in the window that is shown, at any moment while it grows."""
    seen = []

    def at_end(scene: Any, section: str) -> None:
        if section != FILMS[film].sections[-1].name:
            return
        # Here, since a curve that is laid anew asks for the width of a pixel.
        for share in SHARES:
            for each in CURVES[film](scene, share):
                seen.append(each.name)
                assert misfit(scene, each) < NEAR, (each.name, share)
                if each.series.crowded:
                    assert mean_misfit(scene, each) < NEAR, (each.name, share, "means")

    walk(film, FILMS[film].lesson(**LESSONS[label]), at_end=at_end)
    assert seen


def test_every_film_with_a_curve_is_compared() -> None:
    """A film's folder that uses the mechanism has its curves among those above."""
    folders = {name: Path(films.__file__).parent / name.replace("-", "_") for name in FILMS}
    source = {
        name: "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
        for name, folder in folders.items()
    }
    assert {name for name in FILMS if "plots.series" in source[name]} == set(CURVES)


@pytest.mark.parametrize("film", CHARTED)
def test_no_curve_is_left_out_and_bands_are_named(film: str, walk: Callable[..., Any]) -> None:
    """Wherever a band is seen, the picture says what it is."""
    seen: set[int] = set()
    bands = []

    for lang, aspect in (("en", "16:9"), ("zh", "9:16")):
        words = texts(lang)["common.band-short"]

        def at_end(scene: Any, section: str, words: str = words) -> None:
            seen.update(curves_in(scene))
            shown = [m for mobject in scene.mobjects for m in mobject.get_family() if visible(m)]
            bands.append(any(isinstance(part, Series) and part.crowded for part in shown))
            named = any(isinstance(part, Label) and words in part.text for part in shown)
            assert named >= bands[-1], section

        lesson = FILMS[film].lesson(**LESSONS[BANDED.get(film, "200")])
        scene = walk(film, lesson, aspect, at_end, telling=Telling(lang=lang))
        assert {id(each.series) for each in CURVES[film](scene, 1.0)} >= curves_in(scene)
    assert seen and any(bands) == (film != "batch")


def visible(part: Any) -> bool:
    """Whether something of a text or a curve is seen."""
    seen = part.line if isinstance(part, Series) else part
    leaves = [leaf for leaf in seen.get_family() if len(leaf.points)]
    return any(leaf.get_stroke_opacity() > 0 or leaf.get_fill_opacity() > 0 for leaf in leaves)


def test_a_thinned_curve_would_be_noticed(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Corners taken evenly from the whole trace, as charts once did, fail the comparison."""

    def evenly(of: np.ndarray, values: np.ndarray) -> np.ndarray:
        return np.unique(np.linspace(0, len(of) - 1, min(len(of), 300)).astype(int))

    monkeypatch.setattr(curve, "telling", evenly)
    wrong: list[str] = []

    def at_end(scene: Any, section: str) -> None:
        wrong.extend(each.name for each in compare(scene, 1.0) if not misfit(scene, each) < 1.0)

    walk("compare", FILMS["compare"].lesson(**LESSONS["200"]), at_end=at_end)
    assert "SGD by epochs" in wrong

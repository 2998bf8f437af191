"""Drawn frames compared with the trace: the point is at (w, J) to half a pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from scipy import ndimage

from gdcore.data import NOISY, Dataset
from scenes import FILMS, Lesson, Telling
from scenes.catalogue.theme import THEMES
from scenes.films.cost_function.bowl import Bowl
from scenes.stage.descent.walker import Walker
from scenes.stage.page.layout import Box
from scenes.stage.plots.plot import Plot

FPS = 10
HALF = 0.5  # of a pixel
REPLAY = 45  # seconds; from here on `batch` shows its descent once more, beside the chart
POINT_RADIUS = 0.42  # radii of walking points and of the bowl's, in heights of a label

# Moments at rest and in a move, in every section that shows a point.
SECONDS = {
    "cost-function": [33.6, 34.2, 35, 35.8, 36.5, 37.2, 38, 42],
    "gradient": [1, 3.5, 7.2, 16.0, 19.9, 21.4, 23.6, 31.5, 36, 39, 40.9, 41.5, 43.6],
    "batch": [
        1, 4.3, 6.4, 9.0, 10.9, 11.6, 15.2, 18.9, 21.4, 24.7, 26.3, 27.8, 31, 33.9, 37.6, 40.5,
        47.5, 48.5, 50.8,
    ],
    "sgd": [
        0.5, 4.6, 6.3, 8.9, 10.4, 12.6, 13.1, 15.2, 16.4, 18.8, 19.9, 21.5, 22.7, 24.4, 26,
        28.9, 33, 35.2, 40, 41.3, 42, 43.6, 45.8, 46.9, 49.1, 51, 54.2, 55.6, 58,
    ],
    "code": [9.6, 12.6, 13.9, 17.0, 17.4, 20.8, 24.7, 30.6, 33.4, 34.9, 36.8, 40.0, 46.5],
}  # fmt: skip
LEAST = {
    "cost-function": 7,
    "gradient": 13,
    "batch": 19,
    "sgd": 25,
    "code": 10,
}  # least number of frames in which the point is found


class Seen:
    """What a film draws in one frame: the point's place in data, and its plot."""

    def __init__(self, scene: Any, plot: Plot, part: Any, place: tuple[float, float]) -> None:
        self.plot, self.place = plot, place
        self.at, self.inner = plot.at(*place), plot.inner  # the plot may move later
        self.shown = bool(len(part.points)) and part.get_fill_opacity() == 1.0
        self.radius = POINT_RADIUS * scene.layout.scale.label
        self.frame = (scene.layout.width, scene.layout.height)


@pytest.fixture
def asked() -> Iterator[dict[int, tuple[float, float]]]:
    """The last place (w, value) that each walking point was moved to, by the point's identity."""
    places: dict[int, tuple[float, float]] = {}
    stand, show = Walker.stand, Bowl.show

    def standing(self: Walker, w: float, value: float) -> None:
        places[id(self)] = (w, value)
        stand(self, w, value)

    def showing(self: Bowl, w: float, low: float, high: float) -> None:
        places[id(self)] = (w, self.curve(w))
        show(self, w, low, high)

    with patch.object(Walker, "stand", standing), patch.object(Bowl, "show", showing):
        yield places


def points_of(scene: Any, places: dict[int, tuple[float, float]]) -> list[Seen]:
    """The film's walking points that are visible in the frame that is drawn."""
    owners = [(bowl, bowl.plot, bowl.point) for bowl in [getattr(scene, "bowl", None)] if bowl]
    for name in ("hill", "field", "picture"):
        if hasattr(scene, name):
            walker = getattr(scene, name).walker
            owners.append((walker, walker.plot, walker.point))
    seen = [Seen(scene, plot, part, places[id(o)]) for o, plot, part in owners if id(o) in places]
    return [point for point in seen if point.shown]


def to_pixels(frame: np.ndarray, units: tuple[float, float], point: np.ndarray) -> np.ndarray:
    """Column and row (fractional, pixel centres at .5) of a point of the frame."""
    height, width = frame.shape[:2]
    return np.array([(point[0] / units[0] + 0.5) * width, (0.5 - point[1] / units[1]) * height])


def likeness(frame: np.ndarray, color: str) -> np.ndarray:
    """1 for a pixel of this colour, 0 for one that differs from it as much as the page."""
    wanted = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
    page = frame[0, 0, :3].astype(float)
    away = np.abs(frame[..., :3].astype(float) - wanted).max(axis=-1)
    return np.clip(1 - away / np.abs(page - wanted).max(), 0, 1)


def find_disc(frame: np.ndarray, seen: Seen, color: str) -> np.ndarray | None:
    """Centre (column, row) of the disc of this colour within the plot; None if there is none."""
    inner, reach = seen.inner, 2 * seen.radius
    low = to_pixels(frame, seen.frame, np.array([inner.left - reach, inner.top + reach]))
    high = to_pixels(frame, seen.frame, np.array([inner.right + reach, inner.bottom - reach]))
    (left, top), (right, bottom) = low.astype(int), high.astype(int)
    like = likeness(frame, color)[max(top, 0) : bottom, max(left, 0) : right]
    labels, count = ndimage.label(like > 0.75)
    area = np.pi * (seen.radius * frame.shape[0] / seen.frame[1]) ** 2
    best, best_fit = None, 0.35
    for index in range(1, count + 1):
        rows, columns = np.nonzero(labels == index)
        size = np.array([np.ptp(columns) + 1, np.ptp(rows) + 1])
        misfit = abs(len(rows) / area - 1) + abs(size[0] / size[1] - 1)
        if misfit < best_fit:
            near = ndimage.binary_dilation(labels == index)
            weights = np.where(near, like, 0.0)
            center = ndimage.center_of_mass(weights)
            best, best_fit = np.array([center[1] + 0.5, center[0] + 0.5]), misfit
    return None if best is None else best + np.array([max(left, 0), max(top, 0)])


def losses(data: Dataset, w: float) -> np.ndarray:
    """ℓ of each sample at w, from its definition."""
    return (w * data.x - data.y) ** 2


def draw(
    shoot: Callable[..., Any],
    asked: dict[int, tuple[float, float]],
    film: str,
    lesson: Lesson,
    look: Callable[[Any], Any] = lambda scene: None,
    **options: Any,
) -> tuple[Any, list[tuple[float, np.ndarray, list[Seen], Any]]]:
    """The scene, and (moment, frame, points, result of `look`) for the film's moments."""
    wanted = {round(second * FPS): second for second in SECONDS[film]}
    scene, tray = shoot(
        film,
        lesson,
        wanted,
        fps=FPS,
        look=lambda scene: (points_of(scene, asked), look(scene)),
        **options,
    )
    assert set(tray.frames) == set(wanted)
    return scene, [(s, tray.frames[n], *tray.seen[n]) for n, s in sorted(wanted.items())]


def on_its_curve(film: str, lesson: Lesson, place: tuple[float, float]) -> bool:
    """On J, on a sample's ℓ, or (in sgd) on the straight hop between two of them at one w."""
    w, value = place
    heights = [height for data in (lesson.data, NOISY) for height in losses(data, w)]
    costs = [losses(data, w).mean() for data in (lesson.data, NOISY)]
    traces = FILMS[film].traces(lesson).values()
    hopping = film in ("sgd", "code") and any(w in trace.w for trace in traces)
    exact = np.isclose([*heights, *costs], value, rtol=1e-9, atol=1e-12).any()
    return bool(exact or (hopping and 0 <= value <= max(heights)))


CASES = [
    ("cost-function", "dark", "16:9", {}),
    ("cost-function", "light", "9:16", {"data": NOISY}),
    ("gradient", "dark", "16:9", {}),
    ("gradient", "light", "9:16", {"data": NOISY}),
    ("gradient", "dark", "1:1", {"lr": 0.19}),
    ("batch", "dark", "16:9", {}),
    ("batch", "light", "9:16", {"data": NOISY}),
    ("batch", "dark", "1:1", {"lr": 0.19}),
    ("sgd", "dark", "16:9", {}),
    ("sgd", "light", "9:16", {"data": NOISY}),
    ("sgd", "dark", "1:1", {"lr": 0.19}),
    ("code", "dark", "16:9", {}),
    ("code", "light", "9:16", {"data": NOISY}),
    ("code", "dark", "4:3", {"order": "batch"}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("film", "theme", "aspect", "knobs"), CASES)
def test_the_point_stands_where_the_trace_says(
    film: str,
    theme: str,
    aspect: str,
    knobs: dict[str, Any],
    shoot: Callable[..., Any],
    asked: dict[int, tuple[float, float]],
) -> None:
    """On its curve at w, and in the picture at the plot's place for it."""
    lesson = Lesson(**knobs)
    _, drawn = draw(shoot, asked, film, lesson, aspect=aspect, telling=Telling(theme=theme))
    found = 0
    for second, frame, points, _ in drawn:
        for seen in points:
            assert on_its_curve(film, lesson, seen.place), (second, seen.place)
            expected = to_pixels(frame, seen.frame, seen.at)
            center = find_disc(frame, seen, THEMES[theme].point)
            assert center is not None, f"no point at {second} s, wanted at {expected}"
            assert np.abs(center - expected).max() <= HALF, (second, center, expected)
            found += 1
    assert found >= LEAST[film] - 3


@pytest.mark.slow
def test_batch_keeps_step_with_its_trace(
    shoot: Callable[..., Any], asked: dict[int, tuple[float, float]]
) -> None:
    """Readout, point, line and curve show one moment; each epoch has its corner in time."""
    lesson = Lesson()
    trace = FILMS["batch"].traces(lesson)["batch"]

    def look(scene: Any) -> Any:
        series = scene.series
        return scene.readouts.figures[0].text, series.line.points.copy(), scene

    scene, drawn = draw(shoot, asked, "batch", lesson, look)
    chart = scene.series.plot
    moved = []
    for second, frame, points, (epoch, line, _) in drawn:
        (seen,) = points
        k, w = int(epoch), seen.place[0]
        low, high = trace.w[k], trace.w[min(k + 1, trace.updates)]
        assert low - 1e-9 <= w <= high + 1e-9, second
        part = (w - low) / (high - low) if k < trace.updates else 0.0
        moved.append(k + part)
        corners = line[3::4]
        expected = [chart.at(j, trace.cost[j]) for j in range(1, k + 1)]
        if part > 1e-6:
            cost = trace.cost[k] + part * (trace.cost[k + 1] - trace.cost[k])
            expected.append(chart.at(k + part, cost))
        assert np.allclose(corners, np.array(expected).reshape(-1, 3), atol=1e-6), second
        if second > REPLAY:
            head = Seen(scene, chart, scene.series.head, (0, 0))
            x, y, _ = place = corners[-1]
            reach = 2 * head.radius  # the parabola beside the curve has a point, too
            head.inner = Box(x - reach, y - reach, x + reach, y + reach)
            center = find_disc(frame, head, THEMES["dark"].point)
            wanted = to_pixels(frame, head.frame, place)
            assert center is not None and np.abs(center - wanted).max() <= HALF, second
    first = moved[: sum(second < REPLAY for second, *_ in drawn)]
    for part in (first, moved[len(first) :]):
        assert part == sorted(part) and part[-1] > 0.95 * trace.updates
    assert moved[0] == 0 and first[-1] == trace.updates
    assert len({round(m, 3) for m in moved}) > 9 and any(m % 1 > 0.01 for m in moved)


@pytest.mark.slow
def test_the_data_line_turns_with_w(
    shoot: Callable[..., Any], asked: dict[int, tuple[float, float]]
) -> None:
    """Its slope, measured in the picture, is the point's w, to half a pixel at its end."""

    look = lambda scene: bool(scene.samples.line.get_stroke_opacity() == 1)  # noqa: E731
    scene, drawn = draw(shoot, asked, "batch", Lesson(), look, short=720)
    plot, size = scene.samples, scene.samples.size
    slopes = []
    assert sum(shown for *_, shown in drawn) > 9
    for second, frame, points, shown in drawn:
        if not shown:
            continue  # the numbers of an update stand in its place
        like = likeness(frame, THEMES["dark"].point)
        xs, ys = [], []
        for x in np.linspace(0.8, 3.6, 60):
            if np.abs(plot.at(x, 0)[0] - [plot.at(i, 0)[0] for i in (1, 2, 3, 4)]).min() < 2 * size:
                continue  # a sample's dot, or the ring, lies on the line
            units = (scene.layout.width, scene.layout.height)
            column = int(to_pixels(frame, units, plot.at(x, 0))[0])
            top = int(to_pixels(frame, units, plot.at(0, plot.y.high))[1])
            foot = int(to_pixels(frame, units, plot.at(0, plot.y.low))[1]) - 2  # not the axis
            weights = np.where(like[top:foot, column] > 0.2, like[top:foot, column], 0)
            row = top + float(weights @ (np.arange(len(weights)) + 0.5) / weights.sum())
            xs.append(((column + 0.5) / frame.shape[1] - 0.5) * units[0])
            ys.append((0.5 - row / frame.shape[0]) * units[1])
        rise, _ = np.polyfit(xs, ys, 1)
        inner = plot.inner
        per_x = inner.width / (plot.x.high - plot.x.low)
        per_y = inner.height / (plot.y.high - plot.y.low)
        slopes.append(rise * per_x / per_y)
        pixel = 8 / 720
        assert abs(slopes[-1] - points[0].place[0]) * 4 * per_y <= HALF * pixel, second
    assert slopes[0] == pytest.approx(1.0, abs=0.01) and slopes[-1] == pytest.approx(2.0, abs=0.01)


@pytest.mark.slow
def test_finding_discs_is_exact_to_a_tenth_of_a_pixel(
    shoot: Callable[..., Any], asked: dict[int, tuple[float, float]]
) -> None:
    """The measurement itself: a shifted disc is noticed."""
    place = (1.0, 14 / 3)
    look = lambda scene: Seen(scene, scene.hill.plot, scene.hill.walker.point, place)  # noqa: E731
    _, tray = shoot("batch", Lesson(), [60], short=480, look=look)
    seen = tray.seen[60]
    center = find_disc(tray.frames[60], seen, THEMES["dark"].point)
    expected = to_pixels(tray.frames[60], seen.frame, seen.at)
    assert center is not None and np.abs(center - expected).max() < 0.15

"""Places of plots, parabolas, the walking point, charts. No film is played."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore.data import LECTURE, parse_data
from gdcore.least_squares import LeastSquares
from scenes.catalogue.theme import THEMES
from scenes.stage.descent.parabola import Quadratic, cost_curve, loss_curve, mean_curve
from scenes.stage.descent.walker import Walker, between
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import Box, layout
from scenes.stage.plots.chart import Chart
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.samples import SamplePlot, query
from scenes.stage.plots.series import Series
from scenes.stage.plots.shapes import discs, polyline, rectangle, triangle

THEME = THEMES["dark"]
WIDE = layout(128 / 9, 8.0)
STAGE = arrangement(WIDE).hero
unhurried = settings(deadline=None, max_examples=50)


def plot(low: float = 0.0, high: float = 4.0, bottom: float = 0.0, top: float = 10.0) -> Plot:
    """A plot of the stage's size."""
    return Plot(STAGE, Axis(low, high, "w"), Axis(bottom, top, "J"), THEME, WIDE.scale)


PLOT = plot()


def on_curve(points: np.ndarray, count: int = 50) -> np.ndarray:
    """Places (m, 3) along Bézier points (4·n, 3)."""
    t = np.linspace(0, 1, count)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return np.einsum("tk,nkd->ntd", weights, points.reshape(-1, 4, 3)).reshape(-1, 3)


def to_data(plot: Plot, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of the plot's map."""
    inner, x, y = plot.inner, plot.x, plot.y
    u = (points[:, 0] - inner.left) / inner.width
    v = (points[:, 1] - inner.bottom) / inner.height
    return x.low + u * (x.high - x.low), y.low + v * (y.high - y.low)


def inside(points: np.ndarray, box: Box, slack: float = 1e-9) -> bool:
    """Whether all points lie within the box."""
    low = points[:, 0].min() >= box.left - slack and points[:, 1].min() >= box.bottom - slack
    return bool(
        low and points[:, 0].max() <= box.right + slack and points[:, 1].max() <= box.top + slack
    )


def test_a_plot_maps_its_ranges_onto_its_inner_box() -> None:
    inner = PLOT.inner
    assert PLOT.at(0, 0) == pytest.approx([inner.left, inner.bottom, 0])
    assert PLOT.at(4, 10) == pytest.approx([inner.right, inner.top, 0])
    assert PLOT.at(2, 5) == pytest.approx(inner.center)


@pytest.mark.parametrize("ends", [(0.0, 4.0), (-3.0, 1e-3), (1e12, 3e12), (-2e-12, 5e-12)])
def test_tick_numbers_stand_at_their_values(ends: tuple[float, float]) -> None:
    """Independent of the map: the ticks' places compared with the numbers written there."""
    drawn = plot(*ends)
    marks = drawn._x_ticks
    for value, number in zip(marks, drawn.numbers, strict=False):
        middle = (number.points[:, 0].min() + number.points[:, 0].max()) / 2
        assert to_data(drawn, np.array([[middle, 0, 0]]))[0] == pytest.approx(
            value, abs=0.02 * (ends[1] - ends[0])
        )
    assert inside(drawn.numbers.get_all_points(), STAGE, 1e-6)


@unhurried
@given(st.floats(-5, 9), st.floats(0.01, 50), st.floats(-2, 9), st.floats(-1, 3), st.floats(0.5, 6))
def test_a_parabolas_curve_is_the_function(
    minimiser: float, curvature: float, lowest: float, low: float, span: float
) -> None:
    """Everywhere within the plot, to 1e-9; and no part within the plot is missing."""
    curve = Quadratic(minimiser, curvature, lowest)
    points = curve.curve(PLOT, low, low + span)
    ws = np.unique(np.linspace(max(low, 0), min(low + span, 4), 400))  # it may be one point
    seen = [w for w in ws if 0 <= w <= 4 and curve(w) < 10 - 1e-6]
    if not len(points):
        assert len(seen) <= 1
        return
    along = on_curve(points)
    xs, ys = to_data(PLOT, along)
    assert np.abs(ys - [curve(x) for x in xs]).max() < 1e-9
    assert xs.max() <= 4 + 1e-9 and xs.min() >= -1e-9 and ys.max() <= 10 + 1e-9
    if seen:
        assert xs.min() <= min(seen) + 1e-6 and xs.max() >= max(seen) - 1e-6


@pytest.mark.parametrize("data", ["lecture", "noisy", "random:n=50", "1e12,2e12 3e12,7e12"])
def test_curves_are_the_objectives_of_the_core(data: str) -> None:
    objective = LeastSquares(parse_data(data))
    ws = np.linspace(-3, 5, 17)
    cost = cost_curve(objective)
    scale = max(1.0, float(np.max(objective.cost_at(ws))))
    assert np.allclose([cost(w) for w in ws], objective.cost_at(ws), rtol=1e-9, atol=1e-12 * scale)
    losses = [loss_curve(objective, i) for i in range(objective.n)]
    for i, loss in enumerate(losses):
        expected = objective.loss_at(ws, i)
        assert np.allclose([loss(w) for w in ws], expected, rtol=1e-9, atol=1e-12 * scale)
    mean = mean_curve(losses)
    assert np.allclose([mean(w) for w in ws], objective.cost_at(ws), rtol=1e-9, atol=1e-12 * scale)
    assert [mean.slope(w) for w in ws] == pytest.approx(
        [objective.gradient(np.array([w]))[0] for w in ws], rel=1e-9, abs=1e-9 * scale
    )


def test_a_sample_at_x_0_has_a_constant_loss() -> None:
    flat = loss_curve(LeastSquares(parse_data("0,3 1,2")), 0)
    assert flat(-5.0) == flat(7.0) == 9.0 and flat.slope(3.0) == 0.0 and flat.reach(10) == math.inf


def test_between_two_updates_lies_the_way() -> None:
    w = np.array([1.0, 2.0, 1.5])
    assert [between(w, t) for t in (0, 0.25, 1, 1.5, 2, 2.0)] == [1.0, 1.25, 2.0, 1.75, 1.5, 1.5]


def walker() -> Walker:
    return Walker(PLOT, 0.1, beads=[(1.0, 2.0), (9.0, 3.0), (2.0, 4.0)])


@pytest.mark.parametrize("place", [(0.0, 0.0), (2.0, 5.0), (4.0, 10.0)])
def test_the_point_stands_exactly_there(place: tuple[float, float]) -> None:
    made = walker()
    made.stand(*place)
    assert made.point.get_center() == pytest.approx(PLOT.at(*place), abs=1e-9)
    assert made.halo.get_center() == pytest.approx(PLOT.at(*place), abs=1e-9)
    assert not len(made.edge.points) and not len(made.value.points)


@pytest.mark.parametrize(
    "place",
    [(4.1, 5.0), (-1.0, 5.0), (2.0, 11.0), (1e300, 1e308), (-1e300, math.inf), (3.9, 10.01)],
)
def test_outside_the_plot_an_arrow_at_the_edge_says_where(place: tuple[float, float]) -> None:
    """No clamping: the point is hidden, and an arrow with its value is at the edge."""
    made = walker()
    made.stand(*place)
    assert not len(made.point.points) and not len(made.halo.points)
    assert len(made.edge.points) and np.isfinite(made.edge.points).all()
    assert inside(made.edge.points, PLOT.inner, 0.15)
    assert inside(made.value.points, STAGE), "its value must be seen as well"


def test_a_plot_too_narrow_for_a_text_has_the_arrow_alone() -> None:
    narrow = Plot(Box(-0.7, -2, 0.7, 2), Axis(0, 4, "w"), Axis(0, 10, "J"), THEME, WIDE.scale)
    made = Walker(narrow, 0.1, beads=[])
    made.stand(-9e164, math.inf)
    assert len(made.edge.points) and not len(made.value.points)


def test_beads_are_the_places_visited_so_far() -> None:
    made = walker()
    counts = []
    for t in (0.0, 0.99, 1.0, 2.0):
        made.pass_beads(t)
        counts.append(len(made.path.points) // len(discs(np.zeros((1, 3)), 1.0)))
    assert counts == [1, 1, 1, 2]  # the second lies outside the plot
    last = made.path.points[len(made.path.points) // 2 :]
    middle = (last.min(axis=0) + last.max(axis=0)) / 2
    assert middle == pytest.approx(PLOT.at(2.0, 4.0), abs=1e-9)


@unhurried
@given(st.floats(0.1, 3.9))
def test_the_tangent_has_the_slope_and_stays_within(w: float) -> None:
    curve, made = Quadratic(2.0, 4.0, 0.5), walker()
    made.lean(w, curve, 3.0)
    ends = made.tangent.points[[0, -1]]
    assert inside(ends, PLOT.inner)
    xs, ys = to_data(PLOT, ends)
    assert (ys[1] - ys[0]) / (xs[1] - xs[0]) == pytest.approx(curve.slope(w), abs=1e-6)
    assert ys[0] == pytest.approx(curve(w) + curve.slope(w) * (xs[0] - w), abs=1e-6)


def test_no_tangent_and_no_arrow_where_the_point_is_not_seen() -> None:
    made, curve = walker(), Quadratic(2.0, 4.0, 0.5)
    made.lean(50.0, curve, 3.0)
    made.reach(50.0, curve(50.0), 2.0)
    assert not len(made.tangent.points) and not len(made.shaft.points)


@pytest.mark.parametrize(("start", "stop"), [(1.0, 1.5), (3.0, 0.5), (1.0, 1.0001), (1.0, 99.0)])
def test_the_step_arrow_ends_where_the_step_does(start: float, stop: float) -> None:
    made = walker()
    made.reach(start, 3.0, stop)
    tip = made.head.points[0]
    assert tip == pytest.approx(PLOT.at(min(stop, 4.0), 3.0), abs=1e-9)
    ends = np.concatenate([made.shaft.points, made.head.points])[:, 0]
    assert min(ends) >= min(PLOT.at(start, 3)[0], tip[0]) - 1e-9
    assert max(ends) <= max(PLOT.at(start, 3)[0], tip[0]) + 1e-9
    made.hide_step()
    assert not len(made.shaft.points) and not len(made.head.points)


def series(values: list[float], top: float = 5.0) -> Series:
    chart = Chart(arrangement(WIDE).notes, len(values) - 1, top, THEME, WIDE.scale)
    counts = np.arange(len(values), dtype=float)
    return Series(chart, counts, np.array(values), THEME.cost, 0.1)


def test_a_series_has_one_corner_for_each_index() -> None:
    made = series([4.0, 2.0, 3.0, 1.0])
    for t, ends in ((0, []), (1, [(0, 4), (1, 2)]), (2, [(0, 4), (1, 2), (2, 3)])):
        made.reach(t)
        corners = made.line.points[[0, *range(3, len(made.line.points), 4)]] if ends else []
        expected = [made.plot.at(*end) for end in ends]
        assert np.allclose(corners, expected, atol=1e-9)
        assert made.head.get_center() == pytest.approx(made.plot.at(t, [4, 2, 3][t]), abs=1e-9)
    made.reach(1.5)
    assert made.head.get_center() == pytest.approx(made.plot.at(1.5, 2.5), abs=1e-9)
    assert made.line.points[-1] == pytest.approx(made.plot.at(1.5, 2.5), abs=1e-9)


@pytest.mark.parametrize("last", [math.inf, 1e308, 50.0])
def test_what_leaves_a_chart_is_cut_not_bent(last: float) -> None:
    made = series([1.0, 3.0, last])
    made.reach(2)
    assert not len(made.head.points)
    assert np.isfinite(made.line.points).all() and inside(made.line.points, made.plot.inner)
    xs, ys = to_data(made.plot, made.line.points)
    assert xs[3] == pytest.approx(1) and ys[3] == pytest.approx(3)
    if last == 50.0:  # the way up is cut at the top, on the straight line to the corner
        assert ys[-1] == pytest.approx(5) and xs[-1] == pytest.approx(1 + 2 / 47)


def test_a_long_series_keeps_its_ends_and_extremes() -> None:
    values = [abs(math.sin(k)) for k in range(20_000)]
    values[12_345] = 4.0
    made = series(values)
    made.reach(19_999)
    _, ys = to_data(made.plot, made.line.points)
    assert ys.max() == pytest.approx(4.0) and len(made.line.points) < 4 * 20_000
    made.reach(12_345)
    assert made.head.get_center() == pytest.approx(made.plot.at(12_345, 4.0), abs=1e-9)


def test_the_data_line_has_its_slope_and_stays_within() -> None:
    made = SamplePlot(LECTURE, [1.0, 2.0], arrangement(WIDE).notes, THEME, WIDE.scale)
    for w in (2.0, 1.0, 0.0, 0.25, 30.0):
        made.turn(w)
        xs, ys = to_data(made, made.line.points)
        assert ys == pytest.approx(w * xs, abs=1e-9)
        assert inside(made.line.points, made.inner)
    made.turn(-0.5)
    assert not len(made.line.points) and not len(made.ring.points)
    made.turn(2.0)
    assert made.ring.get_center() == pytest.approx(made.at(4.0, 8.0), abs=1e-9)
    for index, dot in enumerate(made.dots):
        assert dot.get_center() == pytest.approx(made.at(index + 1, 2 * index + 2), abs=1e-9)


@pytest.mark.parametrize(
    ("data", "x"), [("lecture", 4.0), ("-3,5 -1,2", -4.0), ("150,1 610,2", 800.0), ("2,3", 2.5)]
)
def test_predictions_are_made_beyond_the_data(data: str, x: float) -> None:
    assert query(parse_data(data)) == x


def test_shapes() -> None:
    assert not len(polyline(np.zeros((1, 3)))) and not len(discs(np.zeros((0, 3)), 1.0))
    line = polyline(np.array([[0, 0, 0], [3, 0, 0], [3, 3, 0]], dtype=float))
    assert line.shape == (8, 3) and line[1] == pytest.approx([1, 0, 0])
    two = discs(np.array([[0, 0, 0], [5, 1, 0]], dtype=float), 0.5)
    radii = np.hypot(*(on_curve(two[len(two) // 2 :]) - [5, 1, 0]).T[:2])
    assert radii == pytest.approx(0.5, rel=1e-3)
    assert rectangle(0, 1, 2, 5)[0] == pytest.approx([0, 1, 0])
    tip = triangle(np.array([1.0, 2, 0]), np.array([0.0, 3, 0]), 0.5)
    assert tip[0] == pytest.approx([1, 2, 0]) and tip[:, 1].min() == pytest.approx(1.5)
    assert not len(triangle(np.zeros(3), np.zeros(3), 1.0))

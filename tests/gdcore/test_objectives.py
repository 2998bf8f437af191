"""Least squares and landscapes: gradients compared with differences, minima, degenerate data."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore import LANDSCAPES, LECTURE, NOISY, Dataset, LeastSquares, Objective, random_line

OBJECTIVES: dict[str, Objective] = {
    "w": LeastSquares(NOISY),
    "wb": LeastSquares(NOISY, bias=True),
    "w100": LeastSquares(random_line(100)),
    "wb100": LeastSquares(random_line(100), bias=True),
    **LANDSCAPES,
}
COORDINATE = st.floats(-3, 3)


@pytest.mark.parametrize("name", OBJECTIVES)
@settings(deadline=None, max_examples=50, derandomize=True)
@given(a=COORDINATE, b=COORDINATE)
def test_gradients_are_the_slopes_of_the_values(name: str, a: float, b: float) -> None:
    objective, h = OBJECTIVES[name], 1e-5
    theta = np.array([a, b][: objective.d])
    sides = [(theta + h * axis, theta - h * axis) for axis in np.eye(objective.d)]
    scale = 1e-9 * (1 + abs(objective.cost(theta))) / h
    slope = [(objective.cost(up) - objective.cost(down)) / (2 * h) for up, down in sides]
    np.testing.assert_allclose(objective.gradient(theta), slope, rtol=1e-5, atol=scale)
    i = objective.n - 1
    slope = [(objective.loss(up, i) - objective.loss(down, i)) / (2 * h) for up, down in sides]
    scale = 1e-9 * (1 + abs(objective.loss(theta, i))) / h
    np.testing.assert_allclose(objective.sample_gradient(theta, i), slope, rtol=1e-5, atol=scale)


@pytest.mark.parametrize("name", ["w", "wb", "w100", "wb100"])
def test_the_cost_is_the_mean_of_the_losses(name: str) -> None:
    objective = OBJECTIVES[name]
    theta = np.array([0.7, -0.2][: objective.d])
    losses = [objective.loss(theta, i) for i in range(objective.n)]
    slopes = [objective.sample_gradient(theta, i) for i in range(objective.n)]
    assert objective.cost(theta) == pytest.approx(np.mean(losses), rel=1e-13)
    np.testing.assert_allclose(objective.gradient(theta), np.mean(slopes, axis=0), rtol=1e-12)


@pytest.mark.parametrize("data", [LECTURE, NOISY, random_line(50, seed=2)], ids=lambda d: d.name)
@pytest.mark.parametrize("bias", [False, True])
def test_minimiser_and_curvature(data: Dataset, bias: bool) -> None:
    objective = LeastSquares(data, bias)
    columns = np.column_stack([data.x, np.ones(data.n)])[:, : objective.d]
    best = np.linalg.lstsq(columns, data.y, rcond=None)[0]
    np.testing.assert_allclose(objective.minimiser(), best, rtol=1e-9, atol=1e-12)
    assert np.abs(objective.gradient(objective.minimiser())).max() < 1e-12
    hessian = 2 * columns.T @ columns / data.n
    np.testing.assert_allclose(objective.hessian, hessian, rtol=1e-12)
    assert objective.curvature == pytest.approx(np.linalg.eigvalsh(hessian)[-1], rel=1e-12)
    direction = columns[1] / np.linalg.norm(columns[1])
    loss = [objective.loss(s * direction, 1) for s in (-1, 0, 1)]
    second = loss[0] - 2 * loss[1] + loss[2]
    assert objective.sample_curvature(1) == pytest.approx(second, rel=1e-9)


def test_curves_equal_their_points() -> None:
    objective = LeastSquares(NOISY)
    ws = np.linspace(-2, 4, 20_001)
    costs, losses = objective.cost_at(ws), objective.loss_at(ws, 2)
    for k in (0, 5_000, 20_000):
        assert costs[k] == objective.cost([ws[k]])
        assert losses[k] == objective.loss([ws[k]], 2)
    assert objective.cost_at(ws.reshape(3, -1)).shape == (3, 6667)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_landscapes(name: str) -> None:
    landscape = LANDSCAPES[name]
    a0, a1, b0, b1 = landscape.window
    assert a0 <= landscape.start[0] <= a1 and b0 <= landscape.start[1] <= b1
    assert pickle.loads(pickle.dumps(landscape)) == landscape
    rng = np.random.default_rng(0)
    around = rng.uniform([a0, b0], [a1, b1], (1000, 2))
    for minimum in landscape.minima:
        assert landscape.cost(minimum) < 1e-20
        assert np.abs(landscape.gradient(minimum)).max() < 1e-9
        assert landscape.costs(around).min() > 0
    assert (name == "saddle") == (not landscape.minima)


def test_known_values_of_the_landscapes() -> None:
    assert LANDSCAPES["ravine"].cost([2, 1]) == 14.5
    assert LANDSCAPES["rosenbrock"].cost([-1.2, 1]) == pytest.approx(24.2, rel=1e-14)
    assert LANDSCAPES["beale"].cost([0, 0]) == 1.5**2 + 2.25**2 + 2.625**2
    assert LANDSCAPES["himmelblau"].cost([0, 0]) == 170
    assert LANDSCAPES["saddle"].cost([2, 3]) == -5
    assert LANDSCAPES["double-well"].cost([0, 2]) == 5


def test_where_there_is_no_single_minimiser() -> None:
    zeros = Dataset(np.zeros(2), np.array([1.0, 2.0]))
    assert np.isnan(LeastSquares(zeros).minimiser()).all()
    assert np.isnan(LeastSquares(zeros).sample_minimiser(0))
    alike = Dataset(np.ones(3), np.array([1.0, 2.0, 6.0]))
    assert np.isnan(LeastSquares(alike, bias=True).minimiser()).all()
    assert LeastSquares(alike).minimiser().item() == 3
    single = Dataset(np.array([2.0]), np.array([5.0]))
    assert LeastSquares(single).minimiser().item() == 2.5
    assert LeastSquares(single, bias=True).exact
    assert np.isnan(LeastSquares(single, bias=True).minimiser()).all()


def test_exactness_depends_on_the_model() -> None:
    shifted = Dataset(np.array([1.0, 2.0, 3.0]), np.array([3.0, 5.0, 7.0]))
    assert not LeastSquares(shifted).exact
    assert LeastSquares(shifted, bias=True).exact
    assert not LeastSquares(NOISY, bias=True).exact


def test_beyond_all_range_is_infinite_and_silent() -> None:
    for objective in OBJECTIVES.values():
        far = np.full((2, objective.d), 1e300)
        far[:, -1] /= 2  # on its diagonal the saddle is 0
        assert objective.costs(far).tolist() == [np.inf, np.inf]

"""Momentum's speed, what rules remember, scaled inputs, and the objectives that are not convex."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore.data import LECTURE, NOISY, DataError, Dataset, random_line
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.objective import Objective
from gdcore.objectives.curves import CURVES
from gdcore.objectives.logistic import Logistic
from gdcore.objectives.neurons import TwoNeurons
from gdcore.objectives.tilted import Tilted
from gdcore.studies.basins import Fate, fates, tally
from gdcore.studies.memory import remembered
from gdcore.studies.momentum import best_momentum, best_plain, largest_stable_rate, spectral_radius
from gdcore.studies.scaling import Scaling, centred, standardised
from gdcore.theory import condition_number

CLASSES = Dataset(np.array([-2.0, -1.0, 0.5, 1.5, 3.0]), np.array([0.0, 0.0, 1.0, 0.0, 1.0]))
WAVES = Dataset(np.linspace(-2, 2, 9), np.sin(np.linspace(-2, 2, 9)))
OBJECTIVES: dict[str, Objective] = {
    "logistic": Logistic(CLASSES),
    "logistic-bias": Logistic(CLASSES, bias=True),
    "neurons": TwoNeurons(WAVES),
    "tilted": Tilted(CURVES["two-valleys"], (-3.0, 1.0, 2.0)),
    **CURVES,
}
WEIGHT = st.floats(-3, 3)


@pytest.mark.parametrize("name", OBJECTIVES)
@settings(deadline=None, max_examples=50, derandomize=True)
@given(weights=st.tuples(WEIGHT, WEIGHT, WEIGHT, WEIGHT))
def test_gradients_are_the_slopes_of_the_values(name: str, weights: tuple[float, ...]) -> None:
    objective, h = OBJECTIVES[name], 1e-5
    theta = np.array(weights[: objective.d])
    sides = [(theta + h * axis, theta - h * axis) for axis in np.eye(objective.d)]
    slope = [(objective.cost(up) - objective.cost(down)) / (2 * h) for up, down in sides]
    np.testing.assert_allclose(objective.gradient(theta), slope, rtol=1e-4, atol=1e-4)
    i = objective.n - 1
    slope = [(objective.loss(up, i) - objective.loss(down, i)) / (2 * h) for up, down in sides]
    np.testing.assert_allclose(objective.sample_gradient(theta, i), slope, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_cost_is_the_mean_of_the_losses(name: str) -> None:
    objective = OBJECTIVES[name]
    theta = np.array([0.7, -0.2, 1.1, 0.4][: objective.d])
    losses = [objective.loss(theta, i) for i in range(objective.n)]
    assert objective.cost(theta) == pytest.approx(np.mean(losses), rel=1e-13)
    batch = np.arange(objective.n, dtype=np.int32)[None]
    assert objective.losses(theta[None], batch)[0] == pytest.approx(np.mean(losses), rel=1e-13)


def test_a_logistic_loss_by_its_definition() -> None:
    w, b = 0.8, -0.3
    p = 1 / (1 + np.exp(-(w * CLASSES.x + b)))
    losses = -(CLASSES.y * np.log(p) + (1 - CLASSES.y) * np.log(1 - p))
    assert Logistic(CLASSES, bias=True).cost([w, b]) == pytest.approx(losses.mean(), rel=1e-13)
    assert np.isfinite(Logistic(CLASSES).cost([1e5])), "it does not overflow far out"
    with pytest.raises(DataError, match="each y 0 or 1"):
        Logistic(LECTURE)


def test_neurons_have_twins() -> None:
    network = TwoNeurons(WAVES)
    cost = network.cost([0.5, -1.2, 0.9, 0.3])
    assert network.cost([-1.2, 0.5, 0.3, 0.9]) == pytest.approx(cost, rel=1e-14)
    assert network.cost([-0.5, -1.2, -0.9, 0.3]) == pytest.approx(cost, rel=1e-14)


@pytest.mark.parametrize("name", CURVES)
def test_the_places_of_a_curve(name: str) -> None:
    """Its minima, flats and peaks are all zeros of the slope, and are what they are called."""
    curve, h = CURVES[name], 1e-3
    ws = np.linspace(*curve.window, 20_001)
    slopes = np.gradient(curve.costs(ws[:, None]), ws)
    places = sorted((*curve.minima, *curve.flats, *curve.peaks))
    for w in places:
        assert abs(curve.gradient([w])[0]) < 1e-12
    for w, left, right in [
        *((w, -1, 1) for w in curve.minima),
        *((w, 1, -1) for w in curve.peaks),
    ]:
        assert np.sign(curve.gradient([w - h])[0]) == left
        assert np.sign(curve.gradient([w + h])[0]) == right
    for w in curve.flats:
        assert np.sign(curve.gradient([w - h])[0]) == np.sign(curve.gradient([w + h])[0]) != 0
    turns = int(np.count_nonzero(np.diff(np.sign(slopes[np.abs(slopes) > 1e-9]))))
    assert turns == len(curve.minima) + len(curve.peaks), "no place is missing"
    costs = [curve.cost([w]) for w in curve.minima]
    assert costs[0] == pytest.approx(0, abs=1e-12) and costs == sorted(costs)


@pytest.mark.parametrize("name", CURVES)
def test_basins_are_where_slow_descents_go(name: str) -> None:
    curve = CURVES[name]
    for w in np.linspace(*curve.window, 40):
        end = descend(curve, float(w), lr=0.005, epochs=20_000).w[-1]
        arrived = [k for k, place in enumerate(curve.minima) if abs(end - place) < 1e-3]
        if arrived:
            assert curve.basin(float(w)) == arrived[0]
        else:
            assert any(abs(end - flat) < 0.2 for flat in curve.flats), "only a plateau holds it up"


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("momentum", "velocity"),
        ("nesterov", "velocity"),
        ("adagrad", "squares"),
        ("rmsprop", "squares"),
        ("adam", "mean"),
        ("adam", "squares"),
    ],
)
def test_what_a_rule_remembers_explains_its_steps(rule: str, name: str) -> None:
    """The steps, computed from the remembered numbers by the equations, are those of the trace."""
    trace = descend(LeastSquares(NOISY, bias=True), [1, 0.5], lr=0.02, epochs=40, rule=rule)
    kept, steps = remembered(trace), np.diff(trace.theta, axis=0)
    g, k = trace.gradient, np.arange(1, 41)[:, None]
    expected = {
        "momentum": lambda: -0.02 * kept["velocity"],
        "nesterov": lambda: -0.02 * (g + 0.9 * kept["velocity"]),
        "adagrad": lambda: -0.02 * g / (np.sqrt(kept["squares"]) + 1e-10),
        "rmsprop": lambda: -0.02 * g / (np.sqrt(kept["squares"]) + 1e-8),
        "adam": lambda: (
            -0.02 * kept["mean"] / (1 - 0.9**k)
            / (np.sqrt(kept["squares"] / (1 - 0.999**k)) + 1e-8)
        ),
    }[rule]()  # fmt: skip
    np.testing.assert_allclose(steps, expected, rtol=1e-9, atol=1e-15)
    assert name in kept and kept[name].shape == g.shape


def test_adagrad_remembers_the_sum_of_squares_and_sgd_nothing() -> None:
    trace = descend(LeastSquares(NOISY), 1.0, lr=0.02, epochs=12, rule="adagrad")
    np.testing.assert_allclose(remembered(trace)["squares"], np.cumsum(trace.gradient**2, axis=0))
    assert remembered(descend(LeastSquares(NOISY), 1.0, lr=0.02, epochs=3)) == {}


@settings(deadline=None, max_examples=200, derandomize=True)
@given(rate=st.floats(1e-3, 3), momentum=st.floats(0, 0.99), curvature=st.floats(0.01, 5))
def test_the_spectral_radius_is_that_of_the_matrix(
    rate: float, momentum: float, curvature: float
) -> None:
    matrix = np.array([[1 - rate * curvature, -rate * momentum], [curvature, momentum]])
    largest = np.abs(np.linalg.eigvals(matrix)).max()
    assert spectral_radius(rate, momentum, [curvature]) == pytest.approx(largest, rel=1e-6)


def test_the_best_momentum_is_the_best_of_a_grid() -> None:
    low, high = 1.0, 25.0
    best = best_momentum(low, high)
    assert best.momentum == pytest.approx(((5 - 1) / (5 + 1)) ** 2)
    assert spectral_radius(best.rate, best.momentum, [low, high]) == pytest.approx(best.radius)
    rates, momenta = np.meshgrid(np.linspace(0.001, 0.16, 400), np.linspace(0, 0.99, 400))
    assert spectral_radius(rates, momenta, [low, high]).min() >= best.radius * (1 - 1e-9)
    plain = best_plain(low, high)
    assert spectral_radius(plain.rate, 0, [low, high]) == pytest.approx(plain.radius)
    assert spectral_radius(rates[0], 0 * rates[0], [low, high]).min() >= plain.radius * (1 - 1e-9)
    with pytest.raises(ValueError, match="above 0"):
        best_momentum(0, 1)


def test_the_radius_is_how_a_descent_shrinks() -> None:
    """Momentum on a plane: in the long run the error of the trace shrinks by the radius."""
    objective = LeastSquares(LECTURE, bias=True)
    low, high = np.linalg.eigvalsh(objective.hessian)
    for rate, momentum in ((0.05, 0.5), (0.02, 0.3), (0.03, 0.7)):
        rule = f"momentum:momentum={momentum}"
        trace = descend(objective, [1, 0.5], lr=rate, epochs=400, rule=rule)
        away = np.hypot(*(trace.theta - objective.minimiser()).T)
        seen = np.log(away[300:350].max() / away[200:250].max()) / 100
        assert np.exp(seen) == pytest.approx(spectral_radius(rate, momentum, [low, high]), rel=3e-3)


def test_a_rate_just_stable() -> None:
    bound = largest_stable_rate(0.5, 4.0)
    assert (
        spectral_radius(bound * 0.999, 0.5, [4.0]) < 1 < spectral_radius(bound * 1.001, 0.5, [4.0])
    )


@pytest.mark.parametrize("data", [NOISY, random_line(50, seed=3)], ids=lambda d: d.name)
def test_scaling_keeps_the_cost_of_a_line(data: Dataset) -> None:
    plane = LeastSquares(data, bias=True)
    for scaling in (centred(data), standardised(data), Scaling(-3.0, 0.5)):
        other = LeastSquares(scaling.data(data), bias=True)
        for weights in ([1.0, 0.5], [-2.0, 3.0], [0.0, 0.0]):
            there = scaling.scaled(weights)
            assert other.cost(there) == pytest.approx(plane.cost(weights), rel=1e-12)
            np.testing.assert_allclose(scaling.plain(there), weights, atol=1e-12)
        np.testing.assert_allclose(scaling.plain(other.minimiser()), plane.minimiser(), rtol=1e-9)


def test_standardised_inputs_make_circles() -> None:
    data = Dataset(np.array([150.0, 160, 172, 181, 195]), np.array([52.0, 61, 65, 80, 88]))
    assert condition_number(LeastSquares(data, bias=True)) > 1e4
    upright = LeastSquares(centred(data).data(data), bias=True)
    assert abs(upright.hessian[0, 1]) < 1e-10
    round_ = LeastSquares(standardised(data).data(data), bias=True)
    np.testing.assert_allclose(round_.hessian, 2 * np.eye(2), atol=1e-12)
    assert condition_number(round_) == pytest.approx(1)
    with pytest.raises(ValueError, match="all x are equal"):
        standardised(Dataset(np.ones(3), np.arange(3.0)))


def test_tilts_move_no_cost_and_change_each_slope_by_themselves() -> None:
    curve = CURVES["two-valleys"]
    tilted = Tilted(curve, (-3.0, 3.0))
    for w in (-2.0, 0.3, 3.0):
        assert tilted.cost([w]) == curve.cost([w])
        slopes = [tilted.sample_gradient([w], i)[0] - curve.gradient([w])[0] for i in (0, 1)]
        assert slopes == pytest.approx([-3.0, 3.0])
    with pytest.raises(ValueError, match="sum of the tilts must be 0"):
        Tilted(curve, (1.0, 1.0))


def test_where_points_of_a_curve_are() -> None:
    curve = CURVES["two-valleys"]
    deep, shallow = curve.minima
    ws = np.array([deep + 0.05, shallow - 0.04, curve.flats[0] - 0.4, 0.0, -8.0, np.nan, deep])
    found = fates(curve, ws)
    wanted = [
        Fate.DEEP, Fate.SHALLOW, Fate.PLATEAU, Fate.ELSEWHERE, Fate.ELSEWHERE, Fate.GONE, Fate.DEEP,
    ]  # fmt: skip
    assert found.tolist() == wanted
    assert tally(found) == (2, 1, 1, 2, 1)

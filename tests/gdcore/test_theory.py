"""Properties that hold for any data: of thresholds, of scaled data, of spreads."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdcore import (
    NOISY,
    Dataset,
    LeastSquares,
    Trace,
    calm_rate,
    condition_number,
    contraction,
    descend,
    limit_cycle,
    random_line,
    region_of_confusion,
    sgd_factors,
    stationary_spread,
    thresholds,
)

VALUE = st.floats(0.2, 5).flatmap(lambda size: st.sampled_from([size, -size]))
calm = settings(deadline=None, max_examples=40, derandomize=True)
SAMPLES = st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=6)


def line(samples: list) -> LeastSquares:
    x, y = np.array(samples).T
    return LeastSquares(Dataset(x, y))


def exact_line(samples: list) -> LeastSquares:
    x = np.array(samples)[:, 0]
    return LeastSquares(Dataset(x, 2 * x))


def end_of(objective: LeastSquares, lr: float, epochs: int, order: str = "batch") -> Trace:
    start = objective.minimiser() + 1.0
    return descend(objective, start, lr=lr, epochs=epochs, order=order)


@calm
@given(SAMPLES, st.floats(0.02, 0.98))
def test_below_the_threshold_batch_converges_without_overshoot(samples: list, part: float) -> None:
    objective = line(samples)
    trace = end_of(objective, part * thresholds(objective).no_overshoot, 50)
    away = trace.w - objective.minimiser()
    assert np.all(away > -1e-12) and away[-1] <= away[0] * (1 - part) ** 50 * (1 + 1e-9) + 1e-12


@calm
@given(SAMPLES, st.floats(1.1, 1.9))
def test_between_the_thresholds_batch_oscillates(samples: list, part: float) -> None:
    objective = line(samples)
    lr = part * thresholds(objective).no_overshoot
    away = end_of(objective, lr, 6).w - objective.minimiser()
    assert np.all(away[:-1] * away[1:] < 0)
    np.testing.assert_allclose(away, contraction(objective, lr) ** np.arange(7), atol=1e-9)
    assert abs(away[-1]) < abs(away[0])


@calm
@given(SAMPLES, st.booleans())
def test_divergence_lies_exactly_at_its_threshold(samples: list, bias: bool) -> None:
    objective = LeastSquares(line(samples).data, bias)
    limit = thresholds(objective).divergence
    start = objective.minimiser() + 1.0
    assume(np.all(np.isfinite(start)))
    best = objective.cost(objective.minimiser())
    # In the steepest direction each update multiplies the excess cost by (1 - L*lr)^2.
    steepest = np.linalg.eigh(objective.hessian)[1][:, -1]
    start = objective.minimiser() + steepest
    above = descend(objective, start, lr=1.02 * limit, epochs=60)
    below = descend(objective, start, lr=0.98 * limit, epochs=60)
    assert above.cost[-1] - best > 2 * (above.cost[0] - best)
    assert below.cost[-1] - best < 0.5 * (below.cost[0] - best)


@calm
@given(SAMPLES)
def test_in_order_sgd_diverges_just_above_its_threshold(samples: list) -> None:
    objective = exact_line(samples)
    limit = thresholds(objective).in_order
    below, above = (np.prod(sgd_factors(objective, part * limit)) for part in (0.999, 1.001))
    assert abs(below) < 1 < abs(above)
    for lr in np.linspace(0.01, 0.999, 50) * limit:
        assert abs(np.prod(sgd_factors(objective, lr))) < 1
    assert abs(end_of(objective, 0.999 * limit, 100, "in-order").w[-1] - 2) < 1
    assert abs(end_of(objective, 1.001 * limit, 100, "in-order").w[-1] - 2) > 1


@calm
@given(SAMPLES, st.floats(0.01, 100), st.sampled_from(["batch", "in-order"]))
def test_scaling_x_and_y_is_scaling_the_rate(samples: list, scale: float, order: str) -> None:
    objective = line(samples)
    scaled = line([(x * scale, y * scale) for x, y in samples])
    lr = 0.3 * thresholds(objective).sample_overshoot
    plain = descend(objective, 1.0, lr=lr, epochs=20, order=order)
    other = descend(scaled, 1.0, lr=lr / scale**2, epochs=20, order=order)
    np.testing.assert_allclose(other.theta, plain.theta, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(other.cost, plain.cost * scale**2, rtol=1e-9, atol=1e-9 * scale**2)


@calm
@given(SAMPLES, st.floats(0.01, 100))
def test_scaling_y_scales_w(samples: list, scale: float) -> None:
    objective, scaled = line(samples), line([(x, y * scale) for x, y in samples])
    lr = 0.3 * thresholds(objective).sample_overshoot
    plain = descend(objective, 1.0, lr=lr, epochs=20, order="in-order")
    other = descend(scaled, scale, lr=lr, epochs=20, order="in-order")
    np.testing.assert_allclose(other.w, scale * plain.w, rtol=1e-9, atol=1e-9 * scale)


@calm
@given(SAMPLES, st.randoms(use_true_random=False), st.booleans())
def test_batch_knows_no_order_of_the_samples(samples: list, random, bias: bool) -> None:
    shuffled = random.sample(samples, len(samples))
    one, other = (LeastSquares(line(each).data, bias) for each in (samples, shuffled))
    lr = 0.5 * thresholds(one).no_overshoot
    start = np.ones(one.d)
    traces = [descend(each, start, lr=lr, epochs=30) for each in (one, other)]
    np.testing.assert_allclose(traces[0].theta, traces[1].theta, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(traces[0].cost, traces[1].cost, rtol=1e-9, atol=1e-9)


@calm
@given(SAMPLES, st.floats(0.05, 0.9))
def test_a_batch_of_all_samples_is_batch(samples: list, part: float) -> None:
    objective = line(samples)
    lr = part * thresholds(objective).divergence
    batch = descend(objective, 1.0, lr=lr, epochs=20)
    mini = descend(objective, 1.0, lr=lr, epochs=20, order="in-order", batch_size=len(samples))
    assert batch.theta.tobytes() == mini.theta.tobytes()
    np.testing.assert_array_equal(batch.loss, mini.loss)


@calm
@given(SAMPLES, st.floats(0.05, 0.9))
def test_in_order_ends_in_its_limit_cycle(samples: list, part: float) -> None:
    objective = line(samples)
    lr = part * thresholds(objective).sample_overshoot
    factor = abs(np.prod(sgd_factors(objective, lr)))
    assume(factor < 0.97)
    trace = descend(objective, 1.0, lr=lr, epochs=1000, order="in-order")
    cycle = limit_cycle(objective, lr)
    np.testing.assert_allclose(trace.w[-objective.n :], cycle, rtol=1e-8, atol=1e-8)


@calm
@given(SAMPLES)
def test_the_minimiser_lies_in_the_region_of_confusion(samples: list) -> None:
    objective = line(samples)
    low, high = region_of_confusion(objective)
    assert low - 1e-9 <= objective.minimiser().item() <= high + 1e-9


@settings(calm, max_examples=5)
@given(st.floats(0.05, 0.5), st.sampled_from([1, 3, 5]), st.integers(0, 100))
def test_the_stationary_spread_comes_true(part: float, batch_size: int, seed: int) -> None:
    objective = LeastSquares(random_line(15, sigma=1, seed=seed))
    lr = part * thresholds(objective).random
    spread = stationary_spread(objective, lr, batch_size)
    trace = descend(
        objective, spread.mean, lr=lr, epochs=40_000 * batch_size // 15, order="random",
        batch_size=batch_size, seed=seed,
    )  # fmt: skip
    # w forgets in about 1/(lr*L) updates: some 40,000*lr*L of the visits are independent.
    independent = 40_000 * lr * objective.curvature / 2
    visited = trace.w[1000:]
    assert np.mean(visited) == pytest.approx(spread.mean, abs=6 * spread.std / independent**0.5)
    assert np.std(visited) == pytest.approx(spread.std, rel=8 / independent**0.5)


@pytest.mark.slow
def test_a_long_simulation_of_the_lecture_s_noise() -> None:
    objective = LeastSquares(NOISY)
    for lr, tolerance in ((0.005, 0.03), (0.04, 0.02)):
        spread = stationary_spread(objective, lr)
        trace = descend(objective, spread.mean, lr=lr, epochs=100_000, order="random", seed=1)
        assert np.std(trace.w) == pytest.approx(spread.std, rel=tolerance)


def test_thresholds_of_odd_data() -> None:
    flat = thresholds(LeastSquares(Dataset(np.zeros(2), np.ones(2))))
    assert set(flat) == {np.inf}
    many = thresholds(LeastSquares(random_line(1000)))
    assert np.isnan(many.in_order) and many.random < many.divergence
    single = thresholds(LeastSquares(Dataset(np.array([2.0]), np.array([4.0]))))
    assert single == pytest.approx((1 / 8, 2 / 8, 1 / 8, 2 / 8, 2 / 8))
    plane = thresholds(LeastSquares(NOISY, bias=True))
    assert plane.divergence == pytest.approx(2 / LeastSquares(NOISY, bias=True).curvature)
    assert plane.sample_overshoot == pytest.approx(1 / 20)
    with pytest.raises(ValueError, match="without a bias"):
        limit_cycle(LeastSquares(NOISY, bias=True), 0.01)


@calm
@given(SAMPLES)
def test_at_the_calm_rate_no_step_passes_and_batch_does_not_overshoot(samples: list) -> None:
    x, y = np.array(samples).T
    for bias in (False, True):
        objective = LeastSquares(Dataset(x, y), bias)
        rate = calm_rate(objective)
        found = thresholds(objective)
        assert 0.89 * found.sample_overshoot < rate <= found.sample_overshoot * (1 + 1e-9)
        assert rate <= found.no_overshoot * (1 + 1e-9)
        assert float(f"{rate:.2g}") == rate


@calm
@given(SAMPLES)
def test_the_condition_number_is_the_ratio_of_the_eigenvalues(samples: list) -> None:
    x, y = np.array(samples).T
    assume(np.ptp(x) > 0.01)
    objective = LeastSquares(Dataset(x, y), bias=True)
    low, high = np.linalg.eigvalsh(objective.hessian)
    assert condition_number(objective) == pytest.approx(high / low, rel=1e-6)
    assert condition_number(LeastSquares(objective.data)) == 1.0


def test_a_line_of_minima_has_an_infinite_condition_number() -> None:
    same = Dataset(np.array([2.0, 2.0]), np.array([1.0, 3.0]))
    assert condition_number(LeastSquares(same, bias=True)) == np.inf
    far = Dataset(1e8 + np.arange(3.0), np.arange(3.0))
    # here eigvalsh gives no correct digit of the smaller eigenvalue
    assert condition_number(LeastSquares(far, bias=True)) == pytest.approx(1.5e32, rel=1e-6)

"""The facts in the captions, each computed again from the lecture's data."""

from math import sqrt

import numpy as np
import pytest

from gdcore import (
    LECTURE,
    NOISY,
    LeastSquares,
    Trace,
    ZigZag,
    contraction,
    cost_rises,
    descend,
    distance,
    first_arrival,
    limit_cycle,
    loss_rises,
    region_of_confusion,
    retreats,
    sgd_factors,
    stationary_spread,
    thresholds,
    zigzag_cause,
)

EXACT = LeastSquares(LECTURE)
NOISE = LeastSquares(NOISY)
X, Y = LECTURE.x, NOISY.y


@pytest.fixture(scope="module")
def batch() -> Trace:
    return descend(EXACT, 1.0, lr=0.01, epochs=100)


@pytest.fixture(scope="module")
def sgd() -> Trace:
    return descend(EXACT, 1.0, lr=0.01, epochs=100, order="in-order")


def test_the_parabola() -> None:
    assert EXACT.curvature == pytest.approx(28 / 3, rel=1e-15)
    assert EXACT.curvature == pytest.approx(2 * np.mean(X**2), rel=1e-15)
    assert EXACT.minimiser().tolist() == [2.0]
    assert EXACT.cost([2.0]) == 0.0
    assert NOISE.minimiser().item() == pytest.approx(142 / 70, rel=1e-15)
    assert [NOISE.sample_minimiser(i) for i in range(3)] == pytest.approx([2.3, 1.8, 2.1])


def test_batch_multiplies_the_error(batch: Trace) -> None:
    factor = contraction(EXACT, 0.01)
    assert factor == pytest.approx(0.906667, abs=5e-7)
    np.testing.assert_allclose(batch.w - 2, -(factor ** np.arange(101)), rtol=1e-11)


def test_sgd_multiplies_the_error(sgd: Trace) -> None:
    factors = sgd_factors(EXACT, 0.01)
    np.testing.assert_allclose(factors, [0.98, 0.92, 0.82], rtol=1e-15)
    assert np.prod(factors) == pytest.approx(0.739312, abs=5e-7)
    assert contraction(EXACT, 0.01) ** 3 == pytest.approx(0.745320, abs=5e-7)
    np.testing.assert_allclose((sgd.w[1:] - 2)[:30] / (sgd.w[:-1] - 2)[:30], [*factors] * 10)


def test_thresholds() -> None:
    found = thresholds(EXACT)
    assert found.no_overshoot == pytest.approx(3 / 28, rel=1e-15)
    assert found.divergence == pytest.approx(3 / 14, rel=1e-15)
    assert found.sample_overshoot == pytest.approx(1 / 18, rel=1e-15)
    assert found.random == pytest.approx(1 / 7, rel=1e-15)
    assert found.random == pytest.approx(np.mean(X**2) / np.mean(X**4), rel=1e-15)
    assert found.in_order == pytest.approx(0.20402, abs=5e-6)
    product = np.polymul(np.polymul([-2, 1], [-8, 1]), [-18, 1])
    roots = np.concatenate([np.roots(np.polyadd(product, [one])) for one in (1, -1)])
    rates = roots[np.isreal(roots)].real
    assert found.in_order == pytest.approx(min(rates[rates > 1e-6]), rel=1e-10)


def test_on_exact_data_w_never_zigzags_but_the_loss_does(sgd: Trace) -> None:
    assert np.all(np.diff(sgd.w) > 0) and sgd.w[-1] < 2
    assert retreats(sgd, np.array([2.0])) == 0
    assert cost_rises(sgd) == 0
    assert loss_rises(sgd) == 200
    shown = [1.0, 3.8416, 7.3159, 0.5466, 2.0998, 3.9988]
    np.testing.assert_allclose(sgd.loss[:6], shown, atol=5e-5)
    assert zigzag_cause(sgd) is ZigZag.SAMPLES


def test_what_a_thousandth_costs(batch: Trace, sgd: Trace) -> None:
    target = np.array([2.0])
    away = [distance(trace, target) for trace in (batch, sgd)]
    assert [first_arrival(each, 0.001) for each in away] == [71, 69]
    assert (batch.sample_gradients[71], sgd.sample_gradients[69]) == (213, 69)
    assert first_arrival(away[0], 1e-30) is None


def test_the_region_of_confusion() -> None:
    low, high = region_of_confusion(NOISE)
    assert (low, high) == pytest.approx((1.8, 2.3))
    for w, agree in ((1.79, True), (2.31, True), (1.81, False), (2.29, False)):
        signs = {float(np.sign(NOISE.sample_gradient([w], i)[0])) for i in range(3)}
        assert (len(signs) == 1) is agree
    assert region_of_confusion(EXACT) == (2.0, 2.0)


def test_the_limit_cycle() -> None:
    cycle = limit_cycle(NOISE, 0.01)
    np.testing.assert_allclose(np.roll(cycle, 1), [2.0361, 2.0414, 2.0221], atol=5e-5)
    trace = descend(NOISE, 1.0, lr=0.01, epochs=200, order="in-order")
    np.testing.assert_allclose(trace.w[-3:], cycle, rtol=1e-14)
    assert np.isnan(limit_cycle(NOISE, 0.21)).all()
    np.testing.assert_allclose(limit_cycle(EXACT, 0.01), 2.0, rtol=1e-15)


@pytest.mark.parametrize(
    ("lr", "stated"), [(0.005, 0.0221), (0.01, 0.0319), (0.02, 0.0469), (0.04, 0.0725)]
)
def test_the_stationary_spread(lr: float, stated: float) -> None:
    a, b = 1 - 2 * lr * X**2, 2 * lr * X * Y
    m = np.mean(b) / (1 - np.mean(a))
    v = (np.mean(b**2) + 2 * m * np.mean(a * b)) / (1 - np.mean(a**2)) - m**2
    spread = stationary_spread(NOISE, lr)
    assert spread == pytest.approx((m, sqrt(v)), rel=1e-9)
    assert spread.std == pytest.approx(stated, abs=5e-5)


def test_there_is_no_spread_beyond_mean_square_stability() -> None:
    limit = thresholds(NOISE).random
    assert np.isfinite(stationary_spread(NOISE, 0.999 * limit).std)
    assert stationary_spread(NOISE, 1.001 * limit).std == np.inf


def test_with_a_bias_steps_lie_along_the_sample_s_direction() -> None:
    plane = LeastSquares(LECTURE, bias=True)
    np.testing.assert_allclose(plane.minimiser(), [2.0, 0.0], atol=1e-15)
    trace = descend(plane, [1.0, 0.5], lr=0.05, epochs=2000, order="in-order")
    steps, x = np.diff(trace.theta, axis=0)[:60], np.tile(X, 20)
    np.testing.assert_allclose(steps[:, 0], x * steps[:, 1], rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(trace.theta[-1], [2.0, 0.0], atol=1e-6)
    assert zigzag_cause(trace) is ZigZag.SAMPLES

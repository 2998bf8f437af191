"""The cause of a zig-zag: one trace for each cause, and unusual traces."""

import numpy as np
import pytest

from gdcore import (
    LANDSCAPES,
    LECTURE,
    NOISY,
    Dataset,
    LeastSquares,
    ZigZag,
    descend,
    distance,
    random_line,
    retreats,
    reversals,
    zigzag_cause,
)

EXACT, NOISE = LeastSquares(LECTURE), LeastSquares(NOISY)
PLANE = LeastSquares(LECTURE, bias=True)


def cause(objective, start=1.0, lr: float = 0.01, epochs: int = 100, **options) -> ZigZag:
    return zigzag_cause(descend(objective, start, lr=lr, epochs=epochs, **options))


@pytest.mark.parametrize(
    ("lr", "batch", "in_order"),
    [
        (0.01, ZigZag.NOTHING, ZigZag.SAMPLES),
        (0.05, ZigZag.NOTHING, ZigZag.SAMPLES),
        (0.06, ZigZag.NOTHING, ZigZag.OVERSHOOT),  # above 1/18 the third sample's step is too long
        (0.10, ZigZag.NOTHING, ZigZag.OVERSHOOT),
        (0.12, ZigZag.OVERSHOOT, ZigZag.OVERSHOOT),  # above 3/28 batch's as well
        (0.30, ZigZag.OVERSHOOT, ZigZag.OVERSHOOT),  # diverging
    ],
)
def test_the_lecture_s_data(lr: float, batch: ZigZag, in_order: ZigZag) -> None:
    assert cause(EXACT, lr=lr) is batch
    assert cause(EXACT, lr=lr, order="in-order") is in_order


@pytest.mark.parametrize("order", ["in-order", "shuffled", "random"])
def test_noisy_data(order: str) -> None:
    assert cause(NOISE, order=order) is ZigZag.NOISE
    # Outside the region of confusion all samples agree: only their losses differ.
    assert cause(NOISE, epochs=2, order=order, seed=1) is ZigZag.SAMPLES
    assert cause(NOISE, order=order, lr=0.15) is ZigZag.OVERSHOOT
    assert cause(NOISE) is ZigZag.NOTHING


def test_mini_batches() -> None:
    noise = LeastSquares(random_line(20, seed=1))
    assert cause(noise, order="shuffled", batch_size=5, epochs=200) is ZigZag.NOISE
    assert cause(EXACT, order="shuffled", batch_size=2) is ZigZag.SAMPLES
    assert cause(NOISE, order="in-order", batch_size=3) is ZigZag.NOTHING


def test_two_parameters() -> None:
    assert cause(PLANE, [1.0, 0.5], order="in-order", epochs=500) is ZigZag.SAMPLES
    assert cause(PLANE, [1.0, 0.5]) is ZigZag.NOTHING
    noisy = LeastSquares(NOISY, bias=True)
    assert cause(noisy, [1.0, 0.5], order="random", epochs=500) is ZigZag.NOISE
    ravine = LANDSCAPES["ravine"]
    assert cause(ravine, ravine.start, lr=0.07) is ZigZag.OVERSHOOT
    assert cause(ravine, ravine.start, lr=0.02) is ZigZag.NOTHING


def test_velocity_overshoots() -> None:
    assert cause(EXACT, rule="momentum") is ZigZag.OVERSHOOT
    assert cause(EXACT, rule="momentum:momentum=0.1") is ZigZag.NOTHING


def test_odd_traces() -> None:
    assert cause(EXACT, start=2.0) is ZigZag.NOTHING  # at the minimum
    assert cause(EXACT, start=2.0, order="random") is ZigZag.NOTHING
    assert cause(EXACT, lr=1e300) is ZigZag.NOTHING  # no update
    assert cause(EXACT, epochs=5000) is ZigZag.NOTHING  # rounding at the end
    assert cause(EXACT, epochs=5000, order="random") is ZigZag.SAMPLES
    alike = LeastSquares(Dataset(np.ones(3), np.full(3, 2.0)))
    assert cause(alike, order="in-order", epochs=3000) is ZigZag.NOTHING
    zeros = LeastSquares(Dataset(np.zeros(2), np.array([1.0, 3.0])))
    assert cause(zeros, order="in-order") is ZigZag.SAMPLES  # the loss jumps, w stands
    # A sample with x = 0 moves nothing; the other sample of the reversal is the one before it.
    between = LeastSquares(Dataset(np.array([1.0, 0.0, 1.0, 0.0]), np.array([1.0, 0, 3.0, 0])))
    assert cause(between, start=2.0, lr=0.1, order="in-order") is ZigZag.NOISE


@pytest.mark.slow
def test_long_traces_answer_soon() -> None:
    trace = descend(NOISE, 1.0, lr=0.01, epochs=100_000, order="random")
    assert zigzag_cause(trace) is ZigZag.NOISE
    assert reversals(trace) > 10_000


def test_counts() -> None:
    swing = descend(EXACT, 1.0, lr=0.15, epochs=10)  # the error is multiplied by -0.4
    assert reversals(swing) == 9
    assert retreats(swing, np.array([2.0])) == 0
    np.testing.assert_allclose(distance(swing, np.array([2.0])), 0.4 ** np.arange(11), rtol=1e-9)
    blown = descend(EXACT, 1.0, lr=0.3, epochs=10)
    assert retreats(blown, np.array([2.0])) == 10


def test_a_step_that_ends_on_its_valley_did_not_overshoot() -> None:
    """The gradient of its sample is 0 there; another sample pulls the point back."""
    apart = LeastSquares(Dataset(np.array([2.0, 2.0]), np.array([1.0, 3.0])), bias=True)
    lr = 0.1  # 1/(2(x² + 1)): every step ends exactly on its sample's valley
    assert cause(apart, (0.0, 0.0), lr=lr, order="in-order") is ZigZag.NOISE
    flat = LeastSquares(Dataset(np.array([0.0, 1.0]), np.array([0.0, 0.0])), bias=True)
    assert cause(flat, (-2.0, 1.0), lr=0.25, order="in-order") is ZigZag.SAMPLES

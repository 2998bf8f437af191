"""The cause of a zig-zag: one trace for each cause, and unusual traces."""

import numpy as np
import pytest

from gdcore import (
    LANDSCAPES,
    LECTURE,
    NOISY,
    Causes,
    Dataset,
    LeastSquares,
    ZigZag,
    descend,
    distance,
    random_line,
    retreat_causes,
    retreats,
    reversal_causes,
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


def by_hand(objective: LeastSquares, trace) -> Causes:
    """The causes of the retreats of w, from places on the line alone: no gradient, no loss."""
    x, y = objective.data.x, objective.data.y
    goal = float(np.sum(x * y) / np.sum(x * x))
    found = {"overshoot": 0, "samples": 0, "noise": 0, "velocity": 0}
    for k, row in enumerate(trace.samples):
        own = [i for i in row.tolist() if i >= 0]
        before, after = float(trace.w[k]), float(trace.w[k + 1])
        if not abs(after - goal) > abs(before - goal) * (1 + 1e-12):
            continue
        best = float(np.sum(x[own] * y[own]) / np.sum(x[own] ** 2)) if x[own].any() else before
        if (best - before) * (after - before) <= 0:
            found["velocity"] += 1
        elif (best - before) * (best - after) < 0:
            found["overshoot"] += 1
        else:
            found["noise"] += 1
    return Causes(**found)


FAR = Dataset(
    65 + np.linspace(-3, 3, 15), 2 * (65 + np.linspace(-3, 3, 15)) + np.tile([9, -7, 4], 5)
)


@pytest.mark.parametrize(
    "options",
    [
        {"lr": 0.01, "order": "random"},
        {"lr": 0.06, "order": "in-order"},
        {"lr": 0.1, "order": "shuffled"},
        {"lr": 0.09, "order": "random", "batch_size": 2},
        {"lr": 0.05, "order": "random", "rule": "momentum"},
        {"lr": 0.05, "order": "in-order", "rule": "adam"},
        {"lr": 0.3},
    ],
    ids=str,
)
def test_the_causes_of_retreats_are_told_apart(options) -> None:
    trace = descend(NOISE, 1.0, epochs=200, **options)
    found = retreat_causes(trace, NOISE.minimiser())
    assert found == by_hand(NOISE, trace)
    assert found.total == retreats(trace, NOISE.minimiser()) > 0


def test_two_causes_share_the_retreats_of_data_far_from_0() -> None:
    objective = LeastSquares(FAR)
    trace = descend(objective, 1.0, lr=1.3e-4, epochs=100, order="shuffled")
    found = retreat_causes(trace, objective.minimiser())
    assert found == by_hand(objective, trace)
    assert found.overshoot > 20 and found.noise > 20 and not found.velocity


def test_a_single_cause_each() -> None:
    target = np.array([2.0])
    blown = descend(EXACT, 1.0, lr=0.3, epochs=10)
    assert retreat_causes(blown, target) == Causes(overshoot=10)
    assert reversal_causes(blown) == Causes(overshoot=9)
    # It swings at each of 60 updates, and the last move is beyond 1e12 times the first.
    faster = descend(EXACT, 1.0, lr=0.3, epochs=60)
    assert reversals(faster) == 59
    carried = descend(EXACT, 1.0, lr=0.001, epochs=60, rule="momentum")
    assert retreat_causes(carried, target) == by_hand(EXACT, carried)
    assert retreat_causes(carried, target).velocity > 0
    assert (
        retreat_causes(descend(EXACT, 1.0, lr=0.01, epochs=100, order="random"), target) == Causes()
    )
    # Exactly on the sample's minimum at every step: nothing is passed.
    apart = LeastSquares(Dataset(np.array([1.0, 1.0]), np.array([1.0, 3.0])))
    exact_steps = descend(apart, 2.0, lr=0.5, epochs=5, order="in-order")
    assert retreat_causes(exact_steps, target) == Causes(noise=1)
    plane = descend(PLANE, [1.0, 0.5], lr=0.01, epochs=500, order="in-order")
    turned = reversal_causes(plane)
    assert turned.samples > 0 and turned.samples + turned.overshoot == turned.total


def test_rounding_at_the_minimum_is_no_retreat() -> None:
    """Long after w has stopped, its last digit changes now and then."""
    thirds = LeastSquares(Dataset(np.array([1.0, 3.0, 7.0]), np.array([1.0, 3.0, 7.0]) * 0.1))
    trace = descend(thirds, 5.0, lr=0.004, epochs=2000, order="random")
    assert retreats(trace, thirds.minimiser()) == 0

"""The descent loop: the orders, the shapes, divergence, speed and memory, and bad arguments."""

import pickle
import time
import tracemalloc

import numpy as np
import pytest

from gdcore import (
    LANDSCAPES,
    LECTURE,
    NOISY,
    ORDERS,
    RULES,
    Dataset,
    LeastSquares,
    Sampling,
    Trace,
    descend,
    random_line,
)

LINE, PLANE = LeastSquares(NOISY), LeastSquares(NOISY, bias=True)
ARRAYS = ("theta", "samples", "gradient", "rate", "epoch", "loss", "loss_after", "cost")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("batch_size", [1, 2, 3, 7])
@pytest.mark.parametrize("objective", [LINE, PLANE, LANDSCAPES["beale"]], ids=["w", "wb", "beale"])
def test_every_update_is_what_the_trace_says(objective, order: str, batch_size: int) -> None:
    start = np.full(objective.d, 0.5)
    trace = descend(
        objective, start, lr=0.01, epochs=4, order=order, batch_size=batch_size, seed=3,
        schedule="inverse:decay=0.1",
    )  # fmt: skip
    assert trace.updates == 4 * trace.updates_per_epoch == len(trace.samples)
    assert trace.cost.shape == (trace.updates + 1,)
    for k in range(trace.updates):
        samples = [i for i in trace.samples[k].tolist() if i >= 0]
        gradients = [objective.sample_gradient(trace.theta[k], i) for i in samples]
        losses = [objective.loss(trace.theta[k], i) for i in samples]
        after = [objective.loss(trace.theta[k + 1], i) for i in samples]
        np.testing.assert_allclose(trace.gradient[k], np.mean(gradients, axis=0), rtol=1e-12)
        assert trace.loss[k] == pytest.approx(np.mean(losses), rel=1e-12)
        assert trace.loss_after[k] == pytest.approx(np.mean(after), rel=1e-12)
        assert trace.cost[k] == objective.cost(trace.theta[k])
        assert trace.rate[k] == 0.01 * (1 / (1 + 0.1 * k))
        assert trace.epoch[k] == k // trace.updates_per_epoch
        step = trace.theta[k] - trace.rate[k] * trace.gradient[k]
        np.testing.assert_array_equal(trace.theta[k + 1], step)
    assert trace.sample_gradients[-1] == 4 * objective.n


def test_orders_look_at_the_samples_they_say() -> None:
    def rows(order: str, size: int = 1, n: int = 5, seed: int = 0) -> list:
        return Sampling(order, size, seed).draw(n, 3).tolist()

    assert rows("batch") == [[0, 1, 2, 3, 4]] * 3
    assert rows("in-order") == [[i] for i in range(5)] * 3
    assert rows("in-order", 2) == [[0, 1], [2, 3], [4, -1]] * 3
    assert rows("in-order", 9) == [[0, 1, 2, 3, 4]] * 3
    shuffled = Sampling("shuffled", 1, 7).draw(50, 3).reshape(3, 50)
    assert np.all(np.sort(shuffled, axis=1) == np.arange(50))
    assert not np.array_equal(shuffled[0], shuffled[1])
    drawn = Sampling("random", 1, 7).draw(50, 3).reshape(3, 50)
    assert np.any(np.sort(drawn, axis=1) != np.arange(50))
    assert rows("random", seed=1) == rows("random", seed=1) != rows("random", seed=2)


def test_random_order_is_uniform() -> None:
    counts = np.bincount(Sampling("random", 1, 0).draw(10, 10_000).ravel(), minlength=10)
    # 100,000 draws: a standard deviation of 95 for each count; five of them.
    assert np.all(np.abs(counts - 10_000) < 475)


def test_w_and_b_are_columns_of_theta() -> None:
    trace = descend(PLANE, [1.0, 0.5], lr=0.01, epochs=2)
    assert trace.b is not None
    np.testing.assert_array_equal(np.column_stack([trace.w, trace.b]), trace.theta)
    assert descend(LINE, 1.0, lr=0.01, epochs=2).b is None


@pytest.mark.parametrize("order", ["batch", "shuffled"])
def test_a_trace_is_frozen_also_after_pickling(order: str) -> None:
    trace = descend(LINE, 1.0, lr=0.01, epochs=3, order=order)
    for each in (trace, pickle.loads(pickle.dumps(trace))):
        for name in ARRAYS:
            with pytest.raises(ValueError, match="read-only"):
                getattr(each, name)[0] = 0
        assert each == trace and hash(each) == hash(trace) and each.key == trace.key
    other = descend(LINE, 1.0, lr=0.02, epochs=3, order=order)
    assert other != trace and other.key != trace.key


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("rule", RULES)
def test_divergence_ends_at_the_last_finite_value(order: str, rule: str) -> None:
    for lr in (0.3, 5.0, 1e300):
        trace = descend(LINE, 1.0, lr=lr, epochs=3000, order=order, rule=rule)
        assert np.all(np.abs(trace.theta) <= 1e300)
        assert np.all(np.isfinite(trace.gradient))
        assert not np.any(np.isnan(trace.cost)) and not np.any(np.isnan(trace.loss_after))
        if trace.diverged_at is None:
            # Momentum widens the stable range; the rate limits the steps of the others.
            assert lr < 1e300 or rule in ("adagrad", "rmsprop", "adam")
            assert (trace.stopped, trace.updates) == ("finished", 3000 * trace.updates_per_epoch)
        else:
            assert trace.stopped == f"diverged at update {trace.updates}"
            assert trace.diverged_at == trace.updates == len(trace.samples) == len(trace.rate)


def test_divergence_of_the_lecture() -> None:
    trace = descend(LeastSquares(LECTURE), 1.0, lr=0.3, epochs=5000)
    # The error is multiplied by 1 - 28/3*0.3 = -1.8 until it exceeds 1e300.
    assert trace.diverged_at == int(np.ceil(300 * np.log(10) / np.log(1.8))) - 1
    assert abs(trace.w[-1]) > 1e299
    at_once = descend(LeastSquares(LECTURE), 1.0, lr=1e300, epochs=10)
    assert (at_once.diverged_at, at_once.theta.tolist()) == (0, [[1.0]])
    assert at_once.cost.shape == (1,) and at_once.gradient.shape == (0, 1)


def test_landscapes_diverge_in_order_too() -> None:
    for landscape in LANDSCAPES.values():
        trace = descend(landscape, [3.0, 4.0], lr=1.0, epochs=5000)
        assert trace.diverged_at is not None
        assert not np.any(np.isnan(trace.cost))


@pytest.mark.slow
@pytest.mark.parametrize("order", ["batch", "in-order"])
def test_memory_is_linear_and_as_stated(order: str) -> None:
    epochs = 30_000
    tracemalloc.start()
    trace = descend(LINE, 1.0, lr=0.01, epochs=epochs, order=order)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    stated = (36 + 16 + 4) if order == "in-order" else (20 + 16)
    assert kept / trace.updates < 1.15 * stated + 1  # the growing buffers round up
    assert peak / trace.updates < 2.5 * stated + 32


def test_ten_thousand_samples() -> None:
    objective = LeastSquares(random_line(10_000, seed=5))
    begun = time.process_time()
    sgd = descend(objective, 0.0, lr=0.01, epochs=20, order="shuffled")
    mini = descend(objective, 0.0, lr=0.05, epochs=20, order="random", batch_size=500)
    batch = descend(objective, 0.0, lr=0.1, epochs=200)
    assert time.process_time() - begun < 10
    best = objective.minimiser().item()
    assert [len(sgd.gradient), len(mini.gradient), len(batch.gradient)] == [200_000, 400, 200]
    assert batch.w[-1] == pytest.approx(best, rel=1e-9)
    assert mini.w[-1] == pytest.approx(best, abs=0.05)
    # This many costs are computed from the parabola; they must equal the sums of squares.
    for k in (0, 10, 100_000, 200_000):
        assert sgd.cost[k] == pytest.approx(objective.cost(sgd.theta[k]), rel=1e-12)


def test_samples_that_say_nothing_move_nothing() -> None:
    flat = LeastSquares(Dataset(np.zeros(3), np.array([1.0, 2.0, 3.0])))
    trace = descend(flat, 1.5, lr=0.1, epochs=5, order="in-order")
    assert np.all(trace.w == 1.5)
    assert trace.cost[-1] == pytest.approx(14 / 3)


@pytest.mark.parametrize("scale", [1e12, 1e-12])
def test_huge_and_tiny_data_descend_as_the_lecture_s(scale: float) -> None:
    scaled = LeastSquares(Dataset(LECTURE.x * scale, LECTURE.y * scale))
    trace = descend(scaled, 1.0, lr=0.01 / scale**2, epochs=100)
    plain = descend(LeastSquares(LECTURE), 1.0, lr=0.01, epochs=100)
    np.testing.assert_allclose(trace.w, plain.w, rtol=1e-12)
    np.testing.assert_allclose(trace.cost, plain.cost * scale**2, rtol=1e-9)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lr": float("nan")}, "lr must be a finite number > 0, not nan"),
        ({"lr": float("inf")}, "lr must be a finite number > 0, not inf"),
        ({"lr": -1}, "lr must be a finite number > 0, not -1"),
        ({"lr": 0}, "lr must be a finite number > 0, not 0"),
        ({"epochs": 0}, "epochs must be a whole number in 1..10000000 here, not 0"),
        ({"epochs": 2.5}, "epochs must be a whole number"),
        ({"epochs": 10**9}, "epochs must be a whole number in 1..10000000"),
        ({"epochs": 10**7, "order": "random"}, "1..3333333 here"),
        ({"order": "shuffeld"}, "unknown order 'shuffeld'; did you mean 'shuffled'?"),
        ({"order": "shuffled", "batch_size": 0}, "batch_size must be a whole number >= 1, not 0"),
        ({"seed": -1}, "seed must be a whole number >= 0, not -1"),
        ({"rule": "sdg"}, "unknown rule 'sdg'; did you mean 'sgd'?"),
        ({"schedule": "cosin"}, "unknown schedule 'cosin'; did you mean 'cosine'?"),
        ({"start": float("nan")}, "start must lie within -1e+300..1e+300, not [nan]"),
        ({"start": [1, 2]}, "start must be 1 number(s), not an array of shape (2,)"),
    ],
    ids=str,
)
def test_bad_arguments_are_named(options: dict, message: str) -> None:
    asked = {"start": 1.0, "lr": 0.01, "epochs": 1} | options
    with pytest.raises(ValueError) as raised:
        descend(LINE, asked.pop("start"), **asked)
    assert message in str(raised.value)


def test_equal_questions_give_equal_traces() -> None:
    def run(seed: int) -> Trace:
        return descend(LINE, 1.0, lr=0.01, epochs=20, order="random", seed=seed)

    assert run(4).theta.tobytes() == run(4).theta.tobytes() != run(5).theta.tobytes()

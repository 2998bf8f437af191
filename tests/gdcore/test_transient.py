"""The exact mean and spread after each update, compared with all sequences and with runs."""

from itertools import product

import numpy as np
import pytest

from gdcore import NOISY, Dataset, LeastSquares, descend, random_line, stationary_spread
from gdcore.transient import settled_after, transient

RATES = [0.04, 0.11, 0.02]
DATA = {
    "noisy": NOISY,
    "two": Dataset(np.array([1.0, -2.0]), np.array([3.0, 1.0])),
    "with-zero": Dataset(np.array([0.0, 1.0, 2.0]), np.array([5.0, 1.0, 4.0])),
}


def walked(objective: LeastSquares, start: float, sequence: tuple[tuple[int, ...], ...]) -> list:
    """w along one sequence of batches, by the plain rule."""
    ws = [start]
    for rate, batch in zip(RATES, sequence, strict=True):
        (gradient,) = objective.mean_gradient([ws[-1]], list(batch))
        ws.append(ws[-1] - rate * gradient)
    return ws


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("batch_size", [1, 2])
@pytest.mark.parametrize("start", [-3.0, 2.0])
def test_it_is_the_mean_over_all_sequences(name: str, batch_size: int, start: float) -> None:
    objective = LeastSquares(DATA[name])
    batches = list(product(range(objective.n), repeat=batch_size))
    ws = np.array([walked(objective, start, s) for s in product(batches, repeat=len(RATES))])
    means, deviations = transient(objective, start, RATES, batch_size)
    assert means == pytest.approx(ws.mean(axis=0), abs=1e-12)
    assert deviations == pytest.approx(ws.std(axis=0), abs=1e-12)


@pytest.mark.parametrize("start", [-3.0, 142 / 70])
def test_a_constant_rate_ends_in_the_stationary_spread(start: float) -> None:
    objective = LeastSquares(NOISY)
    means, deviations = transient(objective, start, [0.04] * 400)
    mean, std = stationary_spread(objective, 0.04)
    assert means[-1] == pytest.approx(mean) and deviations[-1] == pytest.approx(std)
    first = settled_after(objective, start, 0.04, 400)
    assert first is not None and first < 40
    late = (means[first:] - mean) ** 2 + deviations[first:] ** 2
    assert np.abs(late / std**2 - 1).max() <= 0.02
    before = (means[first - 1] - mean) ** 2 + deviations[first - 1] ** 2
    assert abs(before / std**2 - 1) > 0.02


def test_runs_scatter_as_it_says() -> None:
    data = random_line(12, seed=3)
    objective, falling = LeastSquares(data), "inverse:decay=0.05"
    traces = [
        descend(objective, 0.0, lr=0.05, epochs=5, order="random", schedule=falling, seed=seed)
        for seed in range(400)
    ]
    means, deviations = transient(objective, 0.0, traces[0].rate.tolist())
    ws = np.array([trace.w for trace in traces])
    assert np.abs(ws.mean(axis=0) - means)[1:].max() < 4 * deviations.max() / 20
    assert ws[:, -1].std() == pytest.approx(deviations[-1], rel=0.15)


def test_what_never_settles_says_so() -> None:
    objective = LeastSquares(NOISY)
    assert settled_after(objective, 1.0, 0.3, 1000) is None  # no stationary spread at all
    assert settled_after(objective, 1.0, 1e-5, 1000) is None  # still on its way
    means, deviations = transient(objective, 1.0, [5.0] * 1000)
    assert np.isnan(means[-1]) and deviations[-1] == np.inf
    assert np.isfinite(means[:5]).all() and np.isfinite(deviations[:5]).all()

"""The rule for rates and starts, computed again in fractions; and rates that work."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Fault, fault
from gdcore.rules import RULES
from gdcore.suited import STEPS, suited_rate, suited_start, two_digits, working_rate
from gdcore.theory import calm_rate, steepest

WHOLE = ["1,2 2,4 3,6", "1,5", "2,5 2,6 2,7", "-4,1 3,2 7,-5", "150,410 320,905", "0,3 5,1 65,2"]


def rounded(value: Fraction) -> float:
    """To two digits, by decimal arithmetic."""
    return float(Context(prec=2).divide(Decimal(value.numerator), Decimal(value.denominator)))


def curvatures(data: Dataset, bias: bool = False) -> list[Fraction]:
    return sorted(2 * (Fraction(x) ** 2 + bias) for x in data.x.tolist())


@pytest.mark.parametrize("text", WHOLE)
def test_the_rate_is_the_lectures_share_of_both_limits(text: str) -> None:
    """0.01 is 7/75 of the lecture's 1/L = 3/28, and 9/50 of its 1/max c_i = 1/18."""
    data = parse_data(text)
    objective, found = LeastSquares(data), curvatures(data)
    L = sum(found) / data.n
    for size in range(1, data.n + 1):
        C = sum(found[data.n - size :]) / size
        expected = rounded(min(Fraction(7, 75) / L, Fraction(9, 50) / C))
        assert suited_rate(objective, size) == expected
    assert suited_rate(objective, data.n) == rounded(Fraction(7, 75) / L)  # the full batch


@pytest.mark.parametrize("data", [LECTURE, NOISY], ids=["lecture", "noisy"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_lectures_x_have_the_lectures_rate_and_start(data: Dataset, size: int) -> None:
    assert suited_rate(LeastSquares(data), size) == 0.01
    assert suited_start(LeastSquares(data)) == 1.0
    assert suited_rate(LeastSquares(data, bias=True), size, lecture_rate=0.05) == 0.05


samples = st.lists(
    st.tuples(st.floats(0.01, 100), st.booleans(), st.floats(-100, 100)), min_size=1, max_size=12
)


@given(samples, st.integers(1, 12), st.booleans(), st.sampled_from([0.01, 0.05]))
def test_no_update_passes_the_minimum_of_its_batch(
    rows: list[tuple[float, bool, float]], size: int, bias: bool, lecture_rate: float
) -> None:
    data = Dataset(
        np.array([-x if minus else x for x, minus, _ in rows]), np.array([y for *_, y in rows])
    )
    objective = LeastSquares(data, bias)
    rate = suited_rate(objective, size, lecture_rate=lecture_rate)
    generator = np.random.default_rng(0)
    for _ in range(5):
        batch = generator.choice(data.n, min(size, data.n), replace=False)
        x = np.column_stack([data.x[batch], np.full(len(batch), float(bias))])
        assert rate * np.linalg.eigvalsh(2 * x.T @ x / len(batch))[-1] <= 1 + 1e-9
    assert rate <= calm_rate(objective, size)


@pytest.mark.parametrize("power", [-9, -3, 4, 9])
def test_the_rule_follows_the_units_of_x_and_y(power: int) -> None:
    """x in other units: the same digits, another power of ten."""
    data = parse_data("1,2.1 2,3.7 4,9")
    other = Dataset(data.x * 10.0**power, data.y)
    rate, start = suited_rate(LeastSquares(data)), suited_start(LeastSquares(data))
    assert suited_rate(LeastSquares(other)) == pytest.approx(rate * 10.0 ** (-2 * power), rel=1e-12)
    assert suited_start(LeastSquares(other)) == pytest.approx(start * 10.0**-power, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1,3 2,6", 1.5),  # half of w*, as 1 is half of 2
        ("1,-3 2,-6", -1.5),
        ("1,0 2,0", -1.0),  # w* = 0 = J: nothing gives a scale
        ("-1,1 1,1", -2.0),  # w* = 0, J = 1, L = 2: J(-2) = 1 + 4
        ("1e-9,1", 5e8),
        ("1,1 -1,-1.2", 0.55),
    ],
)
def test_the_start(text: str, start: float) -> None:
    assert suited_start(LeastSquares(parse_data(text))) == start


@pytest.mark.parametrize("seed", range(5))
def test_noise_does_not_hide_the_descent(seed: int) -> None:
    """J falls to a fifth at least, up to the rounding of the start; SGD ends near w*."""
    objective = LeastSquares(parse_data(f"random:n=30,w=0.1,sigma=3,seed={seed}"))
    start, goal = suited_start(objective), objective.minimiser().item()
    assert objective.cost([start]) > 4.5 * objective.cost([goal])
    rate = suited_rate(objective)
    trace = descend(objective, start, lr=rate, epochs=100, order="random", seed=seed)
    assert abs(trace.w[-1] - goal) < abs(start - goal) / 2


def test_momentum_counts_as_one_longer_step() -> None:
    """Steps that add up to 1/(1 - m) times their first stay below 2/C."""
    objective = LeastSquares(parse_data("1,1 2,2 3,3 1000,2000"))
    plain = suited_rate(objective)
    assert suited_rate(objective, rule="momentum") == plain  # torch's 0.9, and the lecture's 0.01
    assert suited_rate(objective, rule="nesterov:momentum=0.99") == two_digits(plain / 10)
    assert suited_rate(objective, rule="momentum:momentum=0.5") == plain


@pytest.mark.parametrize("rule", STEPS)
def test_rules_with_their_own_step_length_get_a_share_of_the_way(rule: str) -> None:
    for scale in (1e-6, 1.0, 1e6):
        data = Dataset(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.1, 6.0]) * scale)
        objective = LeastSquares(data)
        start, goal = suited_start(objective), objective.minimiser().item()
        rate = suited_rate(objective, rule=rule, away=abs(start - goal))
        trace = descend(objective, start, lr=rate, epochs=100, rule=rule)
        assert scale < 1e-3 or fault(trace) is None  # a tiny gradient is below the rule's eps


def test_a_batch_is_at_most_as_steep_as_its_steepest_samples() -> None:
    objective = LeastSquares(parse_data("1,1 2,2 3,3 10,9"))
    assert [steepest(objective, m) for m in (1, 2, 4, 99)] == [200, 109, 57, 57]
    assert steepest(objective, 4) == objective.curvature


def trace_of(text: str, lr: float, **asked: object) -> object:
    objective = LeastSquares(parse_data(text))
    return descend(objective, suited_start(objective), lr=lr, **{"epochs": 100, **asked})


@pytest.mark.parametrize("order", ["batch", "in-order", "random"])
@pytest.mark.parametrize(
    ("rule", "lr", "found"),
    [
        *((rule, 1e-9, Fault.CREEPING) for rule in RULES),
        *((rule, 1e4, Fault.DIVERGING) for rule in RULES if rule not in STEPS),
    ],
)
def test_a_working_rate_works(lr: float, found: Fault, rule: str, order: str) -> None:
    text = "1,2.1 2,3.9 3,6.3 5,9.7"
    trace = trace_of(text, lr, rule=rule, order=order)
    assert fault(trace) is found
    rate = working_rate(trace)
    assert rate is not None and two_digits(rate) == rate
    assert fault(trace_of(text, rate, rule=rule, order=order)) is None


def test_a_working_rate_is_one_for_all_traces() -> None:
    outlier = " ".join(f"{1 + k % 3},{2 + 2 * (k % 3)}" for k in range(60)) + " 65,130"
    both = [trace_of(outlier, 2e-5, order=order) for order in ("batch", "in-order")]
    assert [fault(trace) for trace in both] == [Fault.CREEPING, None]
    alone = [working_rate(trace) for trace in both]
    assert working_rate(*both) == min(alone) == calm_rate(both[0].objective)


def test_where_no_rate_works_there_is_none() -> None:
    """Batch in one update has to come half of the way, at a rate at which SGD still stands."""
    objective = LeastSquares(Dataset(np.array([*np.ones(99), 1000.0]), np.zeros(100)))
    both = [
        descend(objective, 1.0, lr=1e-9, epochs=1, order=order) for order in ("batch", "in-order")
    ]
    assert working_rate(*both) is None
    assert working_rate(both[0]) == calm_rate(objective, 100)
    assert working_rate(both[0], most=1e-6) is None

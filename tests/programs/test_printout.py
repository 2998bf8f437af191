"""Every digit of the lecture's two programs, rewritten here from the description in the lecture."""

from collections.abc import Iterator

import numpy as np
import pytest

from gdcore import (
    LANDSCAPES,
    LECTURE,
    NOISY,
    Dataset,
    LeastSquares,
    descend,
    random_line,
)
from programs.printout import lecture_lines

ORDER = {"batch": "batch", "sgd": "in-order"}


def batch_program(x_data: list, y_data: list, w: float, lr: float, epochs: int) -> Iterator[str]:
    """The first program: gradient descent on the cost."""

    def forward(x: float) -> float:
        return x * w

    def cost(xs: list, ys: list) -> float:
        cost = 0
        for x, y in zip(xs, ys, strict=True):
            y_pred = forward(x)
            cost += (y_pred - y) ** 2
        return cost / len(xs)

    def gradient(xs: list, ys: list) -> float:
        grad = 0
        for x, y in zip(xs, ys, strict=True):
            grad += 2 * x * (x * w - y)
        return grad / len(xs)

    yield line("Predict (before training)", 4, forward(4))
    for epoch in range(epochs):
        cost_val = cost(x_data, y_data)
        grad_val = gradient(x_data, y_data)
        w -= lr * grad_val
        yield line("Epoch:", epoch, "w=", w, "loss=", cost_val)
    yield line("Predict (after training)", 4, forward(4))


def sgd_program(x_data: list, y_data: list, w: float, lr: float, epochs: int) -> Iterator[str]:
    """The second program: an update for each sample, in order."""

    def forward(x: float) -> float:
        return x * w

    def loss(x: float, y: float) -> float:
        y_pred = forward(x)
        return (y_pred - y) ** 2

    def gradient(x: float, y: float) -> float:
        return 2 * x * (x * w - y)

    yield line("Predict (before training)", 4, forward(4))
    for epoch in range(epochs):
        for x, y in zip(x_data, y_data, strict=True):
            grad = gradient(x, y)
            w = w - lr * grad
            yield line("\tgrad:", x, y, grad)
            value = loss(x, y)
        yield line("progress:", epoch, "w=", w, "loss=", value)
    yield line("Predict (after training)", 4, forward(4))


PROGRAMS = {"batch": batch_program, "sgd": sgd_program}


def line(*values: object) -> str:
    """What print() writes."""
    return " ".join(map(str, values))


def both(name: str, data: Dataset, w: float, lr: float, epochs: int) -> tuple[list, list]:
    trace = descend(LeastSquares(data), w, lr=lr, epochs=epochs, order=ORDER[name])
    printed = PROGRAMS[name](data.x.tolist(), data.y.tolist(), w, lr, epochs)
    return list(lecture_lines(trace)), list(printed)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_lecture_line_by_line(name: str) -> None:
    ours, printed = both(name, LECTURE, 1.0, 0.01, 100)
    assert ours == printed
    assert len(ours) == {"batch": 102, "sgd": 402}[name]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize(
    "data", [NOISY, random_line(100, w=-3, sigma=1, seed=4)], ids=["noisy", "random"]
)
def test_other_data_and_rates_line_by_line(name: str, data: Dataset) -> None:
    ours, printed = both(name, data, -2.5, 0.037, 200)
    assert ours == printed


def test_the_digits_that_the_note_shows() -> None:
    batch, _ = both("batch", LECTURE, 1.0, 0.01, 100)
    assert batch[0] == "Predict (before training) 4 4.0"
    assert batch[1] == "Epoch: 0 w= 1.0933333333333333 loss= 4.666666666666667"
    assert batch[2] == "Epoch: 1 w= 1.1779555555555554 loss= 3.8362074074074086"
    assert batch[-2] == "Epoch: 99 w= 1.9999444396553017 loss= 1.752432687141379e-08"
    assert batch[-1] == "Predict (after training) 4 7.999777758621207"
    sgd, _ = both("sgd", LECTURE, 1.0, 0.01, 100)
    assert sgd[1:5] == [
        "\tgrad: 1.0 2.0 -2.0",
        "\tgrad: 2.0 4.0 -7.84",
        "\tgrad: 3.0 6.0 -16.2288",
        "progress: 0 w= 1.260688 loss= 4.919240100095999",
    ]
    assert sgd[-2].endswith("loss= 5.250973729513143e-26")
    assert sgd[-1] == "Predict (after training) 4 7.9999999999996945"


def test_the_trace_holds_the_printed_numbers() -> None:
    batch = descend(LeastSquares(LECTURE), 1.0, lr=0.01, epochs=100)
    assert batch.loss[0] == batch.cost[0] == 4.666666666666667
    assert batch.loss[99] == 1.752432687141379e-08
    sgd = descend(LeastSquares(LECTURE), 1.0, lr=0.01, epochs=100, order="in-order")
    assert sgd.gradient[:3, 0].tolist() == [-2.0, -7.84, -16.2288]
    assert sgd.loss_after[2] == 4.919240100095999
    assert sgd.loss_after[-1] == 5.250973729513143e-26


def test_a_diverging_listing_ends_by_saying_so() -> None:
    data = LECTURE
    trace = descend(LeastSquares(data), 1.0, lr=0.3, epochs=3000)
    lines = list(lecture_lines(trace))
    assert lines[-1] == f"diverged at update {trace.updates}"
    assert "loss= inf" in lines[-2]
    head = [text for _, text in zip(range(100), lines, strict=False)]
    printed = batch_program(data.x.tolist(), data.y.tolist(), 1.0, 0.3, 3000)
    assert head == [next(printed) for _ in range(100)]


def test_what_the_programs_cannot_do_is_refused() -> None:
    plane = descend(LeastSquares(LECTURE, bias=True), [1, 0], lr=0.01, epochs=1)
    ravine = descend(LANDSCAPES["ravine"], [1, 1], lr=0.01, epochs=1)
    pairs = descend(LeastSquares(LECTURE), 1, lr=0.01, epochs=1, order="in-order", batch_size=2)
    for trace in (plane, ravine):
        with pytest.raises(ValueError, match=r"y = w\*x only"):
            lecture_lines(trace)
    with pytest.raises(ValueError, match="all samples at an update, or one"):
        lecture_lines(pairs)


def test_many_samples_sum_in_the_order_of_the_loop() -> None:
    data = random_line(300, seed=1)  # larger than the size up to which a plain loop is used
    ours, printed = both("batch", data, 0.5, 0.1, 20)
    assert ours == printed
    trace = descend(LeastSquares(data), 0.5, lr=0.1, epochs=20)
    looped = [float(text.split()[-1]) for text in printed[1:-1]]
    # The printout squares by pow, like the program, the trace by a product: a last digit differs.
    np.testing.assert_allclose(trace.loss, looped, rtol=1e-14)

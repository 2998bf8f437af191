"""What the lecture's two programs print for a trace, line by line and digit by digit."""

from collections.abc import Iterator
from itertools import pairwise

from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from gdcore.trace import Trace

_PREDICTED = 4  # the programs predict y at x = 4


def lecture_lines(trace: Trace) -> Iterator[str]:
    """The lines that the lecture's program prints for this trace, without line ends.

    A full-batch trace gives the lines of the first program (gradient descent), any other trace
    those of the second (SGD). Batch prints w after the update beside the cost before it. SGD prints
    the last sample's loss after its update, in the line after each epoch. A diverged trace ends
    with a line that says so; the lecture's program would stop with an error or print nan.
    Raises ValueError for what these programs cannot do: a bias, a landscape, mini-batches.
    """
    objective = trace.objective
    if not isinstance(objective, LeastSquares) or objective.bias:
        raise ValueError(Message("the lecture's programs know the model y = w*x only"))
    if trace.order != "batch" and trace.samples.shape[1] > 1:
        raise ValueError(Message("the lecture's programs take all samples at an update, or one"))
    epochs = _batch_epochs if trace.order == "batch" else _sgd_epochs
    return _framed(trace, epochs(trace, objective))


def _framed(trace: Trace, epochs: Iterator[str]) -> Iterator[str]:
    first, last = float(trace.w[0]), float(trace.w[-1])
    yield f"Predict (before training) {_PREDICTED} {_PREDICTED * first}"
    yield from epochs
    if trace.diverged_at is None:
        yield f"Predict (after training) {_PREDICTED} {_PREDICTED * last}"
    else:
        yield trace.stopped


def _batch_epochs(trace: Trace, objective: LeastSquares) -> Iterator[str]:
    samples = list(zip(objective.data.x.tolist(), objective.data.y.tolist(), strict=True))
    ws = trace.w.tolist()
    for epoch, (before, w) in enumerate(pairwise(ws)):
        total = 0.0
        for x, y in samples:
            total += _squared(x * before - y)
        yield f"Epoch: {epoch} w= {w} loss= {total / len(samples)}"


def _sgd_epochs(trace: Trace, objective: LeastSquares) -> Iterator[str]:
    xs, ys = objective.data.x.tolist(), objective.data.y.tolist()
    ws, gradients = trace.w.tolist(), trace.gradient[:, 0].tolist()
    for update, i in enumerate(trace.samples[:, 0].tolist()):
        yield f"\tgrad: {xs[i]} {ys[i]} {gradients[update]}"
        epoch, position = divmod(update, trace.updates_per_epoch)
        if position == trace.updates_per_epoch - 1:
            w = ws[update + 1]
            yield f"progress: {epoch} w= {w} loss= {_squared(xs[i] * w - ys[i])}"


def _squared(residual: float) -> float:
    # Written as in the programs: pow of the C library may round differently from a product.
    try:
        return float(residual**2)
    except OverflowError:
        return float("inf")

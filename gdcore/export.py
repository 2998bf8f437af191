"""Traces as rows of a CSV file and as JSON: numbers as the shortest text that reads back equal."""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from gdcore.arrays import FloatArray
from gdcore.trace import Trace

_COLUMNS = ("trace", "update", "epoch", "samples", "rate", "w", "grad_w", "next_w", "loss", "cost")
_SECOND = ("b", "grad_b", "next_b")


def csv_rows(traces: Mapping[str, Trace]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each update of each trace; all cells are text.

    Columns: trace, update, epoch, samples (indices from 0, separated by spaces), rate, w, grad_w,
    next_w, loss and cost (both before the update); besides b, grad_b, next_b if any trace has a
    second parameter, empty for the others. Updates and epochs count from 0.
    """
    second = any(trace.b is not None for trace in traces.values())
    yield _COLUMNS + (_SECOND if second else ())
    for name, trace in traces.items():
        empty = ("",) * len(_SECOND) if second and trace.b is None else ()
        for row in _rows(trace):
            yield (name, *row, *empty)


def to_json(traces: Mapping[str, Trace]) -> str:
    """The same numbers as JSON, with what was asked for and how each trace stopped.

    {"traces": {name: {"asked": {...}, "stopped": ..., "updates": T, "theta": [[w], ...], ...}}},
    shapes as in `Trace`. Strict JSON has no infinity: a loss or cost beyond range is null.
    """
    content = {"traces": {name: _content(trace) for name, trace in traces.items()}}
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def _rows(trace: Trace) -> Iterator[tuple[str, ...]]:
    samples = (" ".join(str(i) for i in row.tolist() if i >= 0) for row in trace.samples)
    w, *b = (_coordinate(trace, j) for j in range(trace.theta.shape[1]))
    losses = [_texts(trace.loss), _texts(trace.cost[:-1])]
    counted = [map(str, range(trace.updates)), map(str, trace.epoch.tolist())]
    columns = [*counted, samples, _texts(trace.rate), *w, *losses, *(c for two in b for c in two)]
    return zip(*columns, strict=True)


def _coordinate(trace: Trace, j: int) -> list[Iterator[str]]:
    return [_texts(values[:, j]) for values in (trace.theta[:-1], trace.gradient, trace.theta[1:])]


def _texts(values: FloatArray) -> Iterator[str]:
    return map(repr, values.tolist())


def _content(trace: Trace) -> dict[str, Any]:
    asked = {
        "objective": repr(trace.objective),
        "start": list(trace.start),
        "lr": trace.lr,
        "epochs": trace.epochs,
        "order": trace.order,
        "batch_size": trace.batch_size,
        "rule": str(trace.rule),
        "schedule": str(trace.schedule),
        "seed": trace.seed,
    }
    return {
        "asked": asked,
        "stopped": trace.stopped,
        "diverged_at": trace.diverged_at,
        "updates": trace.updates,
        "updates_per_epoch": trace.updates_per_epoch,
        "epoch": trace.epoch.tolist(),
        "samples": [[i for i in row if i >= 0] for row in trace.samples.tolist()],
        "rate": trace.rate.tolist(),
        "theta": trace.theta.tolist(),
        "gradient": trace.gradient.tolist(),
        "loss": _finite(trace.loss.tolist()),
        "loss_after": _finite(trace.loss_after.tolist()),
        "cost": _finite(trace.cost.tolist()),
    }


def _finite(values: list[float]) -> list[float | None]:
    return [value if isfinite(value) else None for value in values]

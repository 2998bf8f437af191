"""Traces as rows: typed, as text for a CSV file, and as JSON. Numbers read back equal."""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any

from gdcore.arrays import FloatArray
from gdcore.trace import Trace

Cell = str | int | float | list[int] | None
"""A name, a count, a number (perhaps infinite), indices of samples, or nothing."""

_COLUMNS = ("trace", "update", "epoch", "samples", "rate", "w", "grad_w", "next_w", "loss", "cost")
_SECOND = ("b", "grad_b", "next_b")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def columns(traces: Mapping[str, Trace]) -> tuple[str, ...]:
    """The names of the columns. Those of b are there only if a trace has a second parameter."""
    second = any(trace.b is not None for trace in traces.values())
    return _COLUMNS + (_SECOND if second else ())


def rows(traces: Mapping[str, Trace]) -> Iterator[tuple[Cell, ...]]:
    """A row for each update of each trace, a cell for each of its `columns`.

    trace, update, epoch, samples (indices from 0), rate, w, grad_w, next_w, loss and cost (both
    before the update); also b, grad_b and next_b if a trace has a second parameter. They are None
    for traces without one. Updates and epochs count from 0.
    """
    width = len(columns(traces))
    for name, trace in traces.items():
        for row in _rows(trace):
            whole = (name, *row)
            yield whole + (None,) * (width - len(whole))


def csv_rows(traces: Mapping[str, Trace]) -> Iterator[tuple[str, ...]]:
    """The header, then the `rows` as text; samples are separated by spaces, None is empty.

    A float is the shortest text that reads back equal.
    """
    yield columns(traces)
    for row in rows(traces):
        yield tuple(map(_text, row))


def to_json(traces: Mapping[str, Trace], about: Mapping[str, Any] = _NOTHING) -> str:
    """The `rows` as JSON objects, trace by trace, after the entries of ``about``.

    {..., "traces": [{"trace": ..., "stopped": ..., "order": ..., "updates": [{...}, ...]}]}.
    Strict JSON has no infinity: a loss or cost beyond the range of a double is null.
    """
    content = [
        {
            "trace": name,
            "stopped": trace.stopped,
            "order": trace.order,
            "updates": list(_objects({name: trace})),
        }
        for name, trace in traces.items()
    ]
    document = {**about, "traces": content}
    return json.dumps(document, ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def _rows(trace: Trace) -> Iterator[tuple[Cell, ...]]:
    samples = ([i for i in row if i >= 0] for row in trace.samples.tolist())
    w, *b = (_coordinate(trace, j) for j in range(trace.theta.shape[1]))
    losses = trace.loss.tolist(), trace.cost[:-1].tolist()
    counted = range(trace.updates), trace.epoch.tolist()
    after = (column for coordinate in b for column in coordinate)
    return zip(*counted, samples, trace.rate.tolist(), *w, *losses, *after, strict=True)


def _coordinate(trace: Trace, j: int) -> list[list[float]]:
    return [_column(values, j) for values in (trace.theta[:-1], trace.gradient, trace.theta[1:])]


def _column(values: FloatArray, j: int) -> list[float]:
    column: list[float] = values[:, j].tolist()
    return column


def _text(cell: Cell) -> str:
    if isinstance(cell, list):
        return " ".join(map(str, cell))
    return "" if cell is None else str(cell)


def _objects(traces: Mapping[str, Trace]) -> Iterator[dict[str, Cell]]:
    names = columns(traces)
    for row in rows(traces):
        yield {name: _finite(cell) for name, cell in zip(names, row, strict=True)}


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not isfinite(cell) else cell

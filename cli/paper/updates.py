"""The first updates of a film's descents, as small tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from cli.console.language import say
from gdcore.export import columns, rows
from gdcore.trace import Trace

UPDATES, TRACES = 5, 4  # the rows of a table, the tables of a film


@dataclass(frozen=True)
class Updates:
    """The first updates of one descent: the names of the columns, and rows of numbers.

    An only descent needs no name.
    """

    name: str | None
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def first_updates(traces: Mapping[str, Trace]) -> Iterator[Updates]:
    """The tables of the first traces. Each number is the trace's, with six digits."""
    for name, trace in islice(traces.items(), TRACES):
        own = {name: trace}
        shown = _shown(trace)
        places = [columns(own).index(column) for column in shown]
        numbers = tuple(
            tuple(f"{row[place]:.6g}" for place in places) for row in islice(rows(own), UPDATES)
        )
        yield Updates(name if len(traces) > 1 else None, tuple(shown.values()), numbers)


def about_updates(traces: Mapping[str, Trace]) -> Iterator[str]:
    """What the columns mean, and which traces have no table."""
    yield say("k: update; slope: of the loss of this update's samples; J: the cost before it.")
    if len(traces) > TRACES:
        yield say("{n:# more descent|# more descents}: gd trace.", n=len(traces) - TRACES)


def _shown(trace: Trace) -> dict[str, str]:
    """The columns of the export that are shown, with their names on paper."""
    if trace.b is None:
        return {
            "update": "k", "w": "w", "grad_w": say("slope"), "cost": "J",
            "next_w": say("next {name}", name="w"),
        }  # fmt: skip
    return {
        "update": "k", "w": "w", "b": "b", "grad_w": say("slope in {name}", name="w"),
        "grad_b": say("slope in {name}", name="b"), "cost": "J",
        "next_w": say("next {name}", name="w"), "next_b": say("next {name}", name="b"),
    }  # fmt: skip

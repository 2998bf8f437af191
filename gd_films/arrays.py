"""``trace(...)``: the numbers that a film draws, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from cli.console.help import command
from cli.request.lessons import Asked, check
from cli.request.options import lang_option, lesson_options, quiet_option, together
from cli.request.render_options import traced_argument
from cli.verbs.trace import traces_of
from gd_films.asking import words_of
from gd_films.errors import as_failures
from gdcore.export import columns, rows
from gdcore.trace import Trace
from scenes import FILMS

Arrays = dict[str, npt.NDArray[Any]]
_NAMES, _SAMPLES = "trace", "samples"  # columns that hold no numbers


def trace(name: str, *, data: object = None, **options: object) -> Arrays:
    """The numbers that the film `name` draws: a dict of arrays of one length, for pandas.DataFrame.

    A row is an update. The columns are those of ``gd trace --format csv``: trace, update, epoch,
    samples, rate, w, grad_w, next_w, loss, cost (both before the update), and with a bias b,
    grad_b, next_b (nan for a descent without one). ``trace`` holds texts, ``update`` and ``epoch``
    whole numbers from 0, ``samples`` a tuple of indices from 0; all else is float64, the very
    numbers of the film. `data` and `options` are as for `film`: those of `gd trace`.

    Raises WrongRequest (a ValueError) for a wrong name, option or data.
    """
    words = words_of(_traces, name, {"data": data, **options})
    with as_failures():
        return _arrays(_traces.main([name, *words], standalone_mode=False))


@command()
@traced_argument
@lesson_options(telling=False)
@together(lang_option, quiet_option)
def _traces(asked: Asked, film: str, quiet: bool) -> Mapping[str, Trace]:
    """The traces of a film: `gd trace` without its output."""
    found = FILMS[film]
    check([found], asked)
    return traces_of(found, asked.of(found))


def _arrays(traces: Mapping[str, Trace]) -> Arrays:
    table = list(rows(traces))
    return {
        name: _array(name, [row[place] for row in table])
        for place, name in enumerate(columns(traces))
    }


def _array(name: str, column: list[Any]) -> npt.NDArray[Any]:
    if name == _SAMPLES:
        found = np.empty(len(column), dtype=object)
        found[:] = [tuple(indices) for indices in column]
        return found
    if name == _NAMES:
        return np.array(column, dtype=object)
    return np.array([np.nan if cell is None else cell for cell in column])

"""How far the charts of `sgd` reach: as long as something changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from scenes import FILMS
from scenes.catalogue.descents import sgd_trace
from scenes.films.sgd.sgd_charts import telling_updates
from scenes.stage.descent.parabola import cost_curve

ODD = parse_data("-1,-2.4 1,2.3 2,3.6 3,6.3 5,9.1")


def counted(**knobs: Any) -> tuple[int, np.ndarray]:
    """The updates in the charts, and the heights of all costs above the lowest."""
    trace = sgd_trace(FILMS["sgd"].lesson(**knobs))
    lowest = cost_curve(trace.objective).lowest
    return telling_updates(trace, lowest), trace.cost - lowest


@pytest.mark.parametrize("knobs", [{}, {"data": NOISY}, {"data": ODD}], ids=str)
def test_they_end_where_the_cost_is_down(knobs: dict[str, Any]) -> None:
    count, heights = counted(**knobs)
    assert 12 <= count <= 0.1 * len(heights)
    assert heights[count:].max() <= 0.05 * heights[0] < heights[: count // 2].max()


@pytest.mark.parametrize(
    "knobs",
    [{"lr": 0.0005}, {"lr": 0.3}, {"data": NOISY, "lr": 0.1}, {"data": ODD, "lr": 0.05}],
    ids=["creeps", "diverges", "swings", "swings far"],
)
def test_they_show_all_that_goes_on(knobs: dict[str, Any]) -> None:
    count, heights = counted(**knobs)
    assert count == len(heights) - 1
    assert heights[count - count // 4 :].max() > 0.05 * heights[0]

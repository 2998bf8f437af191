"""How far the charts of a cost reach: as long as it comes down, or to the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from scenes import FILMS
from scenes.catalogue.descents import sgd_trace
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.plots.epochs import epoch_means, telling_epochs

ODD = parse_data("-1,-2.4 1,2.3 2,3.6 3,6.3 5,9.1")


def counted(film: str = "sgd", **knobs: Any) -> tuple[int, list[float]]:
    """The epochs in the chart, and each epoch's mean height as a share of the first height."""
    trace = sgd_trace(FILMS[film].lesson(**knobs))
    lowest = cost_curve(trace.objective).lowest
    heights, size = (
        (trace.cost - lowest) / max(trace.cost[0] - lowest, 1e-300),
        trace.updates_per_epoch,
    )
    epochs = range(0, trace.updates, size)
    return telling_epochs(trace, lowest), [float(heights[k : k + size].mean()) for k in epochs]


@pytest.mark.parametrize(
    "data", ["lecture", NOISY, ODD, *(parse_data(f"random:n={n}") for n in (20, 200, 500))], ids=str
)
def test_they_end_soon_after_the_cost_is_down(data: Any) -> None:
    count, heights = counted(**({} if data == "lecture" else {"data": data}))
    assert count <= 0.1 * len(heights)
    assert max(heights[count:]) < 0.02
    assert all(height > 0.01 for height in heights[: count // 2])


@pytest.mark.parametrize(
    "knobs",
    [{"lr": 0.0005}, {"lr": 0.3}, {"data": parse_data("random:n=20"), "lr": 0.5}],
    ids=["creeps", "grows", "grows far"],
)
def test_they_show_all_that_goes_on(knobs: dict[str, Any]) -> None:
    count, heights = counted(**knobs)
    assert count == FILMS["sgd"].lesson(**knobs).epochs >= len(heights)


def test_a_cost_that_does_not_change_gets_a_few_updates() -> None:
    assert [counted(w0=2.0)[0], counted(w0=2.0, order="batch")[0]] == [3, 3]


def test_the_means_are_those_of_whole_epochs() -> None:
    counts, values = np.arange(8.0), np.array([1, 2, 3, 6, 6, 9, 50.0])
    found = epoch_means(counts, values, 3)
    assert found is not None
    assert found.edges.tolist() == [0, 3, 6] and found.values.tolist() == [2, 7]
    assert epoch_means(counts, values, 1) is None and epoch_means(counts, values, 8) is None

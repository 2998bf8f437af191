"""Where the name of the finish line stands: on the line, where no curve and no number is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from scenes.films.compare.runner import Runner
from scenes.stage.page.layout import Box, Point, point
from scenes.stage.plots.log_chart import LogChart

_CLEAR = 0.3  # capitals between the line and its name


def beside_line(
    chart: LogChart, runners: Sequence[Runner], lasts: Mapping[str, int], level: float,
    width: float, height: float,
) -> Point | None:  # fmt: skip
    """The middle for a name of this size at the height ``level`` of y; None if there is no room.

    It is above the line at its end, or else below it at its beginning, and free on all axes.
    """
    cap, inner = chart.scale_.label, chart.inner
    y, half = float(chart.at(0.0, level)[1]), height / 2 + _CLEAR * cap
    places = (
        point(inner.right - width / 2 + 0.6 * cap, y + half),
        point(inner.left + width / 2 + 0.4 * cap, y - half),
    )
    for place in places:
        box = Box(place[0] - width / 2, place[1] - half, place[0] + width / 2, place[1] + half)
        inside = box.bottom >= inner.bottom
        if inside and not any(box.meets(other) for other in _taken(chart, runners, lasts, box)):
            return place
    return None


def _taken(
    chart: LogChart, runners: Sequence[Runner], lasts: Mapping[str, int], box: Box
) -> Iterator[Box]:
    """What curves and arrivals take up between the left and the right of ``box``, on each axis."""
    inner, cap = chart.inner, chart.scale_.label
    for runner in runners:
        for axis, last in lasts.items():
            xs = runner.counts[axis]
            left, right = (
                (edge - inner.left) / inner.width * last for edge in (box.left, box.right)
            )
            ends = np.interp([left, right], xs, runner.excess)
            within = [*runner.excess[(xs >= left) & (xs <= right)], *ends]
            if left <= xs[-1]:
                low, high = (float(chart.at(0.0, y)[1]) for y in (min(within), max(within)))
                yield Box(box.left, low - 0.01, box.right, high + 0.01)
            at = runner.arrival(axis)
            if at is not None:
                x = inner.left + at / last * inner.width
                aside = runner.mark.number.glyphs.width(f"{at:.0f}") + cap  # on one side or other
                yield Box(x - aside, inner.bottom, x + aside, inner.bottom + 1.5 * cap)

"""The part of a landscape that a race needs: one that does not change while the landscape turns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gdcore.landscapes import Landscape
from gdcore.objectives.turned import Turn
from gdcore.trace import Trace

Values = npt.NDArray[np.float64]
Span = tuple[float, float]

_PAD = 0.07  # of the width and height, on each side
_LEAST = 0.3  # of the landscape's window: the least width and height


def window(
    land: Landscape, turn: Turn, races: Sequence[Sequence[Trace]], ratio: float
) -> tuple[Span, Span]:
    """The ranges of w and b with the starts, the lowest points and the paths of one or both races.

    Of the paths only what lies in the landscape's own window counts, turned in the second race.
    A unit is as long in w as in b on a map whose width is ``ratio`` times its height, so that a
    turn of the landscape is one of the picture.
    """
    left, right, bottom, top = land.window
    marks = np.array([*(land.minima or land.saddles)])
    back = Turn(turn.pivot, -turn.degrees)
    seen = []
    for second, traces in enumerate(races):
        seen.append(turn.forth(marks) if second else marks)
        for trace in traces:
            places = back.forth(trace.theta) if second else trace.theta
            inside = ((places >= (left, bottom)) & (places <= (right, top))).all(axis=1)
            seen += [trace.theta[:1], trace.theta[inside]]
    places = np.concatenate(seen)
    low, high = places.min(axis=0), places.max(axis=0)
    middle, size = (low + high) / 2, (high - low) * (1 + 2 * _PAD)
    size = np.maximum(size, (_LEAST * (right - left), _LEAST * (top - bottom)))
    across = max(size[0], ratio * size[1]) / 2
    half = np.array([across, across / ratio])
    (w0, b0), (w1, b1) = (middle - half).tolist(), (middle + half).tolist()
    return (w0, w1), (b0, b1)

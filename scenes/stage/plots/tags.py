"""The place of a value at its rectangle, where it covers nothing, if there is such a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from scenes.stage.page.layout import Box

Values = npt.NDArray[np.float64]

_FEW = 5  # rectangles; with more it is not clear to which one a value beside it belongs
_INSIDE = 1  # how many of the candidates lie in the rectangle
_NOWHERE = Box(np.inf, np.inf, np.inf, np.inf)


def tag_places(
    boxes: Values, widths: list[float], cap: float, frame: Box, taken: list[Box]
) -> list[Values | None]:
    """The middle (3,) of each value's text; None where it would cover something.

    ``boxes`` (n, 4) are the rectangles, ``widths`` the widths of the texts, ``taken`` what else
    must stay free. A value stands in its rectangle; if there are few rectangles, it may also
    stand beside, above or below.
    """
    near = _INSIDE if len(widths) > _FEW else None
    found: list[Values | None] = []
    solid = [Box(*box) for box in boxes.tolist()]
    texts: list[Box] = []
    for own, (box, width) in enumerate(zip(solid, widths, strict=True)):
        others = [other for i, other in enumerate(solid) if i != own]
        for text in islice(_candidates(box, width, cap), near):
            free = not any(text.meets(other) for other in [*others, *texts, *taken])
            if free and _within(text, frame):
                texts.append(text)
                found.append(text.center)
                break
        else:
            found.append(None)
    return found


def _candidates(box: Box, width: float, cap: float) -> Iterator[Box]:
    pad = 0.4 * cap
    half, rise = width / 2 + pad, cap / 2 + pad
    x, y = box.center[0], box.center[1]
    fits = box.width >= 2 * half and box.height >= 2 * rise
    yield _around(x, y, half, rise) if fits else _NOWHERE
    for side in (box.left - half, box.right + half):
        yield _around(side, y, half, rise)
    for away in (0.0, 0.3 * cap, 0.8 * cap):  # past the sample's dot at the rectangle's corner
        for level in (box.top + rise + away, box.bottom - rise - away):
            for across in (x, box.left, box.right, box.left - half, box.right + half):
                yield _around(across, level, half, rise)


def _around(x: float, y: float, half: float, rise: float) -> Box:
    return Box(x - half, y - rise, x + half, y + rise)


def _within(a: Box, frame: Box) -> bool:
    across = frame.left <= a.left and a.right <= frame.right
    return across and frame.bottom <= a.bottom and a.top <= frame.top

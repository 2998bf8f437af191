"""Where to write a value at its rectangle, so that it covers nothing; or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from scenes.stage.layout import Box

Values = npt.NDArray[np.float64]


def tag_places(
    boxes: Values, widths: list[float], cap: float, frame: Box, taken: list[Box]
) -> list[Values | None]:
    """The middle (3,) of each value's text; None where it would cover something.

    ``boxes`` (n, 4) are the rectangles, ``widths`` those of the texts, ``taken`` what else must
    stay free. A value stands in its rectangle, else beside, above or below it.
    """
    found: list[Values | None] = []
    solid = [Box(*box) for box in boxes.tolist()]
    texts: list[Box] = []
    for own, (box, width) in enumerate(zip(solid, widths, strict=True)):
        others = [other for i, other in enumerate(solid) if i != own]
        for text in _candidates(box, width, cap):
            free = not any(_meet(text, other) for other in [*others, *texts, *taken])
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
    if box.width >= 2 * half and box.height >= 2 * rise:
        yield _around(x, y, half, rise)
    for side in (box.left - half, box.right + half):
        yield _around(side, y, half, rise)
    for level in (box.top + rise, box.bottom - rise):
        yield _around(x, level, half, rise)
    gap = 0.5 * cap  # beside the sample's dot, where the rectangle is no larger than it
    for across in (box.left - half - gap, box.right + half + gap):
        for level in (box.top + rise + gap, box.bottom - rise - gap):
            yield _around(across, level, half, rise)


def _around(x: float, y: float, half: float, rise: float) -> Box:
    return Box(x - half, y - rise, x + half, y + rise)


def _meet(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.bottom < b.top and b.bottom < a.top


def _within(a: Box, frame: Box) -> bool:
    across = frame.left <= a.left and a.right <= frame.right
    return across and frame.bottom <= a.bottom and a.top <= frame.top

"""A lane: the cloud of one descent under its title, and beneath it two numbers side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.stage.noise.cloud import Cloud
from scenes.stage.noise.spreads import Settling
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

Values = npt.NDArray[np.float64]

_ROW, _TALL = 1.9, 14.0  # in heights of a capital


class Lane:
    """``cloud``, and ``notes``: the exact and the measured spread, in full or in short.

    In a low and narrow box there is room only for the exact one.
    """

    def __init__(
        self,
        walk: Settling,
        span: tuple[float, float],
        box: Box,
        theme: Theme,
        scale: Scale,
        *,
        titles: Sequence[str],
        notes: tuple[Sequence[str], Sequence[str]],
        peak: float | None = None,
        at: Values | None = None,
    ) -> None:
        """``titles`` and each of ``notes``: texts, the fullest first; the first that fits is shown.

        ``at``: where each update stands on its axis (default: at its number).
        """
        cap = scale.label
        exact = _first_fitting(notes[0] or [""], box.width, cap, theme.good)
        beside, tall = box.width - exact.width - cap, box.height > _TALL * cap
        # In a tall box the full wording goes into a second row if need be.
        measured = notes[1] or [""]
        found = _first_fitting(measured[:1] if tall else measured, beside, cap, theme.ink)
        below = tall and found.width > beside
        if below:
            found = _first_fitting(measured, box.width, cap, theme.ink)
        title = _first_fitting(titles, box.width, cap, theme.muted)
        above = box.inset(bottom=((2 if below else 1) * _ROW + 0.3) * cap)
        w, settled = walk.trace.w, 0 if peak is None else walk.settled or 0
        self.cloud = Cloud(
            w, walk.shown_band, span, above, theme, scale,
            title=title, peak=peak, settled=settled, flat=not tall, at=at,
            unbounded=walk.is_known and not math.isfinite(walk.final.std),
        )  # fmt: skip
        y = above.bottom - 1.2 * cap
        exact.put(point(box.left, y), LEFT)
        shown = found if below or found.width <= beside else VGroup()
        if below:
            found.put(point(box.left, y - _ROW * cap), LEFT)
        else:
            beyond = exact.get_right()[0] + cap if notes[0] else box.left
            found.put(point(beyond, y), LEFT)
        self.notes = VGroup(exact, shown)


def _first_fitting(texts: Sequence[str], width: float, cap: float, color: str) -> Label:
    labels = [Label(text, cap, color) for text in texts]
    return next((label for label in labels if label.width <= width), labels[-1])

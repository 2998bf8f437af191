"""How far w of one batch size strays: a histogram under the parabola, on its w axis."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.noise.spreads import Settling
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import rectangle, separate

Values = npt.NDArray[np.float64]

_BINS = 61  # odd, so that one is in the middle
_LOW = 0.35  # share of the highest bar's height
_FULL = 0.94  # share of the lane's height that the highest bar fills in the end


class SpreadLane(VGroup):
    """``band`` (theory's ±σ), ``bars`` (the visits of the second half), ``foot`` and ``width``.

    The bars of one lane have together one share, all visits; the highest one fills the lane. Its
    places are those of ``plot`` as it is now.
    """

    def __init__(self, walk: Settling, plot: Plot, color: str, box: Box) -> None:
        super().__init__()
        self.walk, self.plot, self.box = walk, plot, box
        theme, inner = plot.theme, plot.inner
        self.late = walk.trace.w[len(walk.trace.w) // 2 :]
        self.band = VMobject(color=theme.good, fill_opacity=0.3, stroke_width=0)
        self.foot = VMobject(color=color, stroke_width=2)
        feet = np.array([[x, box.bottom, 0.0] for x in (inner.left, inner.right)])
        self.foot.points = separate(feet[:1], feet[1:])
        self.bars = VMobject(color=color, fill_opacity=0.85, stroke_width=0)
        self.width_bar = VMobject(color=theme.ink, stroke_width=5)
        self._lay_band()
        edges = np.linspace(plot.x.low, plot.x.high, _BINS + 1)
        self._bins = np.digitize(self.late, edges)
        counts = np.bincount(self._bins, minlength=_BINS + 2)[1:-1]
        self._most = int(counts.max()) or 1
        self.add(self.band, self.bars, self.foot, self.width_bar)

    def _lay_band(self) -> None:
        final, plot, box = self.walk.final, self.plot, self.box
        if not (self.walk.is_known and math.isfinite(final.std)):
            return
        ends = [final.mean - final.std, final.mean + final.std]
        low, high = np.clip(ends, plot.x.low, plot.x.high).tolist()
        left, right = (float(plot.at(x, plot.y.low)[0]) for x in (low, high))
        thin = max(0.02 - (right - left), 0.0) / 2  # a band of width 0 is a line
        self.band.points = rectangle(left - thin, box.bottom, right + thin, box.top)

    @property
    def ground(self) -> Box:
        """The flat box of the foot."""
        return Box(self.plot.inner.left, self.box.bottom, self.plot.inner.right, self.box.bottom)

    def is_low_at_left(self) -> bool:
        """Whether the bars of the left quarter leave room for a title above them."""
        counts = np.bincount(self._bins, minlength=_BINS + 2)[1:-1]
        return int(counts[: _BINS // 4].max()) <= _LOW * self._most

    def reach(self, t: float) -> None:
        """Show the visits of the second half up to the update ``t`` of all."""
        first = len(self.walk.trace.w) - len(self.late)
        count = min(max(math.floor(t + 1e-9) + 1 - first, 0), len(self.late))
        counts = np.bincount(self._bins[:count], minlength=_BINS + 2)[1:-1]
        filled = np.flatnonzero(counts)
        edges = np.linspace(self.plot.inner.left, self.plot.inner.right, _BINS + 1)
        heights = _FULL * self.box.height * counts[filled] / self._most
        corners = np.zeros((len(filled), 5, 3))
        gap = 0.06 * (edges[1] - edges[0])
        left, right = edges[filled] + gap, edges[filled + 1] - gap
        corners[:, :, 0] = np.stack([left, right, right, left, left], axis=1)
        corners[:, :, 1] = self.box.bottom
        corners[:, 2:4, 1] += heights[:, None]
        self.bars.points = separate(corners[:, :-1].reshape(-1, 3), corners[:, 1:].reshape(-1, 3))

    def measure(self, std: float, amount: float) -> None:
        """Draw the measured deviation to both sides of the mean, at a share of its length."""
        plot, mean = self.plot, float(np.mean(self.late)) if amount > 0 else 0.0
        if amount <= 0 or not math.isfinite(std) or not plot.x.low <= mean <= plot.x.high:
            self.width_bar.points = np.zeros((0, 3))
            return
        y = self.box.bottom + 0.5 * self.box.height
        ends = np.clip([mean - amount * std, mean + amount * std], plot.x.low, plot.x.high)
        left, right = (float(plot.at(x, plot.y.low)[0]) for x in ends)
        places = np.array([[left, y, 0.0], [right, y, 0.0]])
        stop = 0.12 * self.box.height
        caps = [places + point(0.0, side * stop) for side in (-1, 1)]
        self.width_bar.points = np.concatenate(
            [separate(places[:1], places[1:]), separate(caps[0], caps[1])]
        )

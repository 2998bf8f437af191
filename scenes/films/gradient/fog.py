"""A curve in fog: only what has been near a point is seen, and it fades at its ends."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup, VMobject

from scenes.stage.descent.parabola import Quadratic
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import rectangle

Span = tuple[float, float]

_SIGHT = 0.12  # of the plot's width: how far one sees to either side
_FRINGE = 0.045  # of it: the width of each fading piece
_FADING = (0.55, 0.25, 0.1)  # opacities of these pieces
_LIGHT = 0.06  # opacity of the window around a point
_WIDTH = 6


class FoggedCurve(VGroup):
    """``seen`` is the curve in the places that were looked at, ``window`` what is near now."""

    def __init__(self, plot: Plot, curve: Quadratic, color: str, light: str) -> None:
        super().__init__()
        self.plot, self.curve = plot, curve
        self.window = VMobject(color=light, fill_opacity=_LIGHT, stroke_width=0)
        self.seen = VMobject(color=color, stroke_width=_WIDTH)
        self.fringes = VGroup(
            *(VMobject(color=color, stroke_width=_WIDTH, stroke_opacity=each) for each in _FADING)
        )
        self.spans: list[Span] = []
        self._windows: list[Span] = []
        self.add(self.window, self.fringes, self.seen)

    @property
    def sight(self) -> float:
        """How far one sees, in units of w."""
        return _SIGHT * (self.plot.x.high - self.plot.x.low)

    def look(self, *around: float) -> None:
        """Look at the curve around these w; what was seen before stays in sight."""
        self._windows = [(w - self.sight, w + self.sight) for w in around]
        self.lift(*self._windows)

    def glance(self, fixed: float, w: float, share: float) -> None:
        """Look around ``fixed``, and begin to look around ``w``: at a share of what is near."""
        near = share * self.sight
        self._windows = [(fixed - self.sight, fixed + self.sight), (w - near, w + near)]
        self.lift(*self._windows)

    def lift(self, *spans: Span) -> None:
        """Lift the fog from these ranges of w, too."""
        self.spans = _joined([*self.spans, *spans])
        self.draw()

    def lift_all(self) -> None:
        """No fog any more."""
        self.lift((-math.inf, math.inf))

    def draw(self) -> None:
        """Draw everything anew: the plot may have moved."""
        plot, cut = self.plot, self.curve.curve
        none = np.zeros((0, 3))
        self.seen.points = np.concatenate([none, *(cut(plot, *span) for span in self.spans)])
        wide = _FRINGE * (plot.x.high - plot.x.low)
        for k, fringe in enumerate(self.fringes):
            near, far = k * wide, (k + 1) * wide
            free = [
                part
                for low, high in self.spans
                if math.isfinite(high - low)
                for end in ((low - far, low - near), (high + near, high + far))
                for part in self._unseen(end)
            ]
            fringe.points = np.concatenate([none, *(cut(plot, *part) for part in free)])
        inner, boxes = plot.inner, [none]
        for window in self._windows:
            edges = np.clip(window, plot.x.low, plot.x.high)
            left, right = plot.map(edges, np.full(2, plot.y.low))[:, 0]
            if left < right:
                boxes.append(rectangle(left, inner.bottom, right, inner.top))
        self.window.points = np.concatenate(boxes)

    def _unseen(self, part: Span) -> list[Span]:
        """The pieces of ``part`` that no span covers."""
        pieces = [part]
        for low, high in self.spans:
            pieces = [
                piece
                for a, b in pieces
                for piece in ((a, min(b, low)), (max(a, high), b))
                if piece[0] < piece[1]
            ]
        return pieces


def _joined(spans: list[Span]) -> list[Span]:
    """The same ranges, those that meet as one."""
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], high)
        else:
            joined.append((low, high))
    return joined

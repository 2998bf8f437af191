"""Single landings: the point jumps to its next w; the dot that it leaves flies to its bar."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.stage.noise.strip import Strip
from scenes.stage.page.layout import Point, point
from scenes.stage.plots.shapes import discs, polyline

_JUMP = 0.4  # the share of a landing's time in which the point jumps; in the rest its dot flies


class Landings(VGroup):
    """``head``, the point at its update and w, and ``flier``, a dot on the way to its bar."""

    def __init__(self, strip: Strip, radius: float) -> None:
        super().__init__()
        self._strip, self._radius = strip, radius
        theme = strip.plot.theme
        self.head = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.flier = VMobject(color=theme.path, fill_opacity=1, stroke_width=0)
        self.trace = VMobject(color=theme.path, stroke_width=2, fill_opacity=0)
        self.add(self.trace, self.flier, self.head)

    def _at(self, t: float) -> Point:
        """The place at a fractional update."""
        strip, k = self._strip, min(int(t + 1e-9), len(self._strip.w) - 1)
        after = min(k + 1, len(strip.w) - 1)
        w = float(strip.w[k]) + (t - k) * (float(strip.w[after]) - float(strip.w[k]))
        height = float(strip.heights(np.array([w]))[0])
        return point(float(strip.across(np.array([t]))[0]), height)

    def ride(self, t: float) -> None:
        """The point at ``t``, and no dot that flies."""
        self._put_head(self._at(t))
        self.flier.points = self.trace.points = np.zeros((0, 3))

    def _put_head(self, at: Point) -> None:
        self.head.points = discs(at[None], self._radius)

    def land(self, t: float) -> None:
        """Between two updates: first the jump, then the flight of the dot that it leaves."""
        k = min(int(t + 1e-9), len(self._strip.w) - 2)
        part = min(t - k, 1.0)
        jump = min(part / _JUMP, 1.0)
        at = self._at(k + jump)
        self._put_head(at)
        flight = max((part - _JUMP) / (1 - _JUMP), 0.0)
        self._strip.reach(float(k) if flight < 1 else k + 1.0)
        if flight in (0.0, 1.0):
            self.flier.points = self.trace.points = np.zeros((0, 3))
            return
        stop = self._strip.bar(k + 1)
        here = at + flight * (point(float(stop[0]), float(at[1])) - at)
        self.flier.points = discs(here[None], 0.6 * self._radius)
        self.trace.points = polyline(np.array([at, here]))

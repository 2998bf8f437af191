"""What stands at a map's edge while a point is outside: an arrow, and where the point is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VMobject

from scenes.stage.page.figures import equations, lengths
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import Box, Point, point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import rectangle, triangle

Values = npt.NDArray[np.float64]

_WIDEST = 0.5  # a text's share of the map's width
_GROUND = 0.8  # opacity of the ground of a text, which may stand on many lines


class EdgeMark:
    """``edge`` is the arrow, ``value`` the text beside it on ``ground``; all empty while clear.

    While ``silent`` it has no text.
    """

    def __init__(self, plot: Plot, color: str, radius: float, letters: str = "") -> None:
        """``radius``: of the point; ``letters`` that texts need beyond the names of the axes."""
        self.plot, self.radius, self.silent = plot, radius, False
        self.edge = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.ground = VMobject(color=plot.theme.background, fill_opacity=_GROUND, stroke_width=0)
        names = "".join(dict.fromkeys(plot.x.name + plot.y.name + letters))
        self.value = Figure(named_glyphs(names, plot.scale_.label), color, side=ORIGIN)

    def clear(self) -> None:
        """Show nothing."""
        self.edge.points = self.ground.points = np.zeros((0, 3))
        self.value.write("")

    def stand(self, x: float, y: float, *, must_fit: bool = False) -> None:
        """Show the place (x, y), which is outside the flat map, at the nearest place of its edge.

        In a map that is too narrow for the shortest text, ``must_fit`` leaves the arrow alone.
        """
        plot = self.plot
        near, out = nearest(plot, x, y)
        at = plot.at(float(near[0]), float(near[1]))
        texts = [""] if self.silent else place_texts(plot, x, y) + [""] * must_fit
        self.lay(at, point(*out), texts, plot.inner)

    def lay(self, at: Point, out: Point, texts: Sequence[str], room: Box) -> None:
        """An arrow at ``at`` that points ``out``; behind it the first of ``texts`` that fits."""
        size, cap, width = 2.2 * self.radius, self.value.glyphs.cap, self.value.glyphs.width
        self.edge.points = triangle(at, out, size)
        beside = at - out * (size + 0.9 * cap)
        clear = size / 2 + 0.9 * cap  # so far above or below the arrow a text does not touch it
        y = float(beside[1])
        if abs(y - at[1]) < clear:
            y = float(at[1]) + math.copysign(clear, float(room.center[1] - at[1]))
        text = next((text for text in texts if width(text) <= _WIDEST * room.width), texts[-1])
        half = width(text) / 2 + 0.1
        x = min(max(float(beside[0]), room.left + half), room.right - half)
        self.write(text, point(x, y))

    def write(self, text: str, at: Point) -> None:
        """Write ``text`` with its middle at ``at``, on its ground."""
        cap, half = self.value.glyphs.cap, self.value.glyphs.width(text) / 2
        self.value.text = None
        self.value.write(text, at)
        (x, y), pad = at[:2], 0.3 * cap
        box = (x - half - pad, y - 0.5 * cap - pad, x + half + pad, y + 0.5 * cap + pad)
        self.ground.points = rectangle(*map(float, box)) if text else np.zeros((0, 3))


def nearest(plot: Plot, x: float, y: float) -> tuple[Values, Values]:
    """The place (2,) of the map that is nearest to (x, y), and the signs (2,) of the way there."""
    here = np.array([x, y])
    near = np.clip(here, [plot.x.low, plot.y.low], [plot.x.high, plot.y.high])
    return near, np.sign(here - near)


def place_texts(plot: Plot, x: float, y: float) -> list[str]:
    """Where (x, y), outside ``plot``, is: shorter and shorter, at last only the weight farther out.

    How far out is measured in widths and heights of the plot.
    """
    w, b = plot.x.name, plot.y.name
    pairs = zip(lengths(x)[:3], lengths(y)[:3], strict=False)
    whole = [f"({w}, {b}) = ({one}, {other})" for one, other in pairs]
    across = max(plot.x.low - x, x - plot.x.high) / (plot.x.high - plot.x.low)
    upward = max(plot.y.low - y, y - plot.y.high) / (plot.y.high - plot.y.low)
    return whole + (equations(w, x) if across >= upward else equations(b, y))

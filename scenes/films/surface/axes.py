"""The axes of the surface; a name is on a ground that keeps the floor's lines off it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.surface.lifted import Lift
from scenes.films.surface.view import View
from scenes.stage.page.layout import Box, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import extent, rectangle, separate

Values = npt.NDArray[np.float64]

_GAP = 0.9  # capitals between an axis' tip and its name
_PAD = 0.25  # capitals of ground around a name
_GROUND = 0.8  # its opacity
_LENGTH = 3.2  # capitals: the longer of the directions of w and b


class AxisName(VGroup):
    """A ``label`` on its ``ground``."""

    def __init__(self, text: str, color: str, cap: float, theme: Theme) -> None:
        self.ground = VMobject(color=theme.background, fill_opacity=_GROUND, stroke_width=0)
        self.label = Label(text, cap, color)
        super().__init__(self.ground, self.label)

    def put(self, at: Values) -> None:
        """Move the label's middle to ``at``; the ground follows."""
        self.label.put(at)
        box = extent(self.label).inset(*[-_PAD * self.label.cap] * 4)
        self.ground.points = rectangle(box.left, box.bottom, box.right, box.top)

    @property
    def box(self) -> Box:
        """What it covers."""
        return extent(self.ground)


class SurfaceAxes(VGroup):
    """The axis of J at the surface's rim; the directions of w and b in a corner of the stage.

    ``lines``, and the names ``w``, ``b`` and ``cost``: the cost at the tip of its axis, "J = 14".
    """

    def __init__(self, lift: Lift, cost: str, cap: float) -> None:
        theme = lift.field.theme
        self.lift, self._cap = lift, cap
        self.lines = VMobject(color=theme.muted, stroke_width=3.0, fill_opacity=0)
        self.w, self.b = (AxisName(name, theme.point, cap, theme) for name in "wb")
        self.cost = AxisName(cost, theme.cost, cap, theme)
        super().__init__(self.lines, self.w, self.b, self.cost)

    @property
    def names(self) -> list[AxisName]:
        """Those of all three axes."""
        return [self.w, self.b, self.cost]

    def follow(self, view: View, rise: float, stage: Box) -> None:
        """Show them as seen from ``view``, with ``rise`` times the height of the axis of J."""
        gap = _GAP * self._cap
        ways = view.project(np.eye(3)[:2]) - view.middle
        ways *= _LENGTH * self._cap / np.hypot(*ways.T[:2]).max()
        sizes = np.hypot(*ways.T[:2])[:, None]
        beyond = ways * (1 + gap / np.maximum(sizes, 1e-9))  # where the names are
        corner = point(float(beyond[:, 0].max()), min(float(beyond[:, 1].min()), 0.0))
        foot = point(stage.right - gap, stage.bottom + gap) - corner
        for name, place in zip((self.w, self.b), beyond, strict=True):
            name.put(foot + place)
        below, top = view.project(self.lift.axis * [1.0, 1.0, rise])
        self.lines.points = separate(np.array([foot, foot, below]), np.array([*(foot + ways), top]))
        half = self.cost.label.width / 2 + _PAD * self._cap
        x = max(float(top[0]) - gap - half, stage.left + half)
        self.cost.put(point(x, float(top[1])))

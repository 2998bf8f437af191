"""How near to the minimum counts as arrived: a band around w* on the parabola."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.films.mini_batch.facts import NEAR
from scenes.stage.descent.moving_hill import MovingHill
from scenes.stage.page.figures import percent
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.shapes import rectangle

_TOP = 0.7  # of the plot's height: the band ends below the name of the minimum
_HEIGHT, _ARM = 0.6, 0.73  # where the name stands; up to where the curve is lower than it
_SHADE = 0.3


class NearBand(VGroup):
    """``shade`` from w* − r to w* + r, where r is a share of the start's distance, and its name."""

    def __init__(self, hill: MovingHill, start: float) -> None:
        super().__init__()
        plot, goal = hill.plot, hill.curve.minimiser
        reach = NEAR * abs(start - goal)
        self.shade = VMobject(color=plot.theme.good, fill_opacity=_SHADE, stroke_width=0)
        ends = np.clip([goal - reach, goal + reach], plot.x.low, plot.x.high)
        near, far = (float(plot.at(end, plot.y.low)[0]) for end in ends.tolist())
        inner, cap = plot.inner, plot.scale_.label
        y = inner.bottom + _HEIGHT * inner.height
        self.shade.points = rectangle(near, inner.bottom, far, inner.bottom + _TOP * inner.height)
        left = far + 0.5 * cap
        arm = goal + _ARM * (plot.x.high - goal)
        room = Box(left, y, float(plot.at(arm, plot.y.low)[0]), y)
        sources = f"abs(w - w^*) <= {NEAR} thin abs(w_0 - w^*)", f"plus.minus {percent(NEAR)} %"
        made = [formula(source, cap, plot.theme.good) for source in sources]
        name = widest_fitting([*made], room)
        self.add(self.shade, name.move_to(point(left + name.width / 2, y)))

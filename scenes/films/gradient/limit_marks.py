"""Where the steps with the rates 1/L and 2/L end: above the minimum, and on the curve again."""

from __future__ import annotations

from manim import VMobject

from scenes.films.gradient.slope_hill import SlopeHill
from scenes.stage.plots.shapes import dashes, discs


class LimitMarks:
    """``onto``: from the tip down to w*; ``across``: a ring on the curve, as high as the start."""

    def __init__(self, hill: SlopeHill) -> None:
        plot, theme, level = hill.plot, hill.theme, hill.curve(hill.here)
        top, foot = plot.at(hill.curve.minimiser, level), hill.foot()
        self.onto = dashes(foot, top, theme.good) if foot[1] < top[1] else VMobject()
        self.across = VMobject(color=theme.bad, stroke_width=4, fill_opacity=0)
        self.across.points = discs(plot.at(hill.there, level)[None], 1.3 * hill.radius)

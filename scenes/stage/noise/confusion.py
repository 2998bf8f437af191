"""Where noise leaves w: the region of confusion and the exact ±σ band, shaded."""

from __future__ import annotations

from manim import VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace
from scenes.catalogue.noisy import spread
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import rectangle


def region(trace: Trace) -> tuple[float, float]:
    """The least and the largest of the samples' own minimisers."""
    assert isinstance(trace.objective, LeastSquares)
    return region_of_confusion(trace.objective)


def shade_upright(plot: Plot, low: float, high: float, color: str, opacity: float) -> VMobject:
    """Shade the part of a plot with x in [low, high]."""
    low, high = max(low, plot.x.low), min(high, plot.x.high)
    shade = VMobject(color=color, fill_opacity=opacity, stroke_width=0)
    if low < high:
        left, right = plot.at(low, plot.y.low)[0], plot.at(high, plot.y.low)[0]
        shade.points = rectangle(left, plot.inner.bottom, right, plot.inner.top)
    return shade


def shade_level(plot: Plot, low: float, high: float, color: str, opacity: float) -> VMobject:
    """Shade the part of a plot with y in [low, high]."""
    low, high = max(low, plot.y.low), min(high, plot.y.high)
    shade = VMobject(color=color, fill_opacity=opacity, stroke_width=0)
    if low < high:
        bottom, top = plot.at(plot.x.low, low)[1], plot.at(plot.x.low, high)[1]
        shade.points = rectangle(plot.inner.left, bottom, plot.inner.right, top)
    return shade


def shades(plot: Plot, trace: Trace) -> VGroup:
    """The region of confusion, and within it the band w* ± σ, over the w axis of ``plot``."""
    group = VGroup(shade_upright(plot, *region(trace), plot.theme.muted, 0.22))
    band = spread(trace)
    if band is not None:
        low, high = band.mean - band.std, band.mean + band.std
        group.add(shade_upright(plot, low, high, plot.theme.good, 0.35))
    return group

"""What is wrong in a film's present picture: texts that overlap, margins, sizes, a small hero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from manim import Mobject, Typst

from scenes.films.code.console import Console
from scenes.films.code.listing import Listing
from scenes.films.optimizers.lanes import Lanes
from scenes.films.scaling.kappa_scale import KappaScale
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure
from scenes.stage.page.layout import MARGIN
from scenes.stage.page.wording import Label
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.plot import Plot

WIDE_SHARE = 0.45  # of the frame's area, in 16:9 and 4:3
LEAST_HEIGHT = 0.70  # of the hero's own width, in 1:1 and 9:16
UPRIGHT_WIDTH = 0.5  # of the frame's width: a hero that is square because it is small is none
# Of the frame's shorter side: the digits of a tick number, other texts, those in a tall frame.
TICK_SHARE, TEXT_SHARE, TALL_SHARE = 0.022, 0.03, 0.035
FAINT = 0.25  # the opacity up to which a text in motion covers nothing
TOUCH = 0.01  # units that two boxes may share; less than a pixel at 480p
STROKE_UNIT = 0.01  # manim draws a stroke of width 1 a hundredth of a unit wide

_ALONG = np.linspace(0, 1, 9)[:, None]
_BERNSTEIN = np.hstack(
    [(1 - _ALONG) ** 3, 3 * _ALONG * (1 - _ALONG) ** 2, 3 * _ALONG**2 * (1 - _ALONG), _ALONG**3]
)


@dataclass(frozen=True)
class Extent:
    """The box that something visible covers, and (for a text) the height of its capitals."""

    what: str
    low: np.ndarray
    high: np.ndarray
    tick: bool = False
    cap: float = 0.0


def visible(part: Any) -> bool:
    """Whether a mobject's own points are visible."""
    if not len(part.points):
        return False
    return bool(part.fill_rgbas[0, 3] > 0 or half_stroke(part) > 0)


def box(mobject: Mobject, what: str, **facts: Any) -> Extent | None:
    """The extent of a mobject and its parts: their curves and half the stroke around them."""
    parts = [part for part in mobject.get_family() if visible(part)]
    if not parts:
        return None
    points = np.concatenate([part.points for part in parts])
    # Coordinates first: NumPy's matrix product and extremes are ten times as fast as along points.
    curves = _BERNSTEIN @ points.T[:2].reshape(2, -1, 4).swapaxes(1, 2)
    half = max(half_stroke(part) for part in parts)
    return Extent(what, curves.min(axis=(1, 2)) - half, curves.max(axis=(1, 2)) + half, **facts)


def half_stroke(part: Any) -> float:
    """Half the width of what is drawn along the outline, in units."""
    seen = part.stroke_rgbas[0, 3] > 0
    return float(part.get_stroke_width()) * STROKE_UNIT / 2 if seen else 0.0


@cache
def _digit_at_48() -> float:
    """The height of a formula's digit at font size 48, measured."""
    one = formula("1", 1.0, "#ffffff")
    return float(one.height * 48 / one.font_size)


def real_cap(text: Any) -> float:
    """The height of a digit or capital as it stands in the picture, shrunk or not."""
    if isinstance(text, Typst):
        return float(text.font_size) / 48 * _digit_at_48()
    if isinstance(text, Figure):
        made, _ = text.glyphs.run(text.text)
        return float(text.glyphs.cap * np.ptp(text.points[:, 1]) / np.ptp(made[:, 1]))
    return float(text.cap * text.height / text.built_height)


def name(text: Any) -> str:
    """The name of a text in a message."""
    if isinstance(text, Typst):
        return f"formula {text.typst_code!r}"
    return f"{type(text).__name__} {text.text!r}"


def texts(mobjects: list[Mobject], tick: bool = False) -> Iterator[tuple[Any, bool]]:
    """The texts among mobjects and their parts; whether each is a tick number."""
    for mobject in mobjects:
        if isinstance(mobject, Label | Figure | Typst):
            yield mobject, tick
        elif isinstance(mobject, Listing | Console):
            yield from texts(mobject.submobjects, True)  # code may be as small as tick numbers
        elif isinstance(mobject, Plot | Lanes | KappaScale):
            yield from texts([mobject.numbers], True)
            yield from texts([m for m in mobject.submobjects if m is not mobject.numbers], tick)
        else:
            yield from texts(mobject.submobjects, tick)


def text_extents(scene: Any, faint: float = 0.0) -> list[Extent]:
    """All visible texts of a scene, each once, but those with an opacity up to ``faint``."""
    found: dict[int, Extent] = {}
    for text, tick in texts(scene.mobjects):
        clear = max(part.get_fill_opacity() for part in text.get_family()) > faint
        if clear and id(text) not in found and (extent := box(text, name(text), tick=tick)):
            found[id(text)] = replace(extent, cap=real_cap(text))
    return list(found.values())


def shape_extents(scene: Any) -> Iterator[Extent]:
    """All visible parts that are not texts."""
    letters = {id(part) for text, _ in texts(scene.mobjects) for part in text.get_family()}
    for mobject in scene.mobjects:
        for part in mobject.get_family():
            if id(part) not in letters and visible(part):
                # Control points lie around the curve: their box may be too large, never too small.
                half, ends = half_stroke(part), part.points.T[:2]
                yield Extent(repr(part), ends.min(axis=1) - half, ends.max(axis=1) + half)


def overlapping(extents: list[Extent]) -> Iterator[tuple[Extent, Extent]]:
    """The pairs whose boxes share more than the tolerance."""
    if not extents:
        return
    lows, highs = np.array([e.low for e in extents]), np.array([e.high for e in extents])
    shared = np.minimum(highs[:, None], highs) - np.maximum(lows[:, None], lows)
    for i, j in np.argwhere(np.triu((shared > TOUCH).all(axis=2), 1)).tolist():
        yield extents[i], extents[j]


def complaints(scene: Any, moving: bool = False) -> Iterator[str]:
    """What is wrong in the present picture; ``moving``: sizes may be on their way to others.

    What is hardly visible yet, or any more, covers nothing.
    """
    width, height = scene.layout.width, scene.layout.height
    side, text_share = min(width, height), TALL_SHARE if height > width else TEXT_SHARE
    edge = np.array([width / 2 - MARGIN, height / 2 - MARGIN]) + TOUCH
    shown = text_extents(scene, FAINT if moving else 0.0)
    yield from (f"{one.what} overlaps {other.what}" for one, other in overlapping(shown))
    for part in shown:
        least = (TICK_SHARE if part.tick else text_share) * side
        if part.cap < least * (1 - 1e-3) and not moving:
            yield f"{part.what} is {part.cap / side:.2%} high, not {least / side:.2%}"
    for part in [*shown, *shape_extents(scene)]:
        if (part.low < -edge).any() or (part.high > edge).any():
            yield f"{part.what} crosses the margin: {part.low.round(2)} … {part.high.round(2)}"


def hero_complaint(scene: Any) -> str | None:
    """What is wrong with the size of the scene's hero, as it is drawn now."""
    width, height = scene.layout.width, scene.layout.height
    extent = box(scene.hero, "hero")
    if extent is None:
        return "no hero is seen"
    across, up = (extent.high - extent.low).tolist()
    if isinstance(scene.hero, MovingPlot):  # it keeps room for longer numbers than those of now
        across, up = scene.hero.box.width, scene.hero.box.height
    if not scene.layout.stacked:
        share = across * up / (width * height)
        return None if share >= WIDE_SHARE else f"the hero has {share:.1%} of the frame"
    if across < UPRIGHT_WIDTH * width:
        return f"the hero is only {across / width:.0%} as wide as the frame"
    return None if up >= LEAST_HEIGHT * across else f"the hero's height is {up / across:.2f} widths"

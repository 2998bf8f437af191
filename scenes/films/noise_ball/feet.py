"""What stands under the chart: the numbers of the updates, or the rate of each strip."""

from __future__ import annotations

from manim import ORIGIN, VGroup

from scenes.stage.noise.strip import Strip
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.ticks import whole_ticks

_BELOW = 1.25  # heights of a number


def update_numbers(scene: FilmScene, strip: Strip) -> VGroup:
    """Round numbers of updates under a strip as it is now."""
    glyphs, small = text_glyphs(scene.layout.scale.small), scene.layout.scale.small
    last = max(len(strip.w) - 1, 1)
    most = int((strip.end - strip.left) / (2.4 * glyphs.width(str(last))))
    numbers, y = VGroup(), strip.plot.inner.bottom - _BELOW * small
    for value in whole_ticks(last, max(1, min(5, most))):
        x = strip.left + (strip.end - strip.left) * value / last
        text = f"{value:.0f}"
        if x + glyphs.width(text) / 2 <= strip.right:
            numbers.add(Figure(glyphs, scene.theme.muted, point(x, y), ORIGIN, text))
    return numbers


def rate_name(scene: FilmScene, text: str, left: float, right: float, bottom: float) -> VGroup:
    """The name of a rate under its strip."""
    scale = scene.layout.scale
    label = scene.label(text, scene.theme.muted)
    return VGroup(label.put(point((left + right) / 2, bottom - _BELOW * scale.small - 0.05)))

"""The plot of J over (w, b): contours and shades that follow when its window moves or zooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.maps.conics import Conics, Pane
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.motion import hide, set_visible
from scenes.stage.plots.moving_plot import MovingPlot, Span
from scenes.stage.plots.plot import Axis
from scenes.stage.plots.shapes import polyline
from scenes.stage.plots.ticks import ticks

Values = npt.NDArray[np.float64]

_COUNT = 11  # contours of the whole map
_FINE = 10  # contours that a close view has of its own
_LATE = 0.7  # of the way to a close view: its own contours appear after the rest of it
_NUMBER, _WIDEST = "−0", 0.14  # for numbers of b: such a text, and a share of the width at most
_SHADE = 0.07  # the opacity of each shade; they lie on top of each other


@dataclass(frozen=True)
class Window:
    """The ranges of a map of (w, b); ``true`` if a unit of w is as long as a unit of b."""

    w: Span
    b: Span
    true: bool

    @property
    def middle(self) -> Values:
        """The place (2,) in the middle."""
        return np.array([sum(self.w) / 2, sum(self.b) / 2])

    @property
    def half(self) -> Values:
        """Half of the width and of the height (2,)."""
        return np.array([(high - low) / 2 for low, high in (self.w, self.b)])

    def around(self, middle: Values, share: float) -> Window:
        """A window of the same shape, ``share`` times as large, around ``middle``."""
        low, high = middle - share * self.half, middle + share * self.half
        return Window((low[0], high[0]), (low[1], high[1]), self.true)

    def squeezed(self, share: float) -> Window:
        """The window with a ``share`` of its width, around the same middle."""
        middle, half = float(self.middle[0]), share * float(self.half[0])
        return Window((middle - half, middle + half), self.b, self.true)

    def towards(self, other: Window, t: float) -> Window:
        """On the way to a window of this shape: even steps change the size by even factors.

        One place of the picture stays where it is.
        """
        if t <= 0 or t >= 1:
            return other if t >= 1 else self
        size = float(other.half[1] / self.half[1])
        share = t if abs(size - 1) < 1e-9 else (size**t - 1) / (size - 1)
        return self.around(self.middle + share * (other.middle - self.middle), size**t)


class PlaneChart(MovingPlot):
    """Contours of the cost over a window, by :meth:`look`; the contours are its grid.

    ``shades`` and ``lines`` are those of ``levels`` (11,), which spread evenly over the first
    window. ``layers`` are further ones for close views.
    """

    def __init__(
        self, conics: Conics, window: Window, box: Box, names: Sequence[VMobject],
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``names`` of w and b, see `weight_names`."""
        self.conics = conics
        self.shades, self.lines, self.layers = VGroup(), VGroup(), VGroup()
        self._radii: Values = np.zeros(0)
        self._layer_radii: list[Values] = []
        super().__init__(box, window.w, [window.b], names[:1], names[1], theme, scale)
        self.box, self.window = box, window
        self._rooms = [self._needed_room(window)]
        self._room = self._rooms[0]
        self._first_width = self.inside(box).width
        self._radii = _even_radii(conics, window)
        self.levels = conics.least + self._radii**2
        for _ in self._radii:
            self.shades.add(_shade(theme.cost))
            self.lines.add(_line(theme.cost))
        self.add_to_back(self.shades, self.lines, self.layers)
        self.remove(self.grid)
        self.look(window)

    def add_layer(self, close: Window) -> None:
        """Add contours for a view of the window ``close``: the next stop of a dive."""
        places = np.stack(np.meshgrid(*(np.linspace(*span, 41) for span in (close.w, close.b))), -1)
        radii = self.conics.radii(places.reshape(-1, 2))
        low, high = float(radii.min()), float(radii.max())
        found = low + (high - low) * np.arange(1, _FINE + 1) / _FINE
        self._layer_radii.append(found)
        self._rooms.append(self._needed_room(close))
        color = self.theme.cost
        self.layers.add(VGroup(*(VGroup(_shade(color), _line(color)) for _ in found)))
        hide(self.layers[-1])

    def _needed_room(self, window: Window) -> float:
        """The width that the numbers of b need."""
        widest = max(map(self._glyphs.width, self._y_texts(ticks(*window.b, 4))))
        least = self._glyphs.width(_NUMBER)
        return float(max(least, min(widest, _WIDEST * self.box.width)))

    def look(self, window: Window, depth: float = 0.0) -> None:
        """Show ``window``; at ``depth`` k the contours of layer k are there, at 0 none of them.

        Numbers with more digits take some of its width; a window to scale stays to scale.
        """
        self._room = float(np.interp(depth, np.arange(len(self._rooms)), self._rooms))
        self.window = window
        share = self.inside(self.box).width / self._first_width
        shown = window.squeezed(share) if window.true else window
        self.lay(self.box, shown.w, shown.b)
        groups = [self.shades, *self.layers]
        for k, group in enumerate(groups):
            here = _clipped((depth - k + _LATE) / _LATE) if k else 1.0
            stays = _clipped((k + 1 - depth) / _LATE) if k < len(groups) - 1 else 1.0
            if not k:
                set_visible(group, stays)
                continue
            for radius, (shade, line) in zip(self._layer_radii[k - 1], group, strict=True):
                if here > 0:
                    self._draw(float(radius), shade, line)
                set_visible(shade, here * stays)
                set_visible(line, here)

    def lay(self, box: Box, x: Span, y: Span) -> None:
        """Move everything to ``box`` and to these ranges."""
        super().lay(box, x, y)
        self.x, self.y = Axis(*x, "w"), Axis(*y, "b")
        for radius, shade, line in zip(self._radii, self.shades, self.lines, strict=False):
            self._draw(float(radius), shade, line)

    def _draw(self, radius: float, shade: VMobject, line: VMobject) -> None:
        curves = self.conics.curves(self, radius)
        line.points = np.concatenate([np.zeros((0, 3)), *map(polyline, curves)])
        shade.points = polyline(self.conics.area(self, radius, curves))

    def extended(self, times: float) -> Pane:
        """The plane of the map around its middle, so many times as large."""
        inner, (x, y) = self.inner, (self.x, self.y)
        more = (times - 1) / 2
        wide, tall = more * (x.high - x.low), more * (y.high - y.low)
        across, upward = more * inner.width, more * inner.height
        return Pane(
            inner.inset(-across, -upward, -across, -upward),
            Axis(x.low - wide, x.high + wide),
            Axis(y.low - tall, y.high + tall),
        )

    def outline(self, level: float, pane: Pane) -> tuple[list[Values], Values]:
        """The curves (n, 3) of the contour of ``level`` in a ``pane``, and their area's corners."""
        radius = self.conics.radius(level)
        curves = self.conics.curves(pane, radius)
        return curves, self.conics.area(pane, radius, curves)

    def weights(self, points: Values) -> Values:
        """The weights (n, 2) at points (n, 3) of the frame; undoes :meth:`map`."""
        inner, x, y = self.inner, self.x, self.y
        w = x.low + (points[:, 0] - inner.left) * ((x.high - x.low) / inner.width)
        b = y.low + (points[:, 1] - inner.bottom) * ((y.high - y.low) / inner.height)
        return np.stack([w, b], axis=1)

    def contour(self, theta: Values) -> Values:
        """The points (4·n, 3) of the contour through ``theta`` (2,)."""
        radius = float(self.conics.radii(theta[None])[0])
        return np.concatenate([np.zeros((0, 3)), *map(polyline, self.conics.curves(self, radius))])

    def area(self, level: float) -> Values:
        """The points (4·n, 3) of the edge of the area below ``level``."""
        radius = self.conics.radius(level)
        return polyline(self.conics.area(self, radius, self.conics.curves(self, radius)))


def weight_names(theme: Theme, scale: Scale) -> list[VMobject]:
    """The letters w and b for the axes."""
    names: list[VMobject] = [formula(each, scale.label, theme.point) for each in ("w", "b")]
    for name in names:
        set_visible(name, 1.0)
    return names


def _even_radii(conics: Conics, window: Window) -> Values:
    """Radii (11,) of contours that spread evenly: areas grow with the square of the number."""
    places = np.stack(np.meshgrid(*(np.linspace(*span, 121) for span in (window.w, window.b))), -1)
    parts = np.arange(1, _COUNT + 1) / (_COUNT + 0.5)
    return np.unique(np.quantile(conics.radii(places.reshape(-1, 2)), parts**2))


def _clipped(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _line(color: str) -> VMobject:
    line = VMobject(color=color, stroke_width=2.0, fill_opacity=0)
    line.set_stroke(opacity=0.55)
    return line


def _shade(color: str) -> VMobject:
    return VMobject(color=color, stroke_width=0, fill_opacity=_SHADE)

"""A landscape turned about its lowest point: the same hills, along other axes.

With the turn R (by an angle, counterclockwise, about the pivot p) the turned landscape is

    J'(theta) = J(p + R^-1 (theta - p)),    grad J'(theta) = R grad J(p + R^-1 (theta - p)).

A rule whose step is a fixed combination of gradients (SGD, momentum, Nesterov) takes on J' the
turned steps of J. A rule that scales each coordinate by itself does not.
"""

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import Any

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.landscapes import Landscape, Point


@dataclass(frozen=True)
class Turn:
    """A turn of the plane by ``degrees``, counterclockwise, about ``pivot``."""

    pivot: Point
    degrees: float

    def forth(self, places: FloatArray) -> FloatArray:
        """The places (k, 2), turned."""
        w, b = places.T
        return np.stack(_turned(w, b, self.pivot, radians(self.degrees)), axis=1)

    def landscape(self, land: Landscape) -> Landscape:
        """``land``, turned with its start, its minima and its saddle points."""
        pivot, angle = self.pivot, radians(self.degrees)

        def forth(place: Point) -> Point:
            w, b = _turned(*place, pivot, angle)
            return float(w), float(b)

        def value(w: Any, b: Any) -> Any:
            return land.value(*_turned(w, b, pivot, -angle))

        def slope(w: float, b: float) -> Point:
            along, across = land.slope(*_turned(w, b, pivot, -angle))
            there: Point = _turned(along, across, (0.0, 0.0), angle)
            return there

        return replace(
            land,
            name=f"{land.name}, turned by {self.degrees:g}° about {pivot}",
            value=value,
            slope=slope,
            start=forth(land.start),
            minima=tuple(map(forth, land.minima)),
            saddles=tuple(map(forth, land.saddles)),
        )


def pivot(land: Landscape) -> Point:
    """The minimum of ``land``, or the middle of several; of its saddle points if it has none."""
    w, b = np.mean(land.minima or land.saddles, axis=0).tolist()
    return w, b


def _turned(w: Any, b: Any, pivot: Point, angle: float) -> tuple[Any, Any]:
    p, q = pivot
    x, y, c, s = w - p, b - q, cos(angle), sin(angle)
    return p + (c * x - s * y), q + (s * x + c * y)

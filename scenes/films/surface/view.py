"""A point of view far away: where places above the map are in the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenes.stage.page.layout import Point

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """Angles in radians, a scale, and the middle of the picture.

    The floor is ``stretch`` times as wide in the direction ``across``, an angle from the map's x.
    """

    azimuth: float
    elevation: float
    scale: float
    middle: Point
    stretch: float = 1.0
    across: float = 0.0

    @cached_property
    def _matrix(self) -> Values:
        """The parallel projection (3, 2) of places above the map, with its scale."""
        turn, tilt = self.azimuth, self.elevation
        frame = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        right, away = frame @ stretching(self.stretch, self.across)
        rows = [[*right, 0.0], [*(math.sin(tilt) * away), math.cos(tilt)]]
        return self.scale * np.array(rows).T

    def project(self, base: Values) -> Values:
        """Points (n, 3) of the frame for places (n, 3) above the map."""
        places = np.zeros((len(base), 3))
        places[:, :2] = base @ self._matrix
        return places + self.middle


def stretching(amount: float, angle: float) -> Values:
    """The matrix (2, 2) that makes the plane ``amount`` times as wide in a direction."""
    way = np.array([math.cos(angle), math.sin(angle)])
    return np.eye(2) + (amount - 1) * np.outer(way, way)


def between_views(one: View, other: View, amount: float) -> View:
    """A view between ``one`` (0) and ``other`` (1), stretched in the direction of ``one``."""

    def mix(a: float, b: float) -> float:
        return a + amount * (b - a)

    return View(
        mix(one.azimuth, other.azimuth),
        mix(one.elevation, other.elevation),
        mix(one.scale, other.scale),
        one.middle + amount * (other.middle - one.middle),
        mix(one.stretch, other.stretch),
        one.across,
    )

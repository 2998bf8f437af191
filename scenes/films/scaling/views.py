"""How shift and scale change from stage to stage, and which part of the plane the map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdcore.studies.scaling import Scaling

Values = npt.NDArray[np.float64]

_ROOM = 1.22  # half the map, in half widths of the contour through the start
_CLOSE = 1.25  # half a close view, in lengths of the path that it shows
_NEAR = 1 / 3  # of the whole map: a close view that is not smaller is not worth a zoom


@dataclass(frozen=True)
class View:
    """A part of the plane: its middle (2,), and half of its height. Both axes have one scale."""

    middle: Values
    half: float

    def spans(self, aspect: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """The ranges of w and b on a map that is ``aspect`` times as wide as high."""
        w, b = self.middle.tolist()
        across = aspect * self.half
        return (w - across, w + across), (b - self.half, b + self.half)

    def towards(self, other: View, t: float) -> View:
        """The view on the way: even steps change the size by even factors; one place stays put."""
        half = self.half ** (1 - t) * other.half**t
        change = other.half - self.half
        share = t if abs(change) < 1e-9 * self.half else (half - self.half) / change
        return View(self.middle + share * (other.middle - self.middle), half)


@dataclass(frozen=True)
class Plane:
    """The plane (w, b) of scaled inputs.

    ``standard`` is the map to standardised inputs, ``scaling`` the present one. A place u = (u1,
    u2) of the standardised plane has the place `basis @ u` here, so that the circles around the
    minimum, which are the contours there, become ellipses.
    """

    standard: Scaling
    scaling: Scaling

    @property
    def basis(self) -> Values:
        """The linear map (2, 2) from the standardised plane to this one."""
        ratio = self.scaling.scale / self.standard.scale
        return np.array([[ratio, 0.0], [-self._off, 1.0]])

    @property
    def _off(self) -> float:
        """The mean of the inputs that are not scaled yet, in standard deviations."""
        return (self.standard.shift - self.scaling.shift) / self.standard.scale

    def place(self, standard: Values) -> Values:
        """The places (..., 2) here of lines on the standardised plane."""
        return standard @ self.basis.T

    def standardised(self, places: Values) -> Values:
        """The places (..., 2) on the standardised plane of lines given here; undoes `place`."""
        u = places[..., 0] * (self.standard.scale / self.scaling.scale)
        found: Values = np.stack([u, places[..., 1] + self._off * u], axis=-1)
        return found

    @property
    def spread(self) -> float:
        """The deviation of the inputs as they are now."""
        return self.standard.scale / self.scaling.scale

    @property
    def mean(self) -> float:
        """Their mean."""
        return self._off * self.spread

    @property
    def kappa(self) -> float:
        """The condition number: the ratio of the curvatures across the valley and along it."""
        spread, mean = self.spread, self.mean
        square = spread * spread + mean * mean
        largest = (square + 1 + math.hypot(square - 1, 2 * mean)) / 2
        return max(1.0, (largest / spread) ** 2)

    def whole(self, goal: Values, radius: float, aspect: float) -> View:
        """The view of the contour that is the circle of ``radius`` around the minimum ``goal``."""
        tall = radius * math.hypot(1.0, self._off)
        wide = radius * self.scaling.scale / self.standard.scale
        return View(self.place(goal), _ROOM * max(tall, wide / aspect))

    def close(self, path: Values, whole: View, aspect: float) -> View:
        """The view around the end of a ``path`` (n, 2) on this plane, in which the path is seen.

        It is ``whole`` if the path fills a good part of that.
        """
        end = path[-1]
        wide, tall = np.abs(path - end).max(axis=0).tolist()
        half = _CLOSE * max(tall, wide / aspect)
        return View(end, half) if 0 < half < _NEAR * whole.half else whole


def centring(standard: Scaling, t: float) -> Scaling:
    """The shift on its way from 0 (t = 0) to the mean (t = 1), such that log(kappa) falls evenly.

    With mean m of what is left and deviation s the Hessian, halved, has the trace `m^2 + s^2 + 1`
    and the determinant `s^2`. With `r = sqrt(kappa)` its trace is `s*(r + 1/r)`, which gives m.
    """
    if t <= 0 or t >= 1:
        return Scaling(standard.shift if t >= 1 else 0.0)
    first = Plane(standard, Scaling()).kappa
    last = Plane(standard, Scaling(standard.shift)).kappa
    root = math.sqrt(first ** (1 - t) * last**t)
    s = standard.scale
    left = math.sqrt(max(0.0, s * (root + 1 / root) - s * s - 1))
    return Scaling(standard.shift - math.copysign(min(left, abs(standard.shift)), standard.shift))


def dividing(standard: Scaling, t: float) -> Scaling:
    """The scale on its way from 1 to the standard deviation, by even factors."""
    return Scaling(standard.shift, standard.scale if t >= 1 else standard.scale**t)

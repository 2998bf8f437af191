"""What kind of place each point of a crowd is at."""

from __future__ import annotations

import numpy as np

from gdcore.studies.basins import fates
from scenes.films.landscape.crowd import Kinds, Values
from scenes.films.landscape.descents import CURVE


def alone(ws: Values) -> Kinds:
    """All points are of one kind."""
    return np.zeros(len(ws), dtype=np.int32)


def fates_of(ws: Values) -> Kinds:
    """Where each point is (see `Fate`)."""
    return fates(CURVE, ws)


def sides(ws: Values) -> Kinds:
    """Of a noisy point: 0 beyond the peak, 1 in the shallow basin, 2 diverged."""
    sides = np.where(ws > CURVE.peaks[0], 0, 1)
    return np.where(np.isnan(ws), 2, sides).astype(np.int32)

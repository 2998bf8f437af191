"""Which update a race shows at which second: pieces planned beforehand, and their grid.

What must be smooth in time (names that make way, rows that change places) is computed once on
this grid, so that no frame depends on the frames before it or on the frame rate.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.stage.page.motion import Rate

Values = npt.NDArray[np.float64]

PER_SECOND = 30


@dataclass(frozen=True)
class Piece:
    """From second ``begin`` to ``end`` the update goes from ``start`` to ``stop``."""

    begin: float
    end: float
    start: float
    stop: float
    rate: Rate

    def at(self, second: float) -> float:
        """The fractional update at ``second``."""
        share = (second - self.begin) / (self.end - self.begin)
        return self.start + (self.stop - self.start) * self.rate(min(max(share, 0.0), 1.0))


class Course:
    """The pieces of a race one after the other, from update 0."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    @property
    def seconds(self) -> float:
        """The length so far."""
        return self.pieces[-1].end if self.pieces else 0.0

    @property
    def updates(self) -> float:
        """The update reached so far."""
        return self.pieces[-1].stop if self.pieces else 0.0

    def go(self, seconds: float, stop: float, rate: Rate) -> None:
        """Go on to the update ``stop`` within ``seconds``."""
        begin = self.seconds
        self.pieces.append(Piece(begin, begin + seconds, self.updates, stop, rate))

    def rest(self, seconds: float) -> None:
        """Stay at the update for ``seconds``."""
        self.go(seconds, self.updates, lambda share: share)

    def at(self, second: float) -> float:
        """The fractional update at ``second``."""
        index = bisect_right(self.pieces, second, key=lambda piece: piece.begin) - 1
        return self.pieces[max(index, 0)].at(second)

    def grid(self) -> Values:
        """The fractional updates (m,) at every 1/PER_SECOND of a second, the end included."""
        count = round(self.seconds * PER_SECOND) + 1
        return np.array([self.at(second) for second in np.linspace(0.0, self.seconds, count)])


def eased(values: Values, seconds: float) -> Values:
    """Each of ``values`` (m, …) on the grid replaced by the weighted mean of ``seconds`` around it.

    The weights are a Hann window; values before the start and after the end are those at the ends.
    """
    half = max(1, round(seconds * PER_SECOND / 2))
    weights = np.hanning(2 * half + 3)[1:-1]
    weights /= weights.sum()
    flat = values.reshape(len(values), -1)
    padded = np.concatenate([flat[:1].repeat(half, 0), flat, flat[-1:].repeat(half, 0)])
    columns = [np.convolve(column, weights, mode="valid") for column in padded.T]
    return np.stack(columns, axis=1).reshape(values.shape)


def sampled(values: Values, course: Course, second: float) -> Values:
    """``values`` (m, …) of the grid at ``second``, interpolated linearly."""
    place = min(max(second / course.seconds, 0.0), 1.0) * (len(values) - 1)
    k = min(int(place), len(values) - 2)
    share = place - k
    return np.asarray(values[k] + share * (values[k + 1] - values[k]))

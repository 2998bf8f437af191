"""What a frame is, and who takes it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
"""(height, width, 4), C-contiguous, RGBA with premultiplied alpha, top row first."""


class Sink(Protocol):
    """Takes the film's frames in order. A frame is the sink's own: it is never changed again."""

    def write(self, frame: Frame, repeat: int) -> None:
        """Show `frame` for `repeat` frame times."""

"""What a frame is, and who takes it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from pipeline.job.region import Region

Frame = npt.NDArray[np.uint8]
"""(height, width, 4), C-contiguous, RGBA with premultiplied alpha, top row first."""


@runtime_checkable
class FrameSink(Protocol):
    """Takes the film's frames in order, straight from the canvas they are painted on."""

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        """Show what `canvas` holds for `repeat` frame times.

        It holds it during the call only. Outside of `changed` it equals the last call's canvas.
        """

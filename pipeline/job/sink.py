"""What a frame is, and what takes frames."""

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

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Show the content of `canvas` for `repeat` frames.

        The content is valid only during the call. Outside `changed` it is that of the last call.
        A player, and a cut, can begin at a `key_frame`: no later frame needs one before it.
        """

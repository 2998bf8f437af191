"""Premultiplied and straight alpha.

manim's cairo frames are premultiplied: colour times alpha. PNG, ProRes and VP9 hold straight
colour, so it is divided out again.
"""

from __future__ import annotations

import numpy as np

from pipeline.job.sink import Frame

OPAQUE = 128  # alpha from which a pixel is shown where it is there or it is not, as in a GIF


def straight(frame: Frame) -> Frame:
    """`frame` with straight alpha; exact to the rounding of the premultiplied values."""
    alpha = frame[..., 3]
    soft = (alpha > 0) & (alpha < 255)
    result = frame.copy()
    divisor = alpha[soft].astype(np.uint32)[:, None]
    colour = (frame[soft, :3].astype(np.uint32) * 255 + divisor // 2) // divisor
    result[soft, :3] = np.minimum(colour, 255)
    return result


def hard_edged(frame: Frame) -> Frame:
    """Straight colours that are either opaque or wholly absent."""
    result = straight(frame)
    shown = frame[..., 3] >= OPAQUE
    result[..., 3] = np.where(shown, 255, 0)
    result[~shown] = 0
    return result

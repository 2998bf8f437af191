"""Premultiplied and straight alpha.

manim's cairo frames are premultiplied: colour times alpha. PNG, ProRes and VP9 hold straight
colour, so the colours are divided by alpha.
"""

from __future__ import annotations

import numpy as np

from pipeline.job.sink import Frame

OPAQUE = 128  # a pixel with at least this alpha is opaque in a GIF; others are not shown


def straight(frame: Frame) -> Frame:
    """`frame` with straight alpha, as exact as the rounded premultiplied values allow."""
    alpha = frame[..., 3]
    soft = (alpha > 0) & (alpha < 255)
    result = frame.copy()
    divisor = alpha[soft].astype(np.uint32)[:, None]
    colour = (frame[soft, :3].astype(np.uint32) * 255 + divisor // 2) // divisor
    result[soft, :3] = np.minimum(colour, 255)
    return result


def matted(frame: Frame, colour: tuple[int, int, int]) -> Frame:
    """`frame` laid on a page of `colour` wherever something is drawn; the rest is transparent."""
    alpha = frame[..., 3:].astype(np.uint16)
    page = np.array(colour, np.uint16)
    result = frame.copy()
    result[..., :3] += ((255 - alpha) * page + 127) // 255
    result[..., 3] = 255
    result[frame[..., 3] == 0] = 0
    return result


def hard_edged(frame: Frame) -> Frame:
    """`frame` with straight colours, each pixel either opaque or fully transparent."""
    result = straight(frame)
    shown = frame[..., 3] >= OPAQUE
    result[..., 3] = np.where(shown, 255, 0)
    result[~shown] = 0
    return result

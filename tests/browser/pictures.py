"""Pictures as arrays, and how far apart two of them are."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor

Picture = npt.NDArray[np.uint8]
"""(height, width, 3), or 4 with straight alpha."""
LIKE = 35
"""Decibels: a shown picture at least so near to the drawn one is the same."""


def opened(source: Path | bytes) -> Picture:
    """A PNG, from a file or from its bytes: RGBA if it has alpha, else RGB."""
    with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as image:
        return np.asarray(image.convert("RGBA" if image.has_transparency_data else "RGB"))


def laid_on(picture: Picture, colour: str) -> Picture:
    """The picture on a page of this colour (``#rrggbb``), as RGB."""
    if picture.shape[2] == 3:
        return picture
    page = np.array(ImageColor.getrgb(colour), float)
    share = picture[..., 3:] / 255
    return np.rint(picture[..., :3] * share + page * (1 - share)).astype(np.uint8)


def psnr(one: Picture, other: Picture) -> float:
    """In decibels, over all pixels and colours; infinite if the two are equal."""
    assert one.shape == other.shape, (one.shape, other.shape)
    error = np.mean((one.astype(float) - other) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))
